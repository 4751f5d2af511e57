"""The page's Python cell: what its code can ask (`asked.py`), and what it gets (`cell.py`)."""
