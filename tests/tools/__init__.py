"""The tools that people run without the program: each is started as they start it."""
