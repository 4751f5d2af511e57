"""What `almanac lint` does with files that others wrote."""
