"""What things are called for a reader, and where they stand on the site."""
