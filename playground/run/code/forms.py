"""This request as code that runs by itself and prints the answer: the vendor's Python SDK, httpx2, JavaScript
and curl. curl can't read a stream's events, so it asks for the answer as a whole, and prints the API's JSON:
to make text of that it would need a second program, which not every machine has.

Where the provider wants a key, or the reader has given one, it is read from the environment; it is never
written into the code.
"""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
from textwrap import indent

from playground.catalog.endpoints import Wire
from playground.chat.adapters import ADAPTERS
from playground.chat.adapters.request import Request
from playground.chat.chat import Chat
from playground.chat.target import Target
from playground.run.code.in_page import in_page
from playground.run.code.literal import literal
from playground.run.code.printed import PRINTED, unstreamed
from playground.run.code.sdk import sdk
from playground.run.code.sign_in import SignIn, python_check, python_head, setting, sign_in_of
from playground.run.sent import without_secrets

#: What a form is called, and the language it is coloured as.
FORMS = {
    "python-sdk": "Python (official SDK)",
    "python": "httpx2 (Python)",
    "javascript": "JavaScript",
    "curl": "curl",
}


def codes(chat: Chat, target: Target) -> dict[str, str]:
    """The request in each form that can ask this model, by the form's name. Raises RequestError."""
    if target.endpoint.wire == Wire.LANGUAGE_MODEL:
        return in_page(ADAPTERS[target.endpoint.wire].build_request(chat, target))
    return {form: code(form, chat, target) for form in FORMS}


def code(form: str, chat: Chat, target: Target) -> str:
    """The request in one of FORMS. Raises RequestError as building the request does.

    Of the target's key only whether there is one, and by which method it signs in, counts.
    """
    sign_in = sign_in_of(target)
    # A key in the address itself is no more for other eyes than one in its own field.
    target = replace(target, key=None, base_url=without_secrets(target.base_url))
    wire = target.endpoint.wire
    request = ADAPTERS[wire].build_request(chat, target)
    if form != "python-sdk" and (form == "curl" or not PRINTED[wire].python):
        request = unstreamed(request, wire)
    match form:
        case "python-sdk":
            return sdk(request, target, sign_in)
        case "python":
            return _httpx(request, wire, sign_in)
        case "javascript":
            return _javascript(request, wire, sign_in)
        case _:
            return _curl(request, wire, sign_in)


def _headers(request: Request, sign_in: SignIn | None, key: str) -> dict[str, str]:
    """Every header by its name; `key` is how that language reads the variable within a string."""
    headers = {"content-type": "application/json", **request.headers}
    return headers | {sign_in.header: sign_in.value(key)} if sign_in else headers


def _httpx(request: Request, wire: Wire, sign_in: SignIn | None) -> str:
    variable = sign_in.variable if sign_in else ""
    plain = _headers(request, None, "")
    headers = {name: literal(value) for name, value in plain.items()}
    if sign_in:
        headers[sign_in.header] = sign_in.in_python
    lines = "".join(f"    {literal(name)}: {value},\n" for name, value in headers.items())
    modules = [*(["json"] if PRINTED[wire].python else []), *(["os"] if variable else []), "sys"]
    return f"""\
{python_head("httpx2", sign_in)}
{"".join(f"import {name}\n" for name in modules)}
import httpx2

{python_check(sign_in)}url = {literal(request.url)}
body = {literal(dict(request.body))}
headers = {{
{lines}}}
{_read_by_httpx(wire)}"""


def _read_by_httpx(wire: Wire) -> str:
    printed = PRINTED[wire]
    if not printed.python:
        return """\
answer = httpx2.post(url, json=body, headers=headers, timeout=300)
if answer.is_error:
    sys.exit(f"Status {answer.status_code}: {answer.text}")
for block in answer.json()["output"]["message"]["content"]:
    print(block.get("text", ""), end="")
print()
"""
    # Its own way to read lines also cuts at U+2028, which JSON may hold as it is.
    return f"""\
with httpx2.stream("POST", url, json=body, headers=headers, timeout=300) as answer:
    if answer.is_error:
        sys.exit(f"Status {{answer.status_code}}: {{answer.read().decode()}}")
    rest = b""
    for piece in answer.iter_bytes():
        *lines, rest = (rest + piece).split(b"\\n")
        for line in lines:
            data = line.decode().removeprefix("data:").strip()
            if not data.startswith("{{"):
                continue
            event = json.loads(data)
            if {printed.failed[0]}:
                sys.exit(data)
            text = {indent(printed.python, " " * 12).strip()}
            print(text, end="", flush=True)
print()
"""


