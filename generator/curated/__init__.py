"""What people write, in YAML, read with errors that name the file, the entry and the fix."""
