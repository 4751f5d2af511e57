"""How able models are, fitted from the scores of a catalog, with numpy.

`rows.py` reads scores, `fit.py` makes the abilities of them, `refit.py` does so where scores have changed;
`judging/` hides scores and says how well they are foretold.
"""
