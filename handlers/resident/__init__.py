"""Conversations with residents: language, draft, own cases, rating. Officials are residents too and may use all of it."""
