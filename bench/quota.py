"""A fixed share of a core for each process, by control groups (version 1), so that what is measured is the program.

Where several processes are to be compared with one, the machine must have the same to give to each of them, however many
there are: without a limit the first takes all there is. Invariant: no group is left behind.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path("/sys/fs/cgroup/cpu")
PERIOD_US: Final = 20_000
"""Over how long a share is counted: an update should not wait long for the next of it."""


@dataclass(frozen=True, slots=True)
class Group:
    """One process's share."""

    path: Path

    def take(self, process: int) -> None:
        """Put a process in."""
        (self.path / "cgroup.procs").write_text(str(process), encoding="ascii")


def refusal() -> str | None:
    """Return why no groups can be made here; None when they can."""
    if not (ROOT / "cpu.cfs_quota_us").exists():
        return f"there are no control groups of version 1 at {ROOT}"
    return None if os.access(ROOT, os.W_OK) else f"{ROOT} may not be written"


@contextmanager
def groups(count: int, share: float) -> Iterator[Sequence[Group]]:
    """Make so many groups, each with this share of a core; at the end the processes in them must have ended."""
    made: list[Group] = []
    try:
        for place in range(count):
            group = Group(ROOT / f"bench-{os.getpid()}-{place}")
            group.path.mkdir()
            made.append(group)
            (group.path / "cpu.cfs_period_us").write_text(str(PERIOD_US), encoding="ascii")
            (group.path / "cpu.cfs_quota_us").write_text(str(round(PERIOD_US * share)), encoding="ascii")
        yield made
    finally:
        for group in made:
            group.path.rmdir()
