"""What `almanac lint` says of true files, against what a person expected before."""
