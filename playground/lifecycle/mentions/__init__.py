"""Which models and APIs a text names, in what kind of place, and who serves them there."""
