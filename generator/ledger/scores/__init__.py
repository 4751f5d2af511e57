"""Scores of benchmarks, placed at the models of the catalog."""
