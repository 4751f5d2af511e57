"""Exactly this request as code that runs by itself: the vendor's Python SDK, httpx2, JavaScript, curl.

Where the provider wants a key, or the reader has given one, it is read from the environment; it is never
written into the code.
"""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass, replace
from pprint import pformat
from typing import Any

from playground.catalog.endpoints import Auth, Wire
from playground.chat.adapters import ADAPTERS
from playground.chat.adapters.request import Request
from playground.chat.chat import Chat
from playground.chat.target import Target
from playground.run.sent import without_secrets

#: What a form is called, and the language it is coloured as.
FORMS = {
    "python-sdk": "Python (official SDK)",
    "python": "Python (httpx2)",
    "javascript": "JavaScript",
    "curl": "curl",
}
BEARER = "authorization"
#: Where Amazon's SDK looks for a key of Bedrock.
AWS = "AWS_BEARER_TOKEN_BEDROCK"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """The environment variable that the code reads the key from, and the header that carries it."""

    variable: str
    header: str

    def value(self, key: str) -> str:
        """The header's value; `key` is how a language reads the variable within a string."""
        return f"Bearer {key}" if self.header == BEARER else key


def code(form: str, chat: Chat, target: Target) -> str:
    """The request in one of FORMS. Raises RequestError as building the request does.

    Of the target's key only whether there is one, and by which method it signs in, counts.
    """
    sign_in = sign_in_of(target)
    # A key in the address itself is no more for other eyes than one in its own field.
    target = replace(target, key=None, base_url=without_secrets(target.base_url))
    request = ADAPTERS[target.endpoint.wire].build_request(chat, target)
    match form:
        case "python-sdk":
            return _sdk(request, target, sign_in)
        case "python":
            return _httpx(request, target, sign_in)
        case "javascript":
            return _javascript(request, sign_in)
        case _:
            return _curl(request, target, sign_in)


def sign_in_of(target: Target) -> SignIn | None:
    """How the code signs in; None where no key is needed and none is given."""
    endpoint = target.endpoint
    auth = target.key.auth if target.key else endpoint.auth[0]
    if auth == Auth.SIGV4:
        # A signature holds for one moment, so code takes the provider's other way.
        auth = next((a for a in endpoint.auth if a != Auth.SIGV4), auth)
    variable = endpoint.key_env or ("" if auth == Auth.NONE and target.key is None else "API_KEY")
    if not variable:
        return None
    return SignIn(variable=variable, header=BEARER if auth in (Auth.BEARER, Auth.NONE) else str(auth))


def _headers(request: Request, sign_in: SignIn | None, key: str) -> dict[str, str]:
    """Every header by its name; `key` is how that language reads the variable within a string."""
    headers = {"content-type": "application/json", **request.headers}
    return headers | {sign_in.header: sign_in.value(key)} if sign_in else headers


def _literal(value: Any) -> str:
    return pformat(value, width=88, sort_dicts=False)


def _httpx(request: Request, target: Target, sign_in: SignIn | None) -> str:
    variable = sign_in.variable if sign_in else ""
    headers = ",\n".join(
        f"    {name!r}: " + (f'f"{value}"' if "{" in value else repr(value))
        for name, value in _headers(request, sign_in, f"{{os.environ['{variable}']}}").items()
    )
    read = "iter_bytes" if target.endpoint.wire == Wire.BEDROCK_CONVERSE else "iter_lines"
    return f"""\
# pip install httpx2
{"import os\n\n" if variable else ""}import httpx2

body = {_literal(dict(request.body))}
headers = {{
{headers},
}}
with httpx2.stream("POST", {request.url!r}, json=body, headers=headers, timeout=300) as answer:
    for piece in answer.{read}():
        print(piece)
    answer.raise_for_status()
"""


def _javascript(request: Request, sign_in: SignIn | None) -> str:
    variable = sign_in.variable if sign_in else ""
    headers = ",\n".join(
        f"  {json.dumps(name)}: " + (f"`{value}`" if "${" in value else json.dumps(value))
        for name, value in _headers(request, sign_in, f"${{process.env.{variable}}}").items()
    )
    body = json.dumps(request.body, indent=2, ensure_ascii=False)
    return f"""\
// Node 18 or newer: save as ask.mjs, then run: node ask.mjs
const body = {body};
const headers = {{
{headers},
}};
const answer = await fetch({json.dumps(request.url)}, {{
  method: "POST",
  headers,
  body: JSON.stringify(body),
}});
for await (const piece of answer.body) process.stdout.write(piece);
if (!answer.ok) process.exitCode = 1;
"""


def _curl(request: Request, target: Target, sign_in: SignIn | None) -> str:
    variable = sign_in.variable if sign_in else ""
    lines = [f"curl --no-buffer --fail-with-body {shlex.quote(request.url)}"]
    for name, value in _headers(request, sign_in, f"${variable}").items():
        keyed = bool(variable) and f"${variable}" in value
        lines.append(f'-H "{name}: {value}"' if keyed else f"-H {shlex.quote(f'{name}: {value}')}")
    body = json.dumps(request.body, ensure_ascii=False, separators=(",", ":"))
    lines.append(f"--data-raw {shlex.quote(body)}")
    if target.endpoint.wire == Wire.BEDROCK_CONVERSE:
        lines.append("--output -")
    return " \\\n  ".join(lines) + "\n"


