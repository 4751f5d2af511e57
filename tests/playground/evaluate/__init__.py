"""What is read, asked and judged of a reader's own cases."""
