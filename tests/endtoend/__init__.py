"""The real program as a process, against the stand-in, as residents and officials meet it."""
