"""The fit judged on scores that were hidden from it, by tasks, by models and by time."""
