"""From public catalogs to a site: sources → records → catalog → views → pages.

`fetch` is the only code that uses the network, `store` the only code that writes the catalog,
`sources/` the only code that knows an upstream shape. Everything between is pure.
"""
