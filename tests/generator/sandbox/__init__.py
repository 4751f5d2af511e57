"""Code of checks, shut in by the system."""
