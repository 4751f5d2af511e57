"""What runs in the reader's browser and, unchanged, in CPython.

The vocabulary every figure is said in (catalog.py, prices.py, codec.py), and a prompt's way to a model:

    chat → adapters/<wire>.build_request → client.stream → framing → parse → events → transcript

Pure Python: the standard library and httpx2. `generator` imports from here; nothing here imports `generator`.
"""
