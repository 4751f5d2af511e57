"""Replacements that people wrote from vendors' pages, and how many of them the rule finds."""
