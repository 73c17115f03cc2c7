"""Conversations with those who watch over the county: the digest."""
