"""The types of the scripts beside what Python makes for them."""
