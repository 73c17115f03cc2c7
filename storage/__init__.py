"""Rows, and nothing else: the only room that knows SQL. It applies effects; it never decides them."""
