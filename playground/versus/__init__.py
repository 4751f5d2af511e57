"""Two models, or two offerings, compared by rules that read facts known on both sides."""
