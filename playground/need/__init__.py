"""What is asked of a model, how people write it down, and whether an offering meets it."""
