"""The claims of an offering weighed: which are held back, which is chosen, which prices are in doubt."""
