"""Whoever phones or comes to a counter: the code by which they later link their case to a chat, and their phone number.

Invariant: a code is good for one case, until it is used or was guessed at too often; it is read aloud and written nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.rules.entry import Channel
from bot.rules.identity import CaseNumber, PersonId

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

ENTERED: Final = (Channel.HOTLINE, Channel.COUNTER)
"""The channels by which an operator enters cases for others."""


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
