"""The front models, those that most readers come for: which they are, and how complete they are."""
