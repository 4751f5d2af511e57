"""How long an offering lives, what replaces it, and which models a text names."""
