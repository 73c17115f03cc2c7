"""Whoever phones or comes to a counter: the code by which they later link their case to a chat, and their phone number.

Invariant: a code is good for one case, until it is used or was guessed at too often; it is read aloud and written nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.errors import IllegalTransition, NotPermitted
from bot.rules.access import Act, require
from bot.rules.callback import awaits_callback, is_inside
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.entry import RESIDENT, Channel, Entry, VoiceLeft
from bot.rules.following import Deed, may_return
from bot.rules.identity import CaseNumber, PersonId
from bot.rules.staff import Staff

CODE_DIGITS: Final = 8
CODE_BYTES: Final = 16
"""Random bytes that a code is made of: so many that no code is likelier than another by more than one in 10**30."""

CASE_TRIES: Final = 5
"""Wrong codes after which a case takes none any more: a guess is right once in 20 million cases that are tried out."""

PERSON_TRIES: Final = 5
"""Wrong codes that one person may say within TRIES_LAST."""

TRIES_LAST: Final = timedelta(days=1)

SHORTEST_PHONE: Final = 5
LONGEST_PHONE: Final = 20
BETWEEN_DIGITS: Final = frozenset(" -.()/\uff08\uff09\u2010\u2011\u2013\u00a0\u3000")
"""What may stand between the digits of a number that somebody writes."""

NUMBER: Final = re.compile(r"[A-Z]{1,6}-\d{4}-\d{6,}", re.IGNORECASE | re.ASCII)

LINK_PREFIX: Final = "link_"
"""What the payload of a link to a case begins with."""

ENTERING: Final[Mapping[Channel, Act]] = {
    Channel.HOTLINE: Act.ENTER_CALL,
    Channel.COUNTER: Act.ENTER_CALL,
    Channel.VISIT: Act.VISIT,
}
"""The channels by which officials enter cases for others, and what permits it."""

CALLER: Final = 1
"""Which voice of a case whoever phoned is."""

BY_PHONE: Final = (Deed.ADD, Deed.URGE, Deed.REOPEN, Deed.WITHDRAW, Deed.LEAVE)
"""What whoever phoned can have done by phoning again, in the order of the buttons."""


class Lacking(StrEnum):
    """What an operator left out of what is asked of them: the number of the case, and what only its caller can say."""

    CASE = "case"
    PROOF = "proof"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class CallerCode:
    """The code of a new case's filer, as it is read aloud; what is kept of it is a keyed hash."""

    case: CaseNumber
    code: str


@dataclass(frozen=True, slots=True)
class WrongCode:
    """A wrong code that somebody said.

    Attributes:
        case: the one that it was said for, with how many wrong ones there were before; None: there is no such code.
        person: who said it.
        since: when the first of their tries that count was.
        count: how many count now.
    """

    case: tuple[CaseNumber, int] | None
    person: PersonId
    since: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Linked:
    """A person is the first voice of a case from now on; the code is used up."""

    case: CaseNumber
    person: PersonId


@dataclass(frozen=True, slots=True)
class Trying:
    """What is known when somebody says a code for a case.

    Attributes:
        fits: it is the code of that case.
        tries: wrong codes that were said for it; None: it has no code, or somebody has linked it.
        since: when the person's first wrong code that may still count was; None without one.
        count: how many wrong codes they have said since.
    """

    fits: bool
    tries: int | None
    since: datetime | None
    count: int

    def counting(self, now: datetime) -> tuple[datetime, int]:
        """Return since when, and how many, of the person's wrong codes count now."""
        if self.since is None or now - self.since >= TRIES_LAST:
            return now, 0
        return self.since, self.count

    @property
    def opens(self) -> bool:
        """Say whether the code links the case: it fits, and it was not guessed at too often."""
        return self.fits and self.tries is not None and self.tries < CASE_TRIES


def code_from(drawn: bytes) -> str:
    """Make a code of random bytes: eight digits."""
    return f"{int.from_bytes(drawn, 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def spoken(code: str) -> str:
    """Write a code as it is read aloud: in groups of four."""
    return f"{code[:4]} {code[4:]}"


