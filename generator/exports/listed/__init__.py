"""What the playground lists at each address."""
