"""What a person has to do with a case of their own: who they are in it, and who hears of what they do."""

from __future__ import annotations

from dataclasses import dataclass

from bot.actions.resolve_case import rating_anchor
from bot.rules.case import Case
from bot.rules.effect import Priority, Send
from bot.rules.identity import Language, PersonId
from bot.rules.message import Message
from bot.rules.staff import Staff
from bot.rules.translation import Legible


@dataclass(frozen=True, slots=True)
class Stake:
    """What a person has to do with a case that they follow and judge.

    Attributes:
        voice: they are the n-th voice of it.
        words: what was filed.
        staff: every active official.
        pressed: Telegram's number of the message whose button was pressed; the next step takes its place.
        others: who else stands behind it.
        read: what was filed as officials read it, where that is not the same.
        language: the one that they chose.
    """

    case: Case
    voice: int
    person: PersonId
    words: str
    staff: tuple[Staff, ...]
    pressed: int | None = None
    others: tuple[PersonId, ...] = ()
    read: Legible | None = None
    language: Language | None = None

    @property
    def legible(self) -> str | Legible:
        """Return what was filed as officials read it."""
        return self.words if self.read is None else self.read

    def in_place(self, message: Message) -> Send:
        """Put a message in the place of the rating question, or of the message whose button was pressed."""
        return Send(self.person, message, anchor=rating_anchor(self.case), replaces=self.pressed)

    def tell_officer(self, message: Message, anchor: str | None = None) -> tuple[Send, ...]:
        """Tell whoever is in charge; what has an anchor takes the place of what they were told under it before."""
        in_charge = (each for each in self.staff if each.id == self.case.officer and each.is_reachable)
        return tuple(Send(each.person, message, Priority.NOTICE, anchor=anchor) for each in in_charge)
