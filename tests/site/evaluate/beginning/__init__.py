"""Evaluate for who begins: without cases at hand, or with a server of their own."""
