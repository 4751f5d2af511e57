"""What labs are called, by docs/catalog/labs.yml."""

from __future__ import annotations

#: Labs whose names are not their ids with capitals.
_NAMES = {
    "ai21": "AI21 Labs",
    "alibaba": "Alibaba (Qwen)",
    "allenai": "Allen Institute for AI",
    "baai": "BAAI",
    "bytedance": "ByteDance",
    "deepseek": "DeepSeek",
    "elevenlabs": "ElevenLabs",
    "google": "Google",
    "ibm": "IBM",
    "minimax": "MiniMax",
    "mistral": "Mistral AI",
    "moonshotai": "Moonshot AI",
    "nousresearch": "Nous Research",
    "nvidia": "NVIDIA",
    "openai": "OpenAI",
    "stability": "Stability AI",
    "thinkingmachines": "Thinking Machines",
    "xai": "xAI",
    "zai": "Z.ai",
}


def lab_name(lab: str) -> str:
    """The lab's name as it writes it itself."""
    return _NAMES.get(lab) or " ".join(w.capitalize() for w in lab.split("-"))
