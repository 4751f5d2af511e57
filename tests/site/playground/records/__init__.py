"""The page's state without a browser: its scripts in Node.js, its Python in CPython, a real server."""
