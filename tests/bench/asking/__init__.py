"""What Python in the page adds to a request: until its first token, and for each event."""
