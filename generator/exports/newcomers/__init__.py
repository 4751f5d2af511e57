"""What pages have filled in for who comes for the first time."""
