"""The long-running loops: intake, worker, clock, delivery. None of them decides anything about a case."""
