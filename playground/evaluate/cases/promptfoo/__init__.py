"""promptfoo's configuration: prompts × providers × tests with assertions, as promptfooconfig.yaml has them.

Format: https://www.promptfoo.dev/docs/configuration/reference/ (read 2026-11-28). What would run a program
or read a file is listed and never run.
"""
