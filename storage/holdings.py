"""What is kept about one person, gathered from tables, ledger and vault. Reading changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

import msgspec

from bot.ports import Held, Rest, TiedCase
from bot.rules.case import Case
from bot.rules.chain import read
from bot.rules.county import Role
from bot.rules.entry import (
    RESIDENT,
    Announced,
    Asked,
    Entry,
    ExtensionGranted,
    IdentityDecided,
    Look,
    Looked,
    Refused,
    Replied,
)
from bot.rules.identity import PersonId, UnitId
from bot.rules.message import OwnCase, OwnLook, OwnRating, OwnWords
from storage.engine import Session
from storage.keyring import Keyring, case_owner, read_key
from storage.rows import moment, read_ledger_row

FILER: Final = 1
OWN: Final = "filed"
ANSWERS: Final = "answer"
SAID: Final = "said"
"""How the slots of a case's words begin: what was filed, what the unit did, and what else was said, by its commitment."""

TO_RESIDENTS: Final = (Asked, Replied, Announced, Refused, ExtensionGranted)
"""What officials enter whose words residents are told."""

Offices: TypeAlias = "Mapping[str, tuple[Role, UnitId | None]]"
"""In which role and unit somebody acted, by staff id; also those who have left."""


async def tied_cases(session: Session, person: PersonId, cases: Sequence[Case]) -> tuple[TiedCase, ...]:
    """Say of each case what ties somebody to it; oldest first."""
    found = []
    for case in sorted(cases, key=lambda case: (case.filed_at, case.number)):
        voices = [
            (int(voice or 0), str(who)) for voice, who in await session.rows("voices_of_case", {"number": case.number})
        ]
        officer = await session.rows("person_of_staff", {"staff": case.officer}) if case.officer else ()
        in_charge = PersonId(str(officer[0][0])) if officer else None
        found += [TiedCase(case, voice, len(voices) > 1, in_charge) for voice, who in voices if who == person]
    return tuple(found)


async def held_about(session: Session, keyring: Keyring, person: PersonId, ties: Sequence[TiedCase]) -> Held:
    """Gather what is kept about somebody."""
    known = await session.rows("person_since", {"person": person})
    cases = tuple([await _own_case(session, keyring, tied) for tied in ties])
    return Held(moment(int(known[0][0] or 0)) if known else None, cases)


async def rest_of(session: Session, person: PersonId) -> Rest:
    """Say what still happens with somebody."""
    ((is_back, is_waiting),) = await session.rows("person_rest", {"person": person})
    return Rest(bool(is_back), bool(is_waiting))


async def _own_case(session: Session, keyring: Keyring, tied: TiedCase) -> OwnCase:
    case = tied.case
    rows = await session.rows("ledger_of_case", {"number": case.number})
    entries = [read(read_ledger_row(row)) for row in rows]
    offices = await _offices(session, entries)
    own = [rating for attempt in case.rounds for rating in attempt.ratings if rating.voice == tied.voice]
    return OwnCase(
        case=case.number,
        filed_at=case.filed_at,
        state=case.state,
        unit=case.unit,
        category=case.category,
        township=case.township,
        words=await _words(session, keyring, tied, entries),
        ratings=tuple(OwnRating(at=rating.at, solved=rating.solved, score=rating.score) for rating in own),
        looks=tuple(look for entry in entries if (look := _look(entry, tied.voice, offices)) is not None),
    )


async def _words(session: Session, keyring: Keyring, tied: TiedCase, entries: Sequence[Entry]) -> tuple[OwnWords, ...]:
    """Open the words that somebody may see: the filer's own, and what the unit answered; never what officials note."""
    by_them = [each for each in entries if each.actor == RESIDENT and getattr(each.fact, "voice", FILER) == tied.voice]
    own = {f"{SAID}/{text}" for entry in by_them for text in _texts(entry)}
    told = {f"{SAID}/{text}" for entry in entries if isinstance(entry.fact, TO_RESIDENTS) for text in _texts(entry)}
    number = tied.case.number
    key = await read_key(session, keyring.vault, case_owner(number))
    found: list[OwnWords] = []
    if key is None:
        return ()
    for name, body in await session.rows("words_of_case", {"number": number}):
        slot = str(name)
        begin = slot.partition("/")[0]
        is_answer = begin == ANSWERS or slot in told
        if is_answer or slot in own or (begin == OWN and tied.voice == FILER):
            opened = key.open(bytes(body), f"words/{slot}")  # type: ignore[arg-type]  # a BLOB column
            text = msgspec.json.decode(opened, type=dict[str, str])["text"]
            found.append(OwnWords(text=text, is_answer=is_answer))
    return tuple(sorted(found, key=lambda words: words.is_answer))


def _texts(entry: Entry) -> tuple[str, ...]:
    """Return the plain texts among an entry's facts; a commitment to words is one of them."""
    return tuple(value for value in msgspec.structs.astuple(entry.fact) if isinstance(value, str))


def _look(entry: Entry, voice: int, offices: Offices) -> OwnLook | None:
    """Read an entry as somebody's look at what can lead to this voice; None when it is none."""
    match entry.fact:
        case Looked(at_what=what):
            by = entry.actor
        case IdentityDecided(voice=shown, asked_by=by, is_granted=True) if shown == voice:
            what = Look.IDENTITY
        case _:
            return None
    role, unit = offices.get(by, (None, None))
    return OwnLook(at=entry.at, role=role, unit=unit, what=what)


async def _offices(session: Session, entries: Sequence[Entry]) -> Offices:
    who = {entry.actor for entry in entries}
    who |= {entry.fact.asked_by for entry in entries if isinstance(entry.fact, IdentityDecided)}
    rows = await session.rows("offices_of", {"staff": msgspec.json.encode(sorted(who)).decode()})
    return {str(staff): (Role(str(role)), UnitId(str(unit)) if unit else None) for staff, role, unit in rows}
