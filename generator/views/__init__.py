"""Facts written out for a reader: figures, evidence, rows, plots, sentences."""
