"""Changes that look wrong are held: the old value stays, and the change waits for a person.

Each source is compared with what the catalog says it said before, offering by offering and field by field,
so that whatever causes a change (a slip upstream, a new shape, a rule of ours) is seen. Changes of one sort
that a source makes at one provider are held together. A held claim stays in the ledger as suspect beside the
old one, which is still chosen. A person lets it through by its id, with a line in overrides.yml:
`- approve: 1a2b3c4d`. What another source already says needs no person.
"""
