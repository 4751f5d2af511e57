"""The verdicts of the guides, held to what an adviser wrote down before the rules."""
