"""Public lists of benchmark scores."""
