"""Rows that a hostile or broken source might send, and sources that send them."""
