"""Samples of models and merges, drawn by a seed and read one by one by a person."""
