"""The reader's own cases: cases × prompts × models × repeats, and whether each answer passes its checks."""
