"""Exactly this request as code that runs by itself: the vendor's Python SDK, httpx2, JavaScript, curl.

The key is read from the environment; it is never written into the code.
"""

from __future__ import annotations

import json
import shlex
from dataclasses import replace
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


def code(form: str, chat: Chat, target: Target) -> str:
    """The request in one of FORMS. Raises RequestError as building the request does."""
    # A key in the address itself is no more for other eyes than one in its own field.
    target = replace(target, key=None, base_url=without_secrets(target.base_url))
    request = ADAPTERS[target.endpoint.wire].build_request(chat, target)
    match form:
        case "python-sdk":
            return _sdk(request, target)
        case "python":
            return _httpx(request, target)
        case "javascript":
            return _javascript(request, target)
        case _:
            return _curl(request, target)


def key_variable(target: Target) -> str:
    """The environment variable for the key; empty where no key is needed."""
    endpoint = target.endpoint
    return endpoint.key_env or ("" if endpoint.auth[0] == Auth.NONE else "API_KEY")


def _headers(request: Request, target: Target, key: str) -> dict[str, str]:
    """Every header by its name; `key` is how that language reads the variable within a string."""
    headers = {"content-type": "application/json", **request.headers}
    auth = target.endpoint.auth[0]
    if not key_variable(target):
        return headers
    plain = auth not in (Auth.BEARER, Auth.NONE)
    return headers | ({str(auth): key} if plain else {"authorization": f"Bearer {key}"})


def _literal(value: Any) -> str:
    return pformat(value, width=88, sort_dicts=False)


def _httpx(request: Request, target: Target) -> str:
    variable = key_variable(target)
    headers = ",\n".join(
        f"    {name!r}: " + (f'f"{value}"' if "{" in value else repr(value))
        for name, value in _headers(request, target, f"{{os.environ['{variable}']}}").items()
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


def _javascript(request: Request, target: Target) -> str:
    variable = key_variable(target)
    headers = ",\n".join(
        f"  {json.dumps(name)}: " + (f"`{value}`" if "${" in value else json.dumps(value))
        for name, value in _headers(request, target, f"${{process.env.{variable}}}").items()
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


def _curl(request: Request, target: Target) -> str:
    variable = key_variable(target)
    lines = [f"curl --no-buffer --fail-with-body {shlex.quote(request.url)}"]
    for name, value in _headers(request, target, f"${variable}").items():
        keyed = bool(variable) and f"${variable}" in value
        lines.append(f'-H "{name}: {value}"' if keyed else f"-H {shlex.quote(f'{name}: {value}')}")
    body = json.dumps(request.body, ensure_ascii=False, separators=(",", ":"))
    lines.append(f"--data-raw {shlex.quote(body)}")
    if target.endpoint.wire == Wire.BEDROCK_CONVERSE:
        lines.append("--output -")
    return " \\\n  ".join(lines) + "\n"


def _sdk(request: Request, target: Target) -> str:
    wire = target.endpoint.wire
    variable = key_variable(target)
    key = f'os.environ["{variable}"]' if variable else '"none"'
    body = dict(request.body)
    match wire:
        case Wire.OPENAI_CHAT | Wire.OPENAI_RESPONSES:
            return _openai(body, target, key, wire)
        case Wire.ANTHROPIC_MESSAGES:
            body.pop("stream")
            headers = {
                n: v
                for n, v in request.headers.items()
                if n not in ("anthropic-version", "anthropic-dangerous-direct-browser-access")
            }
            default_headers = f", default_headers={headers!r}" if headers else ""
            return f"""\
# pip install anthropic
import os

from anthropic import Anthropic

client = Anthropic(api_key={key}, base_url={target.url!r}{default_headers})
with client.messages.stream({_arguments(body)}) as stream:
    for text in stream.text_stream:
        print(text, end="", flush=True)
"""
        case Wire.GEMINI:
            return _gemini(body, target, key)
        case Wire.BEDROCK_CONVERSE:
            region = target.places.get("region") or "us-east-1"
            return f"""\
# pip install boto3; the key is read from {variable}
import base64

import boto3

client = boto3.client("bedrock-runtime", region_name={region!r}, endpoint_url={target.url!r})
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
        case Wire.OLLAMA:
            return f"""\
# pip install ollama
from ollama import Client

client = Client(host={target.url!r})
for part in client.chat({_arguments(body)}):
    print(part.message.content or "", end="", flush=True)
"""
        case Wire.LANGUAGE_MODEL:
            return "# This model runs in the page; there is no Python SDK for it.\n"


def _openai(body: dict[str, Any], target: Target, key: str, wire: Wire) -> str:
    own = ("top_k", "random_seed", "reasoning", "thinking") if wire == Wire.OPENAI_CHAT else ()
    extra = {name: body.pop(name) for name in own if name in body}
    if extra:
        body["extra_body"] = extra
    header = (
        ""
        if target.endpoint.auth[0] in (Auth.BEARER, Auth.NONE)
        else (f', default_headers={{"{target.endpoint.auth[0]}": {key}}}')
    )
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
import os

from openai import OpenAI

client = OpenAI(api_key={key}, base_url={target.url!r}{header})
for chunk in {call}({_arguments(body)}):
{read}"""


def _gemini(body: dict[str, Any], target: Target, key: str) -> str:
    config = {
        **{n: body[n] for n in ("systemInstruction", "tools") if n in body},
        **body.get("generationConfig", {}),
    }
    base, _, path = target.url.partition("/v1")
    version = f"v1{path.partition('/')[0]}"
    vertex = "/projects/" in target.url
    made = (
        f"genai.Client(vertexai=True, project={target.places.get('project', '')!r}, "
        f"location={target.places.get('location') or 'global'!r})"
        if vertex
        else f"genai.Client(api_key={key}, http_options={{'base_url': {base!r}, 'api_version': {version!r}}})"
    )
    return f"""\
# pip install google-genai
import os

from google import genai

client = {made}
contents = {_literal(body["contents"])}
config = {_literal(config)}
for chunk in client.models.generate_content_stream(model={target.model!r}, contents=contents, config=config):
    print(chunk.text or "", end="", flush=True)
"""


def _arguments(body: dict[str, Any]) -> str:
    return "".join(f"\n    {name}={_literal(value)}," for name, value in body.items()) + "\n"
