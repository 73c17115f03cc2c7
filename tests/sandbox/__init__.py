"""The stand-in answers as the real Bot API would."""
