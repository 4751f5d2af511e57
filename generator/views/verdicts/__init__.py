"""What a good adviser says to each kind of reader, composed by rules from the catalog's facts.

verdict.py    the values: a sentence with what it stands on, a verdict
market.py     the living models of a place, what they cost, which is small, which is large
contest.py    which of two models costs less and claims more
microsoft.py  what is known of MAI against OpenAI
readers.py    Microsoft or OpenAI: a verdict for each of six readers
labs.py       Anthropic, Google, Amazon, open weights: a verdict for each of five wishes
"""
