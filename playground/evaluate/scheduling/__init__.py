"""When each cell is asked: how fast a model may be asked, whose turn it is, and what it may still cost."""
