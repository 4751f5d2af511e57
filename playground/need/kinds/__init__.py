"""What is asked of a kind of model, and what is not."""
