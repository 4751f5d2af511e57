"""Who is asked from the terminal: models by name, with their addresses and keys."""
