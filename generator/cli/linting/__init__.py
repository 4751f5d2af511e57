"""What `almanac lint` does with files that others wrote: finding them, reading them, reporting on them."""
