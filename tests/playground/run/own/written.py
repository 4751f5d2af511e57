"""Addresses as people write them, each with the base that they mean; None where they mean none.

After what servers print when they start and public reports of what people paste.
"""

from __future__ import annotations

from playground.catalog.endpoints import Wire

#: Where another API than OpenAI's is spoken there.
WRITTEN_FOR: dict[Wire, dict[str, str]] = {
    Wire.OPENAI_RESPONSES: {
        "localhost:8000/v1/responses": "http://localhost:8000/v1",
    },
    Wire.ANTHROPIC_MESSAGES: {
        "localhost:8000": "http://localhost:8000",
        "http://localhost:8000/v1": "http://localhost:8000",
        "http://localhost:8000/v1/messages": "http://localhost:8000",
        "https://gate.example/anthropic/v1/messages": "https://gate.example/anthropic",
    },
    Wire.OLLAMA: {
        "http://localhost:11434/api/chat": "http://localhost:11434",
        "http://192.168.1.5:11434/api": "http://192.168.1.5:11434",
        "http://192.168.1.5:11434/v1": "http://192.168.1.5:11434",
        "http://192.168.1.5:11434/v1/chat/completions": "http://192.168.1.5:11434",
        "https://gate.example/ollama/api/tags": "https://gate.example/ollama",
    },
}
WRITTEN: dict[str, str | None] = {
    "http://localhost:1234/v1": "http://localhost:1234/v1",
    "https://api.example.com/v1": "https://api.example.com/v1",
    # No scheme: github.com/danielmiessler/Fabric/issues/1038, github.com/moeru-ai/airi/issues/475
    "localhost:8080": "http://localhost:8080",
    "127.0.0.1:11434": "http://127.0.0.1:11434",
    "192.168.1.5:8000/v1": "http://192.168.1.5:8000/v1",
    "100.64.184.80:1234/v1": "http://100.64.184.80:1234/v1",
    "[::1]:8080/v1": "http://[::1]:8080/v1",
    "[fd00::2]:8080": "http://[fd00::2]:8080",
    "gpu-box:8000/v1": "http://gpu-box:8000/v1",
    "gpu.local:8000/v1": "http://gpu.local:8000/v1",
    "host.docker.internal:11434": "http://host.docker.internal:11434",
    "api.example.com/v1": "https://api.example.com/v1",
    "100.128.0.1/v1": "https://100.128.0.1/v1",
    "172.32.0.1/v1": "https://172.32.0.1/v1",
    "localhost:443": "https://localhost:443",
    "//localhost:8080": "http://localhost:8080",
    # github.com/microsoft/autogen/issues/1300
    "http:localhost:8080": "http://localhost:8080",
    "http:/localhost:8080/v1": "http://localhost:8080/v1",
    # Slips in what follows the scheme
    "http//127.0.0.1:8000/v1": "http://127.0.0.1:8000/v1",
    "https//api.example.com/v1": "https://api.example.com/v1",
    "https;//api.example.com/v1": "https://api.example.com/v1",
    "http.//localhost:8000": "http://localhost:8000",
    "http: //localhost:8000": "http://localhost:8000",
    "http:\\\\localhost:8000\\v1": "http://localhost:8000/v1",
    "localhost:9100": "http://localhost:9100",
    "HTTP://localhost:8080/v1": "http://localhost:8080/v1",
    # Whole requests: github.com/Drlinglong/Remis/issues/145
    "http://localhost:1234/v1/chat/completions": "http://localhost:1234/v1",
    "http://localhost:1234/v1/responses": "http://localhost:1234/v1",
    "http://localhost:1234/v1/responses/chat/completions": "http://localhost:1234/v1",
    "http://localhost:1234/v1/messages/": "http://localhost:1234/v1",
    "http://localhost:1234/v1/completions": "http://localhost:1234/v1",
    "http://localhost:1234/v1/models": "http://localhost:1234/v1",
    "http://localhost:1234/v1/embeddings": "http://localhost:1234/v1",
    "https://openrouter.example/api/v1/chat/completions": "https://openrouter.example/api/v1",
    "http://localhost:3000/api/chat/completions": "http://localhost:3000/api",
    "https://root.example/chat/completions": "https://root.example",
    "http://localhost:11434/api/chat": "http://localhost:11434/v1",
    "http://localhost:11434/api/generate": "http://localhost:11434/v1",
    "http://localhost:1234/api/v1/chat": "http://localhost:1234/v1",
    "http://localhost:8080/completion": "http://localhost:8080/v1",
    "http://localhost:8080/generate_stream": "http://localhost:8080/v1",
    "http://localhost:1234/": "http://localhost:1234",
    "http://localhost:1234/v1///": "http://localhost:1234/v1",
    "http://localhost:1234//v1//chat//completions": "http://localhost:1234/v1",
    # Doubled: github.com/leookun/cursor-byok/issues/43
    "http://localhost:1234/v1/v1": "http://localhost:1234/v1",
    "http://localhost:1234/v1/v1/chat/completions": "http://localhost:1234/v1",
    "https://api.example.com/paas/v4/chat/completions": "https://api.example.com/paas/v4",
    "https://api.example.com/v1/chat/completions?api-version=1": "https://api.example.com/v1",
    "https://api.example.com/v1?api_key=q7Zp2Kx9Lm4R#top": "https://api.example.com/v1",
    # What vLLM and llama.cpp print
    "http://0.0.0.0:8000": "http://localhost:8000",
    "0.0.0.0:8000/v1": "http://localhost:8000/v1",
    "http://[::]:8000/v1": "http://localhost:8000/v1",
    " 'http://localhost:1234/v1'\n": "http://localhost:1234/v1",
    "`http://localhost:1234/v1`": "http://localhost:1234/v1",
    "": None,
    "   ": None,
    "http://": None,
    "my server": None,
    "http://http://localhost:1234/v1": None,
    "http://HTTPS:/api.example.com": None,
    "http://http//localhost:1234": None,
    "htp//localhost:1234/v1": None,
    "ttps;//localhost:1234/v1": None,
    "hhtp//localhost:1234": None,
    "localhost;9100": None,
    "127,0,0,1:9100": None,
    "ws://localhost:1234/v1": None,
    "htp://localhost:1234/v1": None,
    "http://localhost:99999/v1": None,
    "http://me:secret@localhost:1234/v1": None,
}
