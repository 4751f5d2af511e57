"""What a result's model was asked, as messages that other programs show."""

from __future__ import annotations

from typing import Any

from playground.chat.chat import Chat, Image, Message, Text
from playground.evaluate.evaluation import Evaluation
from playground.evaluate.matrix import Cell, chat_of


def messages_of(evaluation: Evaluation, cell: Cell) -> list[dict[str, Any]]:
    """The system prompt and the messages of a cell, filled in; an image is named by its type alone."""
    chat = chat_of(evaluation.cases[cell.case], evaluation.prompts[cell.prompt], Chat(messages=()))
    system = [{"role": "system", "content": chat.system}] if chat.system else []
    return [*system, *({"role": str(m.role), "content": _text(m)} for m in chat.messages)]


def _text(message: Message) -> str:
    texts = []
    for part in message.parts:
        match part:
            case Text():
                texts.append(part.text)
            case Image():
                texts.append(f"[{part.media_type}]")
            case _:
                pass
    return "\n".join(texts)
