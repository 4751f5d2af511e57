"""What is only talked about, and names that a team gave, are notices."""

from __future__ import annotations

import pytest

from playground.lifecycle.findings import Severity
from tests.playground.lifecycle.test_serving import scan

LOUD, QUIET = Severity.WARNING, Severity.NOTICE

COMMENTS = [
    ("a.py", "x = 1  # gpt-4o", QUIET),
    ("a.py", 'x = "#" + "gpt-4o"', LOUD),
    ("a.py", '"""Uses gpt-4o."""', QUIET),
    ("a.py", 'def f():\n    """One.\n\n    gpt-4o\n    """', QUIET),
    ("a.py", 'X = """\ngpt-4o\n"""', LOUD),
    ("a.ts", "// gpt-4o", QUIET),
    ("a.ts", "/*\n * gpt-4o\n */", QUIET),
    ("a.ts", "const u = 'https://x/gpt-4o'", LOUD),
    ("a.ts", "const g = 'a/**/b'; const m = 'gpt-4o'", LOUD),
    ("a.html", "<!-- gpt-4o -->", QUIET),
    ("a.sql", "-- gpt-4o", QUIET),
    (".env", "#MODEL=gpt-4o", QUIET),
    ("a.ini", "; model=gpt-4o", QUIET),
    ("a.ini", "model=gpt-4o", LOUD),
    (".env.sample", "MODEL=gpt-4o", LOUD),
    ("a.yaml", "don't: x # gpt-4o", QUIET),
    ("a.rb", "x = 'gpt-4o'", LOUD),
]
PROSE = [
    ("README.md", "```\nmodel: gpt-4o\n```", QUIET),
    ("AUTHORS", "gpt-4o", QUIET),
    ("a.yaml", "description: use gpt-4o", QUIET),
    ("a.yaml", "description: >\n  use\n  gpt-4o", QUIET),
    ("a.yaml", "default: gpt-4o", LOUD),
    ("a.go", 'errors.New("please ask for another model than gpt-4o")', QUIET),
    ("a.sh", 'run "tool with many plain words --model gpt-4o"', LOUD),
    ("a.ipynb", '"cell_type": "markdown",\n"source": [\n"gpt-4o"', QUIET),
    ("a.ipynb", '"cell_type": "code",\n"outputs": [],\n"source": [\n"m = \\"gpt-4o\\""', LOUD),
    ("a.ipynb", '"cell_type": "code",\n"outputs": [\n"gpt-4o"', QUIET),
    ("a.ipynb", '"cell_type": "code",\n"source": [\n"# m = \'gpt-4o\'\\n"', QUIET),
    ("a.ipynb", '"cell_type": "code",\n"source": [\n"m = 1  # or gpt-4o\\n"', QUIET),
    ("a.ipynb", '"cell_type": "code",\n"source": [\n"m = ask(\\"#1\\", \\"gpt-4o\\")\\n"', LOUD),
    ("a.ipynb", '"cell_type": "code",\n"source": [\n"\\"\\"\\"One.\\n",\n"gpt-4o\\"\\"\\""', QUIET),
    ("a.ipynb", '"cell_type": "code", "source": "# Ask\\nm = \\"gpt-4o\\""', LOUD),
    ("a.ipynb", '"cell_type": "code", "source": "m = 1\\n# gpt-4o"', QUIET),
    ("a.ipynb", '{"cell_type": "markdown"}, {"cell_type": "code", "source": ["m = \'gpt-4o\'"]}', LOUD),
    ("a.ipynb", '{"cell_type": "code", "outputs": ["gpt-4o"], "source": ["m = 1"]}', QUIET),
]
GIVEN = [
    ("a.json", '"chatDeploymentName": {"value": "gpt-4o"}', QUIET),
    ("a.json", '"chatDeploymentName": {\n  "value": "gpt-4o"\n}', QUIET),
    ("a.json", '"chatModelName": {"value": "gpt-4o"}', LOUD),
    ("a.json", '"chatModelName": {\n  "defaultValue": "gpt-4o"\n}', LOUD),
    ("a.json", """"name": "[concat(parameters('account'), '/gpt-4o')]\"""", QUIET),
    ("a.tf", '"gpt-4o" = {\n  model_name = "x"\n}', QUIET),
    ("a.json", '"gpt-4o": {\n  "max_tokens": 1\n}', LOUD),
    (".env", "AZURE_OPENAI_DEPLOYMENT=gpt-4o", QUIET),
    (".env", "AZURE_OPENAI_DEPLOYMENT_MODEL=openai/gpt-4o", LOUD),
    ("a.yaml", "- model_name: gpt-4o\n  litellm_params:\n    model: x", QUIET),
    ("a.yaml", "- model_name: gpt-4o", LOUD),
    ("a.ts", '{ id: "x", name: "gpt-4o" }', QUIET),
    ("a.ts", "title: 'gpt-4o',", QUIET),
    ("a.java", 'String MODEL_NAME = "gpt-4o";\nModel model = x;', LOUD),
    ("a.java", '.modelName("gpt-4o")', LOUD),
    ("a.py", 'a = f(model="x")\nb = f(model_name="gpt-4o")\nc = f(model="y")', LOUD),
    ("a.py", '    model_name = "gpt-4o"\n    model = Chat(model_name)', LOUD),
    ("a.py", 'f(name="gpt-4o", model="x")', QUIET),
    ("a.tf", 'name = "gpt-4o"\nmodel_name = "x"', QUIET),
    ("a.bicep", "{\n  name: 'gpt-4o'\n  model: {\n    name: 'x'\n  }\n}", QUIET),
]


@pytest.mark.parametrize(("path", "text", "severity"), [*COMMENTS, *PROSE, *GIVEN])
def test_a_name_that_stops_no_call_is_a_notice(path: str, text: str, severity: Severity) -> None:
    # Azure's day is far off, which would be a notice too: the lab's is what is asked about.
    (one,) = scan().findings(text, soon_days=400, path=path)
    assert one.severity == severity
    assert bool(one.named.aside) == (severity == QUIET)
