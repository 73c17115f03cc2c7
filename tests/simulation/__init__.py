"""A county in a hurry: made-up people who use the real conversations, and the real clock, faster than time passes.

What they are told is judged by what `witness` and `verdict` know of the hours and of rights, not by the program's own rules.
"""
