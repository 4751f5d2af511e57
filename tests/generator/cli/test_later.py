"""Commands are imported when they are called: the help lists them without, and is the same."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.shell_completion import ShellComplete

from generator.cli import COMMANDS, cli
from generator.cli.later import Later
from tests.projects import ROOT
from tests.rounds import sampled

#: What takes longest to import: the site's, the network's, what writes Parquet, what serves assistants.
HEAVY = {"httpx2", "jinja2", "material", "mcp", "mkdocs", "pyarrow", "pydantic", "stamina"}
#: What no list of commands needs, beside them.
NEEDLESS = HEAVY | {"msgspec", "playground", "rich", "yaml"}
LOADED = """
import sys
from generator.cli import main
sys.argv = ["almanac", *sys.argv[1:]]
try:
    main()
except SystemExit as left:
    assert not left.code, left.code
print(*sys.modules, file=sys.stderr)
"""


def loaded(*arguments: str) -> set[str]:
    """The modules that the command leaves imported."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout
    return set(done.stderr.split())


def later(name: str) -> Later:
    command = cli.commands[name]
    assert isinstance(command, Later)
    return command


def test_each_module_has_a_command_of_its_name() -> None:
    assert sorted(cli.commands) == sorted(module.rpartition(".")[2] for module in COMMANDS)


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_the_list_says_what_the_command_says_itself(name: str) -> None:
    listed, command = later(name), later(name).command
    assert command.name == name
    assert " ".join((command.help or "").partition("\n\n")[0].split()) == listed.help
    for width in (20, 45, 60, 80, 200):
        assert listed.get_short_help_str(width) == command.get_short_help_str(width)
    assert (listed.hidden, listed.deprecated) == (command.hidden, command.deprecated)


def test_the_help_imports_no_command() -> None:
    assert loaded("--help") & NEEDLESS == set()
    assert loaded("--version") & NEEDLESS == set()


@sampled(6)
@pytest.mark.parametrize("name", sorted(cli.commands))
def test_a_commands_help_imports_nothing_heavy(name: str) -> None:
    assert loaded(name, "--help") & HEAVY == set()


def test_a_command_that_prints_json_imports_no_more_than_it_needs() -> None:
    assert loaded("show", "openai/gpt-5", "--json") & (HEAVY | {"yaml"}) == set()
    # YAML reads ended.yml, in a fiftieth of a second.
    assert loaded("lint", "pyproject.toml", "--format", "json") & (HEAVY | {"rich"}) == set()


def test_a_shell_completes_commands_and_their_options() -> None:
    shell = ShellComplete(cli, {}, "almanac", "_ALMANAC_COMPLETE")
    commands = shell.get_completions([], "sh")
    assert [(c.value, c.help) for c in commands] == [("show", later("show").get_short_help_str())]
    assert "--json" in [c.value for c in shell.get_completions(["show"], "--")]
    assert [c.value for c in shell.get_completions(["lint", "--format"], "s")] == ["sarif"]


def test_an_unknown_option_is_told_by_the_command_itself() -> None:
    with pytest.raises(click.NoSuchOption) as caught:
        cli.main(["show", "--jsn"], standalone_mode=False)
    assert caught.value.ctx is not None
    assert caught.value.ctx.command is later("show").command
