"""promptfoo's configuration and results, so that its commands read them and mean the same.

Format: https://www.promptfoo.dev/docs/configuration/reference/ and promptfoo's src/types/index.ts and
src/evaluatorHelpers.ts (read 2026-11-28). A JSON file is read by it as YAML would be.
"""
