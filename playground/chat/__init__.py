"""One request to one provider, and the events that come back."""