def _sdk(request: Request, target: Target, sign_in: SignIn | None) -> str:
    body = dict(request.body)
    match target.endpoint.wire:
        case Wire.OPENAI_CHAT | Wire.OPENAI_RESPONSES:
            return _openai(body, target, sign_in)
        case Wire.ANTHROPIC_MESSAGES:
            return _anthropic(body, request, target, sign_in)
        case Wire.GEMINI:
            return _gemini(body, target, sign_in)
        case Wire.BEDROCK_CONVERSE:
            return _bedrock(body, target, sign_in)
        case Wire.OLLAMA:
            header = f", headers={{{sign_in.header!r}: {_in_python(sign_in)}}}" if sign_in else ""
            return f"""\
# pip install ollama
{_imports(sign_in)}from ollama import Client

client = Client(host={target.url!r}{header})
for part in client.chat({_arguments(body)}):
    print(part.message.content or "", end="", flush=True)
"""
        case Wire.LANGUAGE_MODEL:
            return "# This model runs in the page; there is no Python SDK for it.\n"


def _key(sign_in: SignIn | None) -> str:
    """The key in Python; SDKs want one in any case."""
    return f'os.environ["{sign_in.variable}"]' if sign_in else '"none"'


def _in_python(sign_in: SignIn) -> str:
    """The header's value in Python."""
    key = f"{{os.environ['{sign_in.variable}']}}"
    return f'f"{sign_in.value(key)}"' if sign_in.header == BEARER else _key(sign_in)


def _imports(sign_in: SignIn | None) -> str:
    return "import os\n\n" if sign_in else ""


def _openai(body: dict[str, Any], target: Target, sign_in: SignIn | None) -> str:
    wire = target.endpoint.wire
    own = ("top_k", "random_seed", "reasoning", "thinking") if wire == Wire.OPENAI_CHAT else ()
    extra = {name: body.pop(name) for name in own if name in body}
    if extra:
        body["extra_body"] = extra
    other = sign_in and sign_in.header != BEARER
    header = f', default_headers={{"{sign_in.header}": {_key(sign_in)}}}' if sign_in and other else ""
    if wire == Wire.OPENAI_CHAT:
        call, read = (
            "client.chat.completions.create",
            """\
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
""",
        )
    else:
        call, read = (
            "client.responses.create",
            """\
    if chunk.type == "response.output_text.delta":
        print(chunk.delta, end="", flush=True)
""",
        )
    return f"""\
# pip install openai
{_imports(sign_in)}from openai import OpenAI

client = OpenAI(api_key={_key(sign_in)}, base_url={target.url!r}{header})
for chunk in {call}({_arguments(body)}):
{read}"""


def _anthropic(body: dict[str, Any], request: Request, target: Target, sign_in: SignIn | None) -> str:
    body.pop("stream")
    headers = {
        n: v
        for n, v in request.headers.items()
        if n not in ("anthropic-version", "anthropic-dangerous-direct-browser-access")
    }
    default_headers = f", default_headers={headers!r}" if headers else ""
    by = "auth_token" if sign_in and sign_in.header == BEARER else "api_key"
    return f"""\
# pip install anthropic
{_imports(sign_in)}from anthropic import Anthropic

client = Anthropic({by}={_key(sign_in)}, base_url={target.url!r}{default_headers})
with client.messages.stream({_arguments(body)}) as stream:
    for text in stream.text_stream:
        print(text, end="", flush=True)
"""


def _bedrock(body: dict[str, Any], target: Target, sign_in: SignIn | None) -> str:
    region = target.places.get("region") or "us-east-1"
    own = sign_in and sign_in.variable != AWS
    give = f'os.environ["{AWS}"] = {_key(sign_in)}\n' if own else ""
    return f"""\
# pip install boto3; it reads the key from {AWS}
import base64
{"import os\n" if own else ""}
import boto3

{give}client = boto3.client("bedrock-runtime", region_name={region!r}, endpoint_url={target.url!r})
body = {_literal(body)}
for message in body["messages"]:
    for block in message["content"]:
        if "image" in block:  # the SDK wants bytes
            source = block["image"]["source"]
            source["bytes"] = base64.b64decode(source["bytes"])
answer = client.converse_stream(modelId={target.model!r}, **body)
for event in answer["stream"]:
    print(event.get("contentBlockDelta", {{}}).get("delta", {{}}).get("text", ""), end="", flush=True)
"""


def _gemini(body: dict[str, Any], target: Target, sign_in: SignIn | None) -> str:
    config = {
        **{n: body[n] for n in ("systemInstruction", "tools") if n in body},
        **body.get("generationConfig", {}),
    }
    base, _, path = target.url.partition("/v1")
    options = f"'base_url': {base!r}, 'api_version': {f'v1{path.partition("/")[0]}'!r}"
    bearer = sign_in is not None and sign_in.header == BEARER
    imports = "from google import genai\n"
    if "/projects/" in target.url:
        place = target.places.get("location") or "global"
        token = f", credentials=Credentials({_key(sign_in)})" if bearer else ""
        if bearer:
            imports += "from google.oauth2.credentials import Credentials\n"
        project = target.places.get("project", "")
        made = f"genai.Client(vertexai=True, project={project!r}, location={place!r}{token})"
    else:
        if sign_in and bearer:
            options += f", 'headers': {{'{BEARER}': {_in_python(sign_in)}}}"
        made = f"genai.Client(api_key={_key(sign_in)}, http_options={{{options}}})"
    return f"""\
# pip install google-genai
{_imports(sign_in)}{imports}
client = {made}
contents = {_literal(body["contents"])}
config = {_literal(config)}
for chunk in client.models.generate_content_stream(model={target.model!r}, contents=contents, config=config):
    print(chunk.text or "", end="", flush=True)
"""


def _arguments(body: dict[str, Any]) -> str:
    return "".join(f"\n    {name}={_literal(value)}," for name, value in body.items()) + "\n"