def _check_in_javascript(sign_in: SignIn | None) -> str:
    """JavaScript that ends with a line that names the key's variable, where that is not set."""
    if sign_in is None:
        return ""
    return f"""\
if (!process.env.{sign_in.variable}) {{
  console.error("Set {sign_in.variable} to your key, then run this again.");
  process.exit(2);
}}
"""


def _javascript(request: Request, wire: Wire, sign_in: SignIn | None) -> str:
    variable = sign_in.variable if sign_in else ""
    headers = ",\n".join(
        f"  {json.dumps(name)}: " + (f"`{value}`" if "${" in value else json.dumps(value))
        for name, value in _headers(request, sign_in, f"${{process.env.{variable}}}").items()
    )
    body = json.dumps(request.body, indent=2, ensure_ascii=False)
    return f"""\
{setting(sign_in, "//")}// Node 18 or newer: save as ask.mjs, then run: node ask.mjs
{_check_in_javascript(sign_in)}const body = {body};
const headers = {{
{headers},
}};
const answer = await fetch({json.dumps(request.url)}, {{
  method: "POST",
  headers,
  body: JSON.stringify(body),
}});
if (!answer.ok) {{
  console.error(`Status ${{answer.status}}: ${{await answer.text()}}`);
  process.exit(1);
}}
{_read_by_javascript(wire)}"""


def _read_by_javascript(wire: Wire) -> str:
    printed = PRINTED[wire]
    if not printed.javascript:
        return """\
const { output } = await answer.json();
console.log(output.message.content.map((block) => block.text ?? "").join(""));
"""
    return f"""\
const textOf = (event) =>
  {indent(printed.javascript, " " * 2).strip()};
const decoder = new TextDecoder();
let rest = "";
for await (const piece of answer.body) {{
  const lines = (rest + decoder.decode(piece, {{ stream: true }})).split("\\n");
  rest = lines.pop();
  for (const line of lines) {{
    const data = line.replace(/^data:/, "").trim();
    if (!data.startsWith("{{")) continue;
    const event = JSON.parse(data);
    if ({printed.failed[1]}) {{
      console.error(data);
      process.exit(1);
    }}
    process.stdout.write(textOf(event));
  }}
}}
console.log();
"""


def _curl(request: Request, wire: Wire, sign_in: SignIn | None) -> str:
    variable = sign_in.variable if sign_in else ""
    lines = [f"curl -sS --fail-with-body {shlex.quote(request.url)}"]
    for name, value in _headers(request, sign_in, f"${variable}").items():
        keyed = bool(variable) and f"${variable}" in value
        lines.append(f'-H "{name}: {value}"' if keyed else f"-H {shlex.quote(f'{name}: {value}')}")
    body = json.dumps(request.body, ensure_ascii=False, separators=(",", ":"))
    lines.append(f"--data-raw {shlex.quote(body)}")
    only = shlex.quote(PRINTED[wire].whole)
    command = " \\\n  ".join(lines)
    return f"""\
# Prints the API's whole answer, as JSON.
# For the text alone (needs jq), put this behind the last line:
# | jq -r {only}
{setting(sign_in, "#")}{_check_in_shell(sign_in)}{command}
"""


def _check_in_shell(sign_in: SignIn | None) -> str:
    """What keeps a shell from the command where the key's variable is not set, also where it is pasted."""
    if sign_in is None:
        return ""
    name = sign_in.variable
    message = f'echo "Set {name} to your key, then run this again." >&2'
    return f'[ -n "${name}" ] || {{ {message}; (exit 2); }} &&\n'
