"""What the running program may be asked from outside: whether it lives, whether it is ready, how it is doing."""
