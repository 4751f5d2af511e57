"""Files of cases as people have them, each read into an Evaluation; what cannot be run is listed."""
