"""Commands that build or serve the site."""
