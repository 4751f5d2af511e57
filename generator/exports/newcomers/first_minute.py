"""What a newcomer to the playground finds filled in: two models, and a prompt with others to try.

The models are first-party defaults of two labs, each at its own lab's address: one that most readers would
use for daily work. They stand here until quality decides.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

#: Row of the page and the model's id there.
START = (("openai", "gpt-6.1-terra"), ("anthropic", "claude-sonnet-5-5"))
#: What a prompt is called, and its text. The first is filled in.
EXAMPLES = (
    ("Explain", "Explain in three short sentences why the sky is blue and sunsets are red."),
    (
        "Extract",
        """List every person and company in this text as a table with the columns Name, Kind and Role:

Ada Lovelace of Analytical Engines Ltd. met Charles Babbage, whose firm Difference & Co. had hired Grace
Hopper as its first engineer.""",
    ),
    ("Code", "Write a Python function that returns the n-th prime number, with a docstring and a test."),
    (
        "Reason",
        "A bat and a ball cost $1.10; the bat costs $1.00 more. What does the ball cost?",
    ),
    ("Fill in", "Translate into {{language}}: Good morning, where is the nearest station?"),
)


def first_minute(rows: Collection[str]) -> dict[str, Any]:
    """The start and the examples, for a page with these rows."""
    start = [{"row": row, "model": model} for row, model in START if row in rows]
    return {
        "start": start or [{"row": row, "model": ""} for row in list(rows)[:1]],
        "examples": [{"label": label, "prompt": prompt} for label, prompt in EXAMPLES],
    }
