"""Commands that read, check, compare or make the catalog."""
