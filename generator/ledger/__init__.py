"""Records → facts with their claims; held changes; the refresh."""
