"""Usage exports of providers and gateways, each in its own shape, as a month's work."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.pricing.usage_export import UsageError, read_usage

OPENAI = {
    "object": "page",
    "data": [
        {
            "object": "bucket",
            "start_time": 1_760_000_000,
            "end_time": 1_760_086_400,
            "results": [
                {
                    "object": "organization.usage.completions.result",
                    "input_tokens": 90_000,
                    "input_cached_tokens": 45_000,
                    "output_tokens": 9_000,
                    "num_model_requests": 30,
                    "model": "gpt-5",
                }
            ],
        },
        {
            "object": "bucket",
            "start_time": 1_760_086_400,
            "end_time": 1_760_172_800,
            "results": [{"input_tokens": 0, "output_tokens": 0, "num_model_requests": 0}],
        },
        {
            "object": "bucket",
            "start_time": 1_760_172_800,
            "end_time": 1_760_259_200,
            "results": [
                {
                    "input_tokens": 10_000,
                    "input_cached_tokens": 5_000,
                    "output_tokens": 1_000,
                    "num_model_requests": 70,
                    "model": "gpt-5-mini",
                }
            ],
        },
    ],
}
ANTHROPIC = {
    "data": [
        {
            "starting_at": "2026-10-01T00:00:00Z",
            "ending_at": "2026-10-11T00:00:00Z",
            "results": [
                {
                    "uncached_input_tokens": 1_000,
                    "cache_creation": {"ephemeral_1h_input_tokens": 500, "ephemeral_5m_input_tokens": 1_500},
                    "cache_read_input_tokens": 7_000,
                    "output_tokens": 2_000,
                    "model": "claude-opus-4-8",
                }
            ],
        }
    ],
    "has_more": False,
}
LITELLM = [
    {
        "request_id": "chatcmpl-1",
        "call_type": "acompletion",
        "spend": 0.0012,
        "prompt_tokens": 1_000,
        "completion_tokens": 100,
        "startTime": "2026-10-01T00:00:00",
        "endTime": "2026-10-01T00:00:05",
        "model": "gpt-5",
        "metadata": json.dumps({"usage_object": {"prompt_tokens_details": {"cached_tokens": 400}}}),
    },
    {
        "request_id": "chatcmpl-2",
        "call_type": "acompletion",
        "spend": 0.0012,
        "prompt_tokens": 3_000,
        "completion_tokens": 300,
        "startTime": "2026-10-05T00:00:00",
        "endTime": "2026-10-05T00:00:05",
        "model": "claude-opus-4-8",
        "metadata": {"usage_object": {"cache_read_input_tokens": 600, "cache_creation_input_tokens": 1000}},
    },
]
OPENAI_CSV = (
    "start_time,end_time,start_time_iso,end_time_iso,input_tokens,output_tokens,num_model_requests,model,"
    "input_cached_tokens\n"
    "1760000000,1760086400,2025-10-09T08:53:20+00:00,2025-10-10T08:53:20+00:00,1000,200,4,gpt-5,250\n"
)
ANTHROPIC_CSV = (
    "usage_date_utc,model_version,api_key,workspace,usage_type,usage_input_tokens_no_cache,"
    "usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,"
    "usage_output_tokens\n"
    "2026-10-01,claude-opus-4-8,k,w,message,1000,200,0,2800,500\n"
    "2026-10-03,claude-opus-4-8,k,w,message,0,0,0,0,0\n"
)


@pytest.mark.parametrize(
    ("text", "form", "rows", "tokens"),
    [
        (json.dumps(OPENAI), "OpenAI's usage API", 2, (100_000, 50_000, 0, 0, 10_000, 100)),
        (json.dumps([OPENAI, OPENAI]), "OpenAI's usage API", 4, (200_000, 100_000, 0, 0, 20_000, 200)),
        (json.dumps(ANTHROPIC), "Anthropic's usage report", 1, (10_000, 7_000, 1_500, 500, 2_000, 0)),
        (json.dumps(LITELLM), "LiteLLM's spend log", 2, (4_000, 1_000, 1_000, 0, 400, 2)),
        ("\n".join(map(json.dumps, LITELLM)), "LiteLLM's spend log", 2, (4_000, 1_000, 1_000, 0, 400, 2)),
        (json.dumps({"data": LITELLM}), "LiteLLM's spend log", 2, (4_000, 1_000, 1_000, 0, 400, 2)),
        (OPENAI_CSV, "OpenAI's usage CSV", 1, (1_000, 250, 0, 0, 200, 4)),
        ("\ufeff" + ANTHROPIC_CSV, "Anthropic's usage CSV", 1, (4_000, 2_800, 200, 0, 500, 0)),
    ],
)
def test_an_export_is_read_in_its_own_shape(text: str, form: str, rows: int, tokens: tuple[int, ...]) -> None:
    counted = read_usage(text)
    assert (counted.format, counted.rows) == (form, rows)
    assert (
        *(counted.input, counted.cached, counted.written, counted.written_1h),
        *(counted.output, counted.requests),
    ) == tokens


def test_rows_without_tokens_are_counted_apart() -> None:
    assert read_usage(json.dumps(OPENAI)).left_out == 1
    assert read_usage(ANTHROPIC_CSV).left_out == 1


def test_it_is_brought_to_a_month() -> None:
    work = read_usage(json.dumps(OPENAI)).workload()  # three days
    assert (work.input_tokens, work.output_tokens, work.cached) == (1000, 100, Decimal("0.5"))
    assert work.requests == round(100 * Decimal("30.4375") / 3, 0)
    ten = read_usage(json.dumps(ANTHROPIC)).workload()
    assert (ten.cached, ten.written, ten.written_1h) == (Decimal("0.7"), Decimal("0.15"), Decimal("0.05"))
    # No requests are counted: they are taken to be of a thousand tokens each, ten in ten days.
    assert (ten.requests, ten.input_tokens) == (30, 1000)


def test_a_month_without_requests_steps_up_no_price() -> None:
    """All of it as one request would be above every step: twice as dear at a model that has one."""
    much = [{"uncached_input_tokens": 90_000_000, "output_tokens": 1_000_000}]
    work = read_usage(json.dumps(much)).workload()
    assert work.input_tokens * work.requests == 90_000_000
    assert work.input_tokens == 1000


def test_sound_and_what_ran_in_batch_are_counted_apart() -> None:
    rows = [
        {"input_tokens": 600, "input_audio_tokens": 150, "output_tokens": 400, "batch": False},
        {"input_tokens": 400, "output_tokens": 600, "output_audio_tokens": 250, "batch": True},
    ]
    work = read_usage(json.dumps([{**r, "num_model_requests": 1} for r in rows])).workload()
    assert (work.audio_in, work.audio_out, work.batch) == (Decimal("0.15"), Decimal("0.25"), Decimal("0.5"))
    report = [
        {"uncached_input_tokens": 10, "output_tokens": 10, "service_tier": t} for t in ("batch", "standard")
    ]
    assert read_usage(json.dumps(report)).workload().batch == Decimal("0.5")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Nothing was pasted."),
        ("{", "begins like JSON and is not"),
        ('{"colour": "red"}', "no usage export known here (it has colour"),
        ("[]", "no usage export known here (it has no rows)"),
        ("a,b\n1,2\n", "no usage export known here (it begins 'a,b')"),
        ("model,input_tokens,output_tokens\ngpt-5,0,0\n", "not one row in it counts tokens"),
    ],
)
def test_what_is_no_export_is_refused_with_what_was_seen(text: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        read_usage(text)
    assert message in str(raised.value)


KEYS = st.sampled_from(
    [
        *("data", "results", "prompt_tokens", "input_tokens", "num_model_requests", "spend", "metadata"),
        *("uncached_input_tokens", "start_time", "cache_creation"),
    ]
)
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
    max_leaves=12,
)


@given(st.text(max_size=400) | ODD.map(json.dumps))
def test_any_text_is_read_or_refused_with_a_message(text: str) -> None:
    try:
        counted = read_usage(text)
    except UsageError:
        return
    assert counted.rows


def test_a_csv_tells_sound_and_batch_apart_too() -> None:
    text = (
        "start_time_iso,model,batch,input_tokens,output_tokens,input_audio_tokens,num_model_requests\n"
        "2026-10-01,gpt-5,True,1000,0,0,1\n2026-10-02,gpt-5,False,1000,0,500,1\n"
    )
    work = read_usage(text).workload()
    assert (work.batch, work.audio_in) == (Decimal("0.5"), Decimal("0.25"))
    anthropic = ANTHROPIC_CSV.replace("message,1000", "batch,1000")
    assert read_usage(anthropic).workload().batch == 1


def test_line_ends_of_every_system_are_read() -> None:
    text = "model,input_tokens,output_tokens,num_model_requests\ngpt-5,900,90,3\ngpt-5,100,10,1\n"
    read = [read_usage(text.replace("\n", end)) for end in ("\n", "\r\n", "\r")]
    assert [(r.rows, r.input, r.output) for r in read] == [(2, 1000, 100)] * 3


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"input_tokens": ' + "9" * 5_000 + "}",
        '{"a": "' + "x" * 200_000,
        "model,input_tokens,output_tokens\ngpt-5," + "x" * 200_000 + ",1",
        "model,input_tokens,output_tokens\ngpt-5,1e300,1",
        '[{"prompt_tokens": 1, "spend": 1, "metadata": {"usage_object": [1]}, "cache_creation": "x"}, 3',
    ],
    ids=["deep", "endless number", "cut off", "wide field", "huge", "half a list"],
)
def test_what_cannot_be_an_export_is_refused_with_a_message(text: str) -> None:
    with pytest.raises(UsageError, match=r"[Rr]ead"):
        read_usage(text)


def test_odd_values_inside_a_row_count_for_nothing() -> None:
    log = [{"prompt_tokens": 5, "completion_tokens": 1, "spend": 1, "metadata": {"usage_object": [1]}}]
    assert read_usage(json.dumps(log)).input == 5
    report = [{"uncached_input_tokens": 5, "output_tokens": 1, "cache_creation": "x"}]
    assert read_usage(json.dumps(report)).input == 5
