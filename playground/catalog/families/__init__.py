"""What families of models take at an address, by their vendors' pages."""
