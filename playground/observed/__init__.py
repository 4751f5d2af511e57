"""What the reader's own cases say of models: a summary for each, carried from Evaluate to Choose.

Neither prompts, cases, answers nor keys are in it, but the text of prompts where the reader asks for that.
"""
