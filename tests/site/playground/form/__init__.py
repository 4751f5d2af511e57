"""What the reader fills in before a run, and what the page says of it."""
