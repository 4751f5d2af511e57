"""Results and evaluations in the forms of other programs."""
