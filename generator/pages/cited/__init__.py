"""What hand-written pages cite: statements with the words they stand on, and the verdicts that use them."""
