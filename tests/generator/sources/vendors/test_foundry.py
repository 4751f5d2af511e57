"""Microsoft's schedule of retirements: its real file's shape, an older one's, and what bends a row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import SourceShapeError
from generator.sources import BY_ID
from tests.generator.sources.fixtures import records, values

FOUNDRY = BY_ID["foundry-retirements"]
#: Other heads, names in code, days as people write them: columns are known by what their heads say.
OLDER = """
| Term | Meaning |
| --- | --- |
| Retirement | The model answers no more. |

| Model | Version | Lifecycle status | Deprecation date (closed) | Retirement date | Replacement model |
| --- | --- | --- | --- | --- | --- |
| `gpt-4.1` | 2025-04-14 | Generally available | 2026-07-14 | 2026-10-14 | `gpt-5` |
| `gpt-4.1-mini` | 2025-04-14 | GA | | No earlier than 2027-01-14 | `gpt-5-mini`<br>`gpt-5-nano` |
| `gpt-4o` | 2024-05-13 | Deprecated | March 31, 2026 | A: 2026-10-01<br>B: 2026-12-01 | [`gpt-5`](x) |
| `gpt-4o` | 2024-08-06<sup>1</sup>, 2024-11-20 | GA | N/A | **2027-02-27** | `gpt-5``gpt-5.1` |
| `codex-mini` | 2025-05-16 | Preview | | To be determined | |

| Model | Legacy date (UTC) | Deprecation date (UTC) | Retirement date (UTC) | Suggested replacement model |
|:------|:------------------|:-----------------------|:----------------------|:----------------------------|
| DeepSeek-V3 | April 10, 2026 | May 31, 2026 | August 31, 2026 | DeepSeek-V3.1 or DeepSeek-V3.2 |
| MAI-DS-R1 | N/A | N/A | 2/27/2026 | N/A |
"""


def test_the_real_files_shape_is_read() -> None:
    rows = records("foundry-retirements")
    assert {name: values(row) for name, row in rows.items() if not row.left_out} == {
        "codex-mini-2025-05-16": {"retires": "2026-11-15", "status": "deprecated"},
        # Its fine-tuned models answer a year longer, in a table of their own.
        "gpt-4.1-2025-04-14": {"retires": "2026-10-14", "status": "deprecated"},
        "gpt-4o-2024-08-06": {"retires": "2026-10-01", "status": "deprecated", "replaced_by": "gpt-5.1"},
        "gpt-4o-2024-08-06-ev3": {"retires": "2026-03-31", "status": "deprecated", "replaced_by": "gpt-5.1"},
        "gpt-4o-mini-tts-2025-03-20": {"retires": "2026-10-15", "status": "beta"},
        "gpt-5-2025-08-07": {"retires": "2027-02-06"},
        "gpt-5-chat-2025-10-03": {
            "retires": "2026-05-13",
            "status": "retired",
            "replaced_by": "gpt-chat-latest",
        },
        "gpt-realtime-2.1-mini-2026-07-07": {"retires": "2027-06-25"},
        "sora-2-2025-10-06": {"retires": "2026-07-15", "status": "beta", "replaced_by": "sora-2-2025-12-08"},
        "text-embedding-ada-002": {"retires": "2027-04-15"},
        "whisper": {"retires": "2026-12-15"},
        "DeepSeek-R1": {"retires": "2026-08-13", "replaced_by": "DeepSeek-V4-Pro"},
        "model-router-2025-11-18": {"retires": "2027-05-20"},
        "MAI-Image-2-2026-02-20": {"retires": "2026-08-15", "status": "beta", "replaced_by": "MAI-Image-2.5"},
        "mistral-document-ai-2505": {
            "retires": "2026-07-15",
            "replaced_by": "mistral-document-ai-2512, mistral-ocr-4-0",
        },
        "mistral-document-ai-2512": {"replaced_by": "mistral-ocr-4-0"},
        "claude-mythos-preview": {"retires": "2027-04-02", "status": "beta"},
        "claude-opus-4-1": {"retires": "2026-08-05", "status": "beta", "replaced_by": "claude-opus-4-8"},
        "FW-GLM-5.1": {"retires": "2026-08-01", "status": "beta"},
    }
    assert {name: row.left_out for name, row in rows.items() if row.left_out} == {
        "gpt-4.1, fine-tuned": "fine-tuned models, which no offering here is",
        "gpt-4o, fine-tuned": "fine-tuned models, which no offering here is",
        "DeepSeek-V3.2": "no day is set",
        "Llama-3.3-70B-Instruct": "no day is set",
    }
    assert {row.unread for row in rows.values()} == {()}


def test_columns_are_known_by_their_heads() -> None:
    by_id = {r.id: values(r) for r in FOUNDRY.parse(OLDER.encode())}
    assert by_id == {
        "gpt-4.1-2025-04-14": {"retires": "2026-10-14", "deprecated": "2026-07-14", "replaced_by": "gpt-5"},
        "gpt-4.1-mini-2025-04-14": {
            "retires_earliest": "2027-01-14",
            "replaced_by": "gpt-5-mini, gpt-5-nano",
        },
        # A day for each kind of deployment: none of them is the day.
        "gpt-4o-2024-05-13": {
            "retires_earliest": "2026-10-01",
            "deprecated": "2026-03-31",
            "status": "deprecated",
            "replaced_by": "gpt-5",
        },
        "gpt-4o-2024-08-06": {"retires": "2027-02-27", "replaced_by": "gpt-5, gpt-5.1"},
        "gpt-4o-2024-11-20": {"retires": "2027-02-27", "replaced_by": "gpt-5, gpt-5.1"},
        "codex-mini-2025-05-16": {"status": "beta"},
        "DeepSeek-V3": {
            "retires": "2026-08-31",
            "deprecated": "2026-05-31",
            "replaced_by": "DeepSeek-V3.1, DeepSeek-V3.2",
        },
        "MAI-DS-R1": {"retires": "2026-02-27"},
    }


@pytest.mark.parametrize("head", ["Hardware", "Retirement of the second kind"])
def test_a_head_that_nobody_knows_is_named(head: str) -> None:
    (row,) = FOUNDRY.parse(
        f"| Model | Retirement date | {head} |\n|---|---|---|\n| gpt-5 | 2027-02-06 | x |".encode()
    )
    assert row.unread == (head.lower(),)


@pytest.mark.parametrize(
    "bent", [b"x", b"[]", b"| `gpt\xed\xa0\x80` | 2027-01-01 |", b"| a\x0bb | 2027-01-01 |"]
)
def test_a_bent_row_ends_no_table(bent: bytes) -> None:
    rows = [
        b"| Model | Retirement date |",
        b"|---|---|",
        bent,
        b"| `gpt-5` | 2027-02-06 |",
        b"",
        b"| x | y |",
    ]
    by_id = FOUNDRY.parse(b"\n".join(rows))
    assert [(r.id, bool(r.left_out)) for r in by_id][1:] == [("gpt-5", False)]
    assert by_id[0].left_out


@given(st.text())
def test_any_text_is_refused_or_read(text: str) -> None:
    try:
        by_id = FOUNDRY.parse(text.encode("utf-8", "surrogatepass"))
    except SourceShapeError:
        return
    assert by_id
