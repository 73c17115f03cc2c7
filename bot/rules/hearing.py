"""How much somebody wants to hear about their own cases; what needs them, and what a unit says to them, always comes.

Invariant: what answers somebody's own message or tap is never left out.
"""

from __future__ import annotations

from typing import Final

from bot.rules.message import (
    CaseAccepted,
    CaseClosedUnrated,
    CaseMoved,
    CaseReopened,
    Hearing,
    LimitMoved,
    Message,
    PauseEnded,
    RatingThanks,
)

PROGRESS: Final = (CaseAccepted, CaseMoved, LimitMoved, PauseEnded, CaseReopened, CaseClosedUnrated, RatingThanks)
"""What only says how it goes on; it stands on the page of the case, too."""


def is_wanted(message: Message, hearing: Hearing) -> bool:
    """Say whether somebody wants to be told something that they did not ask for."""
    return hearing is Hearing.EVERYTHING or not isinstance(message, PROGRESS)
