"""What a request, or a month's work, costs: the one place where a cost is computed."""
