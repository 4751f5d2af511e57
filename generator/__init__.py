"""From public catalogs to a site: sources → records → catalog → views → pages.

`fetch` alone uses the network for catalogs, `store` alone writes the catalog, `sources` alone knows what
others publish. Everything between is pure. docs/architecture.md leads through the rooms.
"""
