"""The request in Python by its vendor's SDK."""

from __future__ import annotations

from typing import Any

from playground.catalog.endpoints import Wire
from playground.chat.adapters.request import Request
from playground.chat.target import Target
from playground.run.code.literal import literal
from playground.run.code.sign_in import BEARER, SignIn, python_check, python_head

#: Where Amazon's SDK looks for a key of Bedrock.
AWS = "AWS_BEARER_TOKEN_BEDROCK"


def sdk(request: Request, target: Target, sign_in: SignIn | None) -> str:
    """The request in Python by the SDK of the API's vendor."""
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
            header = f", headers={{{literal(sign_in.header)}: {sign_in.in_python}}}" if sign_in else ""
            return f"""\
{python_head("ollama", sign_in)}
{_imports(sign_in)}from ollama import Client

{python_check(sign_in)}client = Client(host={literal(target.url)}{header})
for part in client.chat({_arguments(body)}):
    print(part.message.content or "", end="", flush=True)
print()
"""
        case Wire.LANGUAGE_MODEL:
            raise ValueError("a model in the page has no SDK")


def _key(sign_in: SignIn | None) -> str:
    """The key in Python; SDKs want one in any case."""
    return f'os.environ["{sign_in.variable}"]' if sign_in else '"none"'


def _imports(sign_in: SignIn | None) -> str:
    return "import os\nimport sys\n\n" if sign_in else ""


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
{python_head("openai", sign_in)}
{_imports(sign_in)}from openai import OpenAI

{python_check(sign_in)}client = OpenAI(api_key={_key(sign_in)}, base_url={literal(target.url)}{header})
for chunk in {call}({_arguments(body)}):
{read}print()
"""


def _anthropic(body: dict[str, Any], request: Request, target: Target, sign_in: SignIn | None) -> str:
    body.pop("stream")
    headers = {
        n: v
        for n, v in request.headers.items()
        if n not in ("anthropic-version", "anthropic-dangerous-direct-browser-access")
    }
    default_headers = f", default_headers={literal(headers)}" if headers else ""
    url = literal(target.url)
    by = "auth_token" if sign_in and sign_in.header == BEARER else "api_key"
    return f"""\
{python_head("anthropic", sign_in)}
{_imports(sign_in)}from anthropic import Anthropic

{python_check(sign_in)}client = Anthropic({by}={_key(sign_in)}, base_url={url}{default_headers})
with client.messages.stream({_arguments(body)}) as stream:
    for text in stream.text_stream:
        print(text, end="", flush=True)
print()
"""


def _bedrock(body: dict[str, Any], target: Target, sign_in: SignIn | None) -> str:
    region = literal(target.places.get("region") or "us-east-1")
    own = sign_in and sign_in.variable != AWS
    give = f'{python_check(sign_in)}os.environ["{AWS}"] = {_key(sign_in)}\n' if own else ""
    return f"""\
{python_head("boto3", sign_in)}
# The SDK reads the key from {AWS}.
import base64
{"import os\nimport sys\n" if own else ""}
import boto3

{give}client = boto3.client("bedrock-runtime", region_name={region}, endpoint_url={literal(target.url)})
body = {literal(body)}
for message in body["messages"]:
    for block in message["content"]:
        if "image" in block:  # the SDK wants bytes
            source = block["image"]["source"]
            source["bytes"] = base64.b64decode(source["bytes"])
answer = client.converse_stream(modelId={literal(target.model)}, **body)
for event in answer["stream"]:
    print(event.get("contentBlockDelta", {{}}).get("delta", {{}}).get("text", ""), end="", flush=True)
print()
"""


def _gemini(body: dict[str, Any], target: Target, sign_in: SignIn | None) -> str:
    config = {
        **{n: body[n] for n in ("systemInstruction", "tools") if n in body},
        **body.get("generationConfig", {}),
    }
    base, _, path = target.url.partition("/v1")
    version = f"v1{path.partition('/')[0]}"
    options = f'"base_url": {literal(base)}, "api_version": {literal(version)}'
    bearer = sign_in is not None and sign_in.header == BEARER
    imports = "from google import genai\n"
    if "/projects/" in target.url:
        place = target.places.get("location") or "global"
        token = f", credentials=Credentials({_key(sign_in)})" if bearer else ""
        if bearer:
            imports += "from google.oauth2.credentials import Credentials\n"
        project = target.places.get("project", "")
        made = f"genai.Client(vertexai=True, project={literal(project)}, location={literal(place)}{token})"
    else:
        if sign_in and bearer:
            options += f', "headers": {{"{BEARER}": {sign_in.in_python}}}'
        made = f"genai.Client(api_key={_key(sign_in)}, http_options={{{options}}})"
    return f"""\
{python_head("google-genai", sign_in)}
{_imports(sign_in)}{imports}
{python_check(sign_in)}client = {made}
contents = {literal(body["contents"])}
config = {literal(config)}
for chunk in client.models.generate_content_stream(
    model={literal(target.model)}, contents=contents, config=config
):
    print(chunk.text or "", end="", flush=True)
print()
"""


def _arguments(body: dict[str, Any]) -> str:
    return "".join(f"\n    {name}={literal(value, 1)}," for name, value in body.items()) + "\n"
