"""Code of an answer, or of the reader, that a check runs: what is run (`job.py`) and how, once it is shut in.

Nothing here shuts it in: the page runs `inside.py` in a worker without network, key or storage, the terminal
(`generator/sandbox/`) in a process without network, environment or files.
"""
