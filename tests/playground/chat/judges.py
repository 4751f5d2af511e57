"""The official SDKs as judges: what a developer would write with each for one case, run for real.

Each is imported by the judge that asks it: together they take seconds, and most runs ask none.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playground.catalog.endpoints import Wire

PNG = b"\x89PNG\r\n\x1a\n0000"
PNG_URL = "data:image/png;base64,iVBORw0KGgowMDAw"
PARAMETERS: dict[str, Any] = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
}
STRICT: dict[str, Any] = {**PARAMETERS, "additionalProperties": False}
FUNCTION: dict[str, Any] = {
    "name": "weather",
    "description": "Weather in a city",
    "parameters": PARAMETERS,
}
TURNS = [("user", "Hi"), ("assistant", "Hello."), ("user", "Again")]


def openai_chat(case: str, url: str) -> None:
    import openai

    call = {
        "id": "call_1",
        "type": "function",
        "function": {"name": "weather", "arguments": '{"city": "Oslo"}'},
    }
    tool = {"type": "function", "function": FUNCTION}
    schema = {"name": "answer", "schema": STRICT, "strict": True}
    image = {"type": "image_url", "image_url": {"url": PNG_URL}}
    messages: list[Any] = {
        "system prompt": [{"role": "developer", "content": "Be brief."}, {"role": "user", "content": "Hi"}],
        "multi-turn": [{"role": role, "content": text} for role, text in TURNS],
        "image": [{"role": "user", "content": [image, {"type": "text", "text": "What is it?"}]}],
        "tools": [{"role": "user", "content": "Weather?"}],
        "tool result": [
            {"role": "user", "content": "Weather?"},
            {"role": "assistant", "content": "Let me look.", "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "call_1", "content": "rain"},
        ],
    }.get(case, [{"role": "user", "content": "Hi"}])
    arguments: dict[str, Any] = {
        "sampling": {"temperature": 0.0, "top_p": 0.9, "seed": 7, "stop": ["END"]},
        "penalties": {"frequency_penalty": 0.5, "presence_penalty": -0.5},
        "max tokens": {"max_completion_tokens": 100},
        "tools": {"tools": [tool]},
        "tool result": {"tools": [tool]},
        "schema": {"response_format": {"type": "json_schema", "json_schema": schema}},
        "effort": {"reasoning_effort": "high"},
    }.get(case, {})
    with openai.OpenAI(api_key="sk-test", base_url=url, max_retries=0) as client:
        client.chat.completions.create(
            model="m", messages=messages, stream=True, stream_options={"include_usage": True}, **arguments
        )


def openai_responses(case: str, url: str) -> None:
    import openai

    tool = {"type": "function", **FUNCTION, "strict": False}
    image = {"type": "input_image", "image_url": PNG_URL, "detail": "auto"}
    asked: Any = {
        "multi-turn": [{"role": role, "content": text} for role, text in TURNS],
        "image": [{"role": "user", "content": [image, {"type": "input_text", "text": "What is it?"}]}],
        "tools": [{"role": "user", "content": "Weather?"}],
        "tool result": [
            {"role": "user", "content": "Weather?"},
            {"role": "assistant", "content": "Let me look."},
            {
                "type": "function_call",
                "call_id": "call_1",
                "name": "weather",
                "arguments": '{"city": "Oslo"}',
            },
            {"type": "function_call_output", "call_id": "call_1", "output": "rain"},
        ],
    }.get(case, [{"role": "user", "content": "Hi"}])
    arguments: dict[str, Any] = {
        "system prompt": {"instructions": "Be brief."},
        "sampling": {"temperature": 0.0, "top_p": 0.9},
        "max tokens": {"max_output_tokens": 100},
        "tools": {"tools": [tool]},
        "tool result": {"tools": [tool]},
        "schema": {
            "text": {"format": {"type": "json_schema", "name": "answer", "schema": STRICT, "strict": True}}
        },
        "effort": {"reasoning": {"effort": "high"}},
    }.get(case, {})
    with openai.OpenAI(api_key="sk-test", base_url=url, max_retries=0) as client:
        client.responses.create(model="m", input=asked, stream=True, **arguments)


def anthropic_messages(case: str, url: str) -> None:
    import anthropic

    tool = {"name": "weather", "description": "Weather in a city", "input_schema": PARAMETERS}
    source = {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgowMDAw"}
    messages: Any = {
        "multi-turn": [{"role": role, "content": text} for role, text in TURNS],
        "image": [
            {
                "role": "user",
                "content": [{"type": "image", "source": source}, {"type": "text", "text": "What is it?"}],
            }
        ],
        "tools": [{"role": "user", "content": "Weather?"}],
        "tool result": [
            {"role": "user", "content": "Weather?"},
            {
                "role": "assistant",
                "content": [
                    {"type": "text", "text": "Let me look."},
                    {"type": "tool_use", "id": "call_1", "name": "weather", "input": {"city": "Oslo"}},
                ],
            },
            {
                "role": "user",
                "content": [{"type": "tool_result", "tool_use_id": "call_1", "content": "rain"}],
            },
        ],
    }.get(case, [{"role": "user", "content": "Hi"}])
    arguments: dict[str, Any] = {
        "system prompt": {"system": "Be brief."},
        "sampling": {"stop_sequences": ["END"]},
        "max tokens": {"max_tokens": 100},
        "tools": {"tools": [tool]},
        "tool result": {"tools": [tool]},
        "schema": {"output_config": {"format": {"type": "json_schema", "schema": STRICT}}},
        "effort": {"output_config": {"effort": "high"}},
    }.get(case, {})
    with anthropic.Anthropic(api_key="sk-test", base_url=url, max_retries=0) as client:
        client.messages.create(
            **{"model": "m", "max_tokens": 4096, "messages": messages, "stream": True, **arguments}
        )


def gemini(case: str, url: str) -> None:
    from google import genai
    from google.genai import types

    def turn(role: str, *parts: types.Part) -> types.Content:
        return types.Content(role=role, parts=list(parts))

    def text(prompt: str) -> types.Part:
        return types.Part(text=prompt)

    function = types.FunctionDeclaration(
        name="weather", description="Weather in a city", parameters_json_schema=PARAMETERS
    )
    call = types.FunctionCall(name="weather", args={"city": "Oslo"})
    result = types.FunctionResponse(name="weather", response={"result": "rain"})
    contents = {
        "multi-turn": [turn("model" if r == "assistant" else r, text(t)) for r, t in TURNS],
        "image": [turn("user", types.Part.from_bytes(data=PNG, mime_type="image/png"), text("What is it?"))],
        "tools": [turn("user", text("Weather?"))],
        "tool result": [
            turn("user", text("Weather?")),
            turn("model", text("Let me look."), types.Part(function_call=call)),
            turn("user", types.Part(function_response=result)),
        ],
    }.get(case, [turn("user", text("Hi"))])
    arguments: dict[str, Any] = {
        "system prompt": {"system_instruction": "Be brief."},
        "sampling": {"temperature": 0.0, "top_p": 0.9, "seed": 7, "stop_sequences": ["END"]},
        "penalties": {"frequency_penalty": 0.5, "presence_penalty": -0.5},
        "max tokens": {"max_output_tokens": 100},
        "tools": {"tools": [types.Tool(function_declarations=[function])]},
        "tool result": {"tools": [types.Tool(function_declarations=[function])]},
        "schema": {"response_mime_type": "application/json", "response_json_schema": STRICT},
        "effort": {
            "thinking_config": types.ThinkingConfig(
                thinking_level=types.ThinkingLevel.HIGH, include_thoughts=True
            )
        },
    }.get(case, {})
    base, _, version = url.rpartition("/")
    options = types.HttpOptions(base_url=base, api_version=version)
    manual = types.AutomaticFunctionCallingConfig(disable=True)
    config = types.GenerateContentConfig(automatic_function_calling=manual, **arguments)
    client = genai.Client(api_key="sk-test", http_options=options)
    with client:
        list(client.models.generate_content_stream(model="m", contents=contents, config=config))  # type: ignore[arg-type]


def bedrock_converse(case: str, url: str) -> None:
    import botocore.config
    import botocore.session

    spec = {"name": "weather", "description": "Weather in a city", "inputSchema": {"json": PARAMETERS}}
    image = {"image": {"format": "png", "source": {"bytes": PNG}}}
    use = {"toolUse": {"toolUseId": "call_1", "name": "weather", "input": {"city": "Oslo"}}}
    result = {"toolResult": {"toolUseId": "call_1", "content": [{"text": "rain"}]}}
    messages = {
        "multi-turn": [{"role": role, "content": [{"text": text}]} for role, text in TURNS],
        "image": [{"role": "user", "content": [image, {"text": "What is it?"}]}],
        "tools": [{"role": "user", "content": [{"text": "Weather?"}]}],
        "tool result": [
            {"role": "user", "content": [{"text": "Weather?"}]},
            {"role": "assistant", "content": [{"text": "Let me look."}, use]},
            {"role": "user", "content": [result]},
        ],
    }.get(case, [{"role": "user", "content": [{"text": "Hi"}]}])
    schema = {"schema": json.dumps(STRICT), "name": "answer"}
    arguments: dict[str, Any] = {
        "system prompt": {"system": [{"text": "Be brief."}]},
        "sampling": {"inferenceConfig": {"temperature": 0.0, "topP": 0.9, "stopSequences": ["END"]}},
        "max tokens": {"inferenceConfig": {"maxTokens": 100}},
        "tools": {"toolConfig": {"tools": [{"toolSpec": spec}]}},
        "tool result": {"toolConfig": {"tools": [{"toolSpec": spec}]}},
        "schema": {
            "outputConfig": {"textFormat": {"type": "json_schema", "structure": {"jsonSchema": schema}}}
        },
        "effort": {"outputConfig": {"effort": "high"}},
    }.get(case, {})
    session = botocore.session.get_session()
    session.set_credentials("AKIDEXAMPLE", "sk-test")
    client = session.create_client(
        "bedrock-runtime",
        region_name="us-east-1",
        endpoint_url=url,
        config=botocore.config.Config(retries={"total_max_attempts": 1}, proxies={}),
    )
    client.converse_stream(modelId="m", messages=messages, **arguments)["stream"].close()
    client.close()


def ollama_chat(case: str, url: str) -> None:
    import ollama

    call = {"function": {"name": "weather", "arguments": {"city": "Oslo"}}}
    tool = {"type": "function", "function": FUNCTION}
    messages: Any = {
        "system prompt": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}],
        "multi-turn": [{"role": role, "content": text} for role, text in TURNS],
        "image": [{"role": "user", "content": "What is it?", "images": [PNG]}],
        "tools": [{"role": "user", "content": "Weather?"}],
        "tool result": [
            {"role": "user", "content": "Weather?"},
            {"role": "assistant", "content": "Let me look.", "tool_calls": [call]},
            {"role": "tool", "content": "rain", "tool_name": "weather"},
        ],
    }.get(case, [{"role": "user", "content": "Hi"}])
    arguments: dict[str, Any] = {
        "sampling": {"options": {"temperature": 0.0, "top_p": 0.9, "seed": 7, "stop": ["END"]}},
        "penalties": {"options": {"frequency_penalty": 0.5, "presence_penalty": -0.5}},
        "max tokens": {"options": {"num_predict": 100}},
        "tools": {"tools": [tool]},
        "tool result": {"tools": [tool]},
        "schema": {"format": STRICT},
        "effort": {"think": "high"},
    }.get(case, {})
    headers = {"authorization": "Bearer sk-test"}
    with ollama.Client(host=url, headers=headers, trust_env=False) as client:
        list(client.chat(model="m", messages=messages, stream=True, **arguments))


#: The provider whose row is tested, and its SDK.
SDKS: dict[Wire, tuple[str, Callable[[str, str], None]]] = {
    Wire.OPENAI_RESPONSES: ("openai", openai_responses),
    Wire.OPENAI_CHAT: ("openai", openai_chat),
    Wire.ANTHROPIC_MESSAGES: ("anthropic", anthropic_messages),
    Wire.GEMINI: ("google", gemini),
    Wire.BEDROCK_CONVERSE: ("amazon-bedrock", bedrock_converse),
    Wire.OLLAMA: ("ollama", ollama_chat),
}