def code_in(text: str) -> str | None:
    """Read a code that somebody typed, in digits of any script; None when it is none."""
    digits = _digits(text)
    return digits if digits is not None and len(digits) == CODE_DIGITS else None


def number_in(text: str) -> tuple[CaseNumber | None, str]:
    """Find the number of a case in what somebody typed, in capitals or not; return what is left beside it."""
    plain = unicodedata.normalize("NFKC", text)
    found = NUMBER.search(plain)
    if found is None:
        return None, plain
    return CaseNumber(found.group().upper()), plain[: found.start()] + plain[found.end() :]


def phone_in(text: str) -> str | None:
    """Read a message that is nothing but a phone number; None when it is anything else."""
    rest = text.strip()
    plus = "+" if rest.startswith(("+", "\uff0b")) else ""
    digits = _digits(rest[len(plus) :])
    return plus + digits if digits is not None and SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE else None


def same_phone(one: str, other: str) -> bool:
    """Say whether two phone numbers are the same, with or without the country's own prefix."""
    return _national(one) == _national(other)


def _national(phone: str) -> str:
    return phone.removeprefix("+").removeprefix("00").removeprefix("86") if phone.startswith(("+86", "0086")) else phone


def _digits(text: str) -> str | None:
    """Return the digits of what is digits and the signs between them, and nothing else."""
    found = []
    for sign in text.strip():
        value = unicodedata.decimal(sign, None)
        if value is not None:
            found.append(str(value))
        elif sign not in BETWEEN_DIGITS:
            return None
    return "".join(found) or None


def may_ask(roles: Collection[Staff], case: Case) -> bool:
    """Say whether someone may be told of a caller who waits to be asked, and ask them."""
    try:
        require_asker(roles, case)
    except NotPermitted:
        return False
    return True


def require_asker(roles: Collection[Staff], case: Case) -> Staff:
    """Return the role in which someone asks a caller: of no unit that has, had or helped with the case.

    Raises:
        NotPermitted: they hold none that permits it, or are of such a unit.
    """
    if is_inside(roles, case):
        raise NotPermitted
    # What is confidential is for those who watch over the units; it is read out to nobody else.
    fit = [staff for staff in roles if not case.is_confidential or staff.role is not Role.OPERATOR]
    return require(fit, Act.ENTER_CALL)


def may_come_back(case: Case, entries: Iterable[Entry]) -> bool:
    """Say whether whoever phoned can stand behind a case again by telephone: so they left it, and it is not over.

    Whoever left in a chat comes back there, as one more voice: no other voice would have their chat.
    """
    left = [entry.actor for entry in entries if entry.fact == VoiceLeft(voice=CALLER)]
    return CALLER in case.left and bool(left) and left[-1] != RESIDENT and may_return(case)


def awaits_call(case: Case, voices: Collection[PersonId]) -> bool:
    """Say whether somebody waits to be asked by telephone: the unit says it is done, and nobody follows it in a chat."""
    return case.state is State.RESOLVED and _is_by_telephone(case, voices) and case.rating_of(CALLER) is None


def awaits_answer(case: Case, voices: Collection[PersonId]) -> bool:
    """Say whether a unit's question is to be put by telephone: its clock stands still, and nobody follows it in a chat."""
    return case.state is State.WAITING and _is_by_telephone(case, voices)


def _is_by_telephone(case: Case, voices: Collection[PersonId]) -> bool:
    """Say whether nobody behind a case can be written to, and whoever phoned has not left it in a chat of theirs."""
    return case.channel is not Channel.BOT and not voices and CALLER not in case.left


def require_asked(case: Case, voices: Collection[PersonId]) -> None:
    """Make sure that somebody waits to be asked by telephone; raises IllegalTransition."""
    if not awaits_call(case, voices):
        raise IllegalTransition


def may_open_number(case: Case, voices: Collection[PersonId], *, is_drawn: bool) -> bool:
    """Say whether there is something to call about: a question, a rating, what comes after it, or a drawn callback."""
    if not _is_by_telephone(case, voices):
        return False
    return case.state in {State.WAITING, State.RESOLVED} or (is_drawn and awaits_callback(case, case.now.number))
