"""How fast it is, measured beside bare bots in one run. Nothing here is a test: no number can fail."""
