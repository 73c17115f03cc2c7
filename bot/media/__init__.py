"""What a file that somebody sent really is, and the file without what it says about them: pure functions of bytes.

Invariant: nothing here opens a file or a connection; what is not known for certain to be harmless is refused.
"""
