"""Building the site, measured beside plain MkDocs and Zensical."""
