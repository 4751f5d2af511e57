"""The verdict on two models: which of them is for most, how sure that is, and when to take the other.

verdict.py    the values, and the order in which rules are asked
settled.py    what settles it before prices and scores are weighed: another kind, an end, a successor
weighing.py   prices against scores
notes.py      what a reader has to know beside it: previews, gateways, claims, tokens
"""
