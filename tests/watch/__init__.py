"""What the running program may be asked from outside."""
