"""Who stands before whom, and why."""
