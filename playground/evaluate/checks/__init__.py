"""Whether an answer is what its case asks for; one entry in CHECKS for each kind of check."""
