"""Public catalogs that others keep of many vendors' models."""
