"""How many tokens a chat may have before anybody has counted them: an estimate, its interval, and a bound.

Measured with OpenAI's two public tokenizers (o200k and cl100k, November 2026) over English, German, Chinese,
Russian, code, YAML and tables, a token has 1.9 to 6.7 bytes of UTF-8; Hindi has up to 9.0, base64 down to
1.4. A tokenizer that works on bytes makes no more tokens than there are bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

from playground.chat.chat import Chat, Image, Text
from playground.chat.chat_json import chat_to_json
from playground.json_text import write_json

#: Bytes of a token: at the most and at the least, as an estimate.
MOST_BYTES, LEAST_BYTES = 7, 2
#: Tokens that a message costs beside its text, and a request beside its messages: at least and at most.
LEAST_FRAME, MOST_FRAME = 3, 24
#: Tokens of an image: no provider whose table was read counts more, or fewer.
LEAST_IMAGE, MOST_IMAGE = 64, 16_384


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes of text, and how many messages and images a chat has."""

    text: int
    messages: int
    images: int

    @property
    def low(self) -> int:
        """Tokens at the lower end of the estimate."""
        return self.text // MOST_BYTES + LEAST_FRAME * self.messages + LEAST_IMAGE * self.images

    @property
    def high(self) -> int:
        """Tokens at the upper end of the estimate."""
        return self._with_frames(-(-self.text // LEAST_BYTES))

    @property
    def most(self) -> int:
        """More tokens than this it cannot have."""
        return self._with_frames(self.text)

    def _with_frames(self, text: int) -> int:
        return text + MOST_FRAME * (self.messages + 1) + MOST_IMAGE * self.images

    def __add__(self, other: Size) -> Size:
        return Size(self.text + other.text, self.messages + other.messages, self.images + other.images)


def size_of(chat: Chat) -> Size:
    """The size of what is sent, tools and schema included."""
    parts = [part for message in chat.messages for part in message.parts]
    texts = [part.text for part in parts if isinstance(part, Text)]
    text = sum(len(text.encode("utf-8", "replace")) for text in (*texts, chat.system))
    images = sum(isinstance(part, Image) for part in parts)
    messages = len(chat.messages) + bool(chat.system)
    asked = chat_to_json(chat)
    beside = {name: asked[name] for name in ("tools", "schema") if name in asked}
    return Size(text + (len(write_json(beside).encode()) if beside else 0), messages, images)
