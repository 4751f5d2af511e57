"""Whether what people write for a model leads to it."""
