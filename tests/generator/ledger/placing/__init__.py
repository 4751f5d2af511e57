"""What becomes one model, what stays apart, and where old ids lead."""
