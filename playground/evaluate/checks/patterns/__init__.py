"""Regular expressions that cannot hang the page.

Python's own engine tries one way after the other, and a pattern such as `(a+)+$` has more ways through thirty
letters than anyone can wait for; it cannot be interrupted in a browser. So the ways are counted before
(`ways.py`). Where they are few, Python's engine looks; else an engine that goes all ways at once
(`simulated.py`) and is as slow as text and pattern are long, no more. Both are bounded by steps and not by
time, so a verdict is the same on every machine.
"""
