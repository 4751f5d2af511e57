"""What runs in the reader's browser and, unchanged, in CPython: the vocabulary every figure is said in.

Pure Python from the standard library. `generator` imports from here; nothing here imports `generator`.
"""
