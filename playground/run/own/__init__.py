"""A server of the reader's own: its address as people write it, and the models that it lists."""
