"""What leaves an evaluation for other programs: CSV, promptfoo's configuration and results, Inspect's log.

No key and no address is in any of it. What another program's form has no equal for is listed, never dropped
without a word.
"""
