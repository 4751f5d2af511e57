"""start.yml: the models and prompts that a newcomer to the playground finds filled in."""

from generator.curated.first_minute.reader import (
    START_FILE,
    FirstMinute,
    load_first_minute,
    not_offered,
)

__all__ = ["START_FILE", "FirstMinute", "load_first_minute", "not_offered"]
