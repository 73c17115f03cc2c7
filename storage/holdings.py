"""What is kept about one person, gathered from tables, ledger and vault. Reading changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, TypeAlias

import msgspec

from bot.ports import Held, Rest, TiedCase
from bot.rules.chain import read
from bot.rules.county import Role
from bot.rules.entry import (
    RESIDENT,
    Added,
    Announced,
    Asked,
    Entry,
    ExtensionGranted,
    IdentityDecided,
    Look,
    Looked,
    Refused,
    Replied,
    Resumed,
)
from bot.rules.identity import CaseNumber, PersonId, UnitId
from bot.rules.message import OwnCase, OwnGiven, OwnLook, OwnRating, OwnWords
from bot.rules.slot import ANSWER, FILED, NAME, PHONE, PLACE, added_by, said_slot
from storage.case_rows import cases_by_number, read_case_files
from storage.engine import Session
from storage.keyring import Keyring, case_owner, read_key
from storage.meetings import raised_by
from storage.rows import moment, read_ledger_row
from storage.words import opened_text, words_at

FILER: Final = 1
"""The voice whose words the case was filed with."""

TO_RESIDENTS: Final = (Asked, Replied, Announced, Refused, ExtensionGranted)
"""What officials enter whose words residents are told."""

Offices: TypeAlias = "Mapping[str, tuple[Role, UnitId | None]]"
"""In which role and unit somebody acted, by staff id; also those who have left."""


async def tied_cases(session: Session, person: PersonId) -> tuple[TiedCase, ...]:
    """Say of each case that is tied to somebody what ties them to it; oldest first."""
    found: list[TiedCase] = []
    cases = await cases_by_number(session, [str(row[0]) for row in await session.rows("cases_tied", {"person": person})])
    for case in sorted(cases, key=lambda case: (case.filed_at, case.number)):
        voices = [
            (int(voice or 0), str(who), bool(has_left))
            for voice, who, has_left in await session.rows("ties_of_case", {"number": case.number})
        ]
        has_others = any(who != person and not has_left for _, who, has_left in voices)
        officer = await session.rows("person_of_staff", {"staff": case.officer}) if case.officer else ()
        in_charge = PersonId(str(officer[0][0])) if officer else None
        found += [TiedCase(case, voice, has_others, in_charge, left) for voice, who, left in voices if who == person]
    return tuple(found)


async def held_about(session: Session, keyring: Keyring, person: PersonId, ties: Sequence[TiedCase]) -> Held:
    """Gather what is kept about somebody."""
    known = await session.rows("person_since", {"person": person})
    by_case = {tied.case.number: [each for each in ties if each.case.number == tied.case.number] for tied in ties}
    cases = tuple([await _own_case(session, keyring, tied) for tied in by_case.values()])
    raised = await raised_by(session, keyring, person)
    return Held(moment(int(known[0][0] or 0)) if known else None, cases, raised)


async def rest_of(session: Session, person: PersonId) -> Rest:
    """Say what still happens with somebody."""
    ((is_back, is_waiting),) = await session.rows("person_rest", {"person": person})
    return Rest(bool(is_back), bool(is_waiting))


async def _own_case(session: Session, keyring: Keyring, ties: Sequence[TiedCase]) -> OwnCase:
    """Gather one case; whoever left it and came back was two of its voices."""
    case, voices = ties[0].case, {tied.voice for tied in ties}
    rows = await session.rows("ledger_of_case", {"number": case.number})
    entries = [read(read_ledger_row(row)) for row in rows]
    offices = await _offices(session, entries)
    opened = await _opened(session, keyring, case.number)
    own = [rating for attempt in case.rounds for rating in attempt.ratings if rating.voice in voices]
    return OwnCase(
        case=case.number,
        filed_at=case.filed_at,
        state=case.state,
        unit=case.unit,
        category=case.category,
        township=case.township,
        words=_words(opened, voices, entries),
        given=await _given(session, opened, case.number, voices),
        ratings=tuple(OwnRating(at=rating.at, solved=rating.solved, score=rating.score) for rating in own),
        looks=tuple(look for entry in entries if (look := _look(entry, voices, offices)) is not None),
        has_left=all(tied.has_left for tied in ties),
    )


async def _opened(session: Session, keyring: Keyring, number: CaseNumber) -> Mapping[str, str]:
    """Open all words of a case, by slot; none once they are erased."""
    key = await read_key(session, keyring.vault, case_owner(number))
    if key is None:
        return {}
    found = {}
    for slot, body in await session.rows("words_of_case", {"number": number}):
        found[str(slot)] = opened_text(key, body, words_at(str(slot)))
    return found


def _words(opened: Mapping[str, str], voices: AbstractSet[int], entries: Sequence[Entry]) -> tuple[OwnWords, ...]:
    """Choose the words that somebody may see: their own, and what the unit answered; never what officials note."""
    by_them = [each for each in entries if _is_said(each) and getattr(each.fact, "voice", FILER) in voices]
    own = {said_slot(text) for entry in by_them for text in _texts(entry)}
    told = {said_slot(text) for entry in entries if isinstance(entry.fact, TO_RESIDENTS) for text in _texts(entry)}
    found: list[OwnWords] = []
    for slot, text in opened.items():
        begin, said = slot.partition("/")[0], "/".join(slot.split("/")[:2])  # a translation lies below what it translates
        is_answer = begin == ANSWER or said in told
        if is_answer or said in own or (begin == FILED and FILER in voices):
            found.append(OwnWords(text=text, is_answer=is_answer))
    return tuple(sorted(found, key=lambda words: words.is_answer))


def _is_said(entry: Entry) -> bool:
    """Say whether an entry holds what somebody behind the case said, in a chat or by telephone to whoever entered it."""
    return entry.actor == RESIDENT or isinstance(entry.fact, Added | Resumed)


async def _given(session: Session, opened: Mapping[str, str], number: CaseNumber, voices: AbstractSet[int]) -> OwnGiven:
    """Gather what somebody gave besides words: only the first voice is asked for a name, a number and a place."""
    is_filer = FILER in voices
    files = read_case_files(await session.rows("files_of_case", {"number": number}))
    under = (*map(added_by, sorted(voices)), *([f"{FILED}/"] if is_filer else []))
    media = tuple(file.media for file in files if file.slot.startswith(under))
    if not is_filer:
        return OwnGiven(files=media)
    return OwnGiven(name=opened.get(NAME), phone=opened.get(PHONE), place=opened.get(PLACE), files=media)


def _texts(entry: Entry) -> tuple[str, ...]:
    """Return the plain texts among an entry's facts; a commitment to words is one of them."""
    return tuple(value for value in msgspec.structs.astuple(entry.fact) if isinstance(value, str))


def _look(entry: Entry, voices: AbstractSet[int], offices: Offices) -> OwnLook | None:
    """Read an entry as somebody's look at what can lead to one of these voices; None when it is none."""
    match entry.fact:
        case Looked(at_what=what):
            by = entry.actor
        case IdentityDecided(voice=shown, asked_by=by, is_granted=True) if shown in voices:
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
