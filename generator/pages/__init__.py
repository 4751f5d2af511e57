"""One module for each kind of page, with its templates."""
