"""JSON Schema in plain Python, since the page has no library for it: which keywords, and their meaning."""
