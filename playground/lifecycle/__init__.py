"""How long an offering is served, what replaces it, and which models a text names."""
