"""Evaluate in page and terminal: beside promptfoo, with a hundred thousand cells, and killed."""
