"""Results of an evaluation as a file that page and terminal read and write, and what they come to."""
