"""Files as people's phones and offices make them, built here byte by byte, and the same files cleaned."""
