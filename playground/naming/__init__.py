"""Which model a name means, however it is written: the rule that the site, the terminal and MCP share."""
