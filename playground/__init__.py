"""What runs in the reader's browser and, unchanged, in CPython.

The vocabulary of every figure (`catalog`, `labels`, `pricing`), a choice's way from a need to an answer
(`need`, `decide`, `versus`), and a prompt's way to a model (`chat`, `run`):

    chat → adapters/<wire>.build_request → client.stream → framing → parse → events → transcript

Pure Python: the standard library and httpx2. `generator` imports from here; nothing here imports `generator`.
"""
