"""Code of a check, run in the terminal in a process that has no network, environment or files."""
