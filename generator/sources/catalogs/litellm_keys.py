"""What LiteLLM's other keys mean: capabilities, limits, uplifts, and the keys that are not needed."""

from __future__ import annotations

import re

from playground.catalog import Capability

CAPABILITIES = {
    "supports_function_calling": Capability.TOOL_CALLS,
    "supports_parallel_function_calling": Capability.PARALLEL_TOOL_CALLS,
    "supports_response_schema": Capability.STRUCTURED_OUTPUT,
    "supports_reasoning": Capability.REASONING,
    "supports_vision": Capability.VISION,
    "supports_image_input": Capability.VISION,
    "supports_pdf_input": Capability.PDF,
    "supports_audio_input": Capability.AUDIO_IN,
    "supports_audio_output": Capability.AUDIO_OUT,
    "supports_video_input": Capability.VIDEO_IN,
    "supports_prompt_caching": Capability.PROMPT_CACHING,
    "supports_web_search": Capability.WEB_SEARCH,
    "supports_computer_use": Capability.COMPUTER_USE,
    "supports_system_messages": Capability.SYSTEM_MESSAGES,
    "supports_native_streaming": Capability.STREAMING,
}
INPUT_MODALITIES = {
    "image": Capability.VISION,
    "audio": Capability.AUDIO_IN,
    "video": Capability.VIDEO_IN,
}
OUTPUT_MODALITIES = {"image": Capability.IMAGE_OUT, "audio": Capability.AUDIO_OUT}
EFFORT_KEY = re.compile(r"supports_(none|minimal|low|xhigh|max)_reasoning_effort")
UPLIFT_KEY = re.compile(r"regional_(?:processing|endpoint)_uplift_multiplier(?:_(?P<zone>[a-z]+))?")
INTEGERS = {
    "max_input_tokens": "max_input_tokens",
    "max_output_tokens": "max_output_tokens",
    "rpm": "requests_per_minute",
    "tpm": "tokens_per_minute",
    "output_vector_size": "embedding_dimensions",
    "prompt_cache_min_tokens": "cache_min_tokens",
}
#: Keys that say how LiteLLM itself behaves, or that another key says better.
IGNORED = frozenset(
    {
        "litellm_provider",
        "max_tokens",
        "mode",
        "source",
        "metadata",
        "comment",
        "input_dbu_cost_per_token",
        "output_dbu_cost_per_token",
        "supports_tool_choice",
        "supports_assistant_prefill",
        "supports_native_structured_output",
        "supports_adaptive_thinking",
        "supports_output_config",
        "supports_tool_search",
        "supports_mid_conversation_system",
        "supports_parallel_tool_use_config",
        "thinking_always_on",
        # What a request without an effort does, which the vendor's own efforts tell.
        "thinking_on_by_default",
        # The page that the day of retirement is from; a record has one link, that of its prices.
        "deprecation_source",
        # By how much more agencies of the US government pay; what they call are offerings of their own.
        "fedramp_uplift_multiplier",
        "bedrock_converse_supports_strict_tools",
        "bedrock_output_config_effort_ceiling",
        "supports_forced_tool_use",
        "supports_url_context",
        "web_search_billing_unit",
        "search_free_requests",
        "reasoning_contexts",
        "reasoning_modes",
        "supports_bedrock_native_structured_output",
        "default_reasoning_effort",
        "supports_embedding_image_input",
        "supports_legacy_thinking",
        "supports_prompt_cache_breakpoint",
        "supports_anthropic_compaction",
        "use_openai_responses_path",
        "supports_bedrock_converse_tool_result_images",
        "supports_anthropic_thinking_payload",
        "supports_bedrock_runtime_chat_completions_response_format",
        "supports_thinking_cache_preservation",
        "supports_image_size",
        "supports_bedrock_runtime_chat_completions_tools_with_reasoning",
        "supports_bedrock_runtime_chat_completions_inline_reasoning",
        "gemini_native_audio",
        "supports_regex_lookaround",
        "supports_speed",
        "gemini_audio_only_live",
        "uses_embed_content",
        "supports_multimodal",
        "supports_fast_mode",
        "supported_audio_formats",
        "vertex_ai_audio_api",
        "supports_nova_canvas_image_edit",
        "supports_box_questions",
        "audio_transcription_config",
        "guardrail_cost_per_unit",
        "rules",
        "computer_use_input_cost_per_1k_tokens",
        "computer_use_output_cost_per_1k_tokens",
        "file_search_cost_per_gb_per_day",
        "vector_store_cost_per_gb_per_day",
        "supported_endpoints",
    }
)
#: Flags nobody asked for yet, how LiteLLM estimates a request, how much of a medium fits in one prompt.
NOTE_KEY = re.compile(
    r"supports_|^token_count_|_config$|_notes?$|max_.+_(per_prompt|length.*|size_mb)$|max_video_length$"
)
