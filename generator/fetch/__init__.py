"""The only code that uses the network for catalogs: a live URL or a pinned package → raw bytes."""
