"""A usage export as a provider or a gateway gives it → a month's workload.

Read are: OpenAI's usage API and its CSV, Anthropic's usage report API and its CSV, LiteLLM's spend log (JSON,
a line each or a list). What is read is counted; rows without tokens are left out and counted apart.

counted.py holds what every format fills, read.py chooses the format, and each format has a file.
"""

from __future__ import annotations

from playground.pricing.usage_export.counted import SIZE, Counted, UsageError
from playground.pricing.usage_export.counted_json import counted_to_json
from playground.pricing.usage_export.read import read_usage

__all__ = ["SIZE", "Counted", "UsageError", "counted_to_json", "read_usage"]
