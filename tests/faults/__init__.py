"""What goes wrong for operators of bots, done to this one on purpose; what must hold stands in docs/faults.md."""
