"""What a site owner chooses, hides and adds, laid over the catalog."""
