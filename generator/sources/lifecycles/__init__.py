"""Sources that say how long models are served: what vendors' pages of deprecations say, row by row."""
