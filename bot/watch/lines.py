"""Lines of the log that are told together: a batch brings a hundred, and to make a record for each takes longest.

Invariant: each is a line of its own in what is written, with facts of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

Line: TypeAlias = "tuple[str, Mapping[str, int]]"
"""What a line says, and its facts: numbers of rows, and times."""

TOGETHER: Final = "lines"
"""Under which name a record holds the lines that it is made of."""


def tell(log: logging.Logger, lines: Sequence[Line]) -> None:
    """Tell lines of the level INFO: a single one as a record like any other, several as one."""
    if len(lines) == 1:
        ((message, facts),) = lines
        log.info(message, extra=facts)
    elif lines and log.isEnabledFor(logging.INFO):
        log.info("\n".join(message for message, _ in lines), extra={TOGETHER: lines})
