"""Which model at which provider a row is about, by what its id says."""
