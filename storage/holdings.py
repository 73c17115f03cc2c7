"""What is kept about one person, gathered from tables, ledger and vault. Reading changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
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
    FileAdded,
    Filed,
    IdentityDecided,
    Look,
    Looked,
    Refused,
    Replied,
    Resolved,
    Resumed,
    Translated,
    VoiceAdded,
)
from bot.rules.identity import CaseNumber, PersonId, UnitId
from bot.rules.message import OwnCase, OwnGiven, OwnLook, OwnRating, OwnWords, Spoken
from bot.rules.slot import FILED, NAME, PHONE, PLACE, added_by, answer_slot, said_slot, translated_slot
from storage.case_rows import cases_found, read_case_files
from storage.engine import Session, typed
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
    cases = await cases_found(session, "cases_tied", {"person": person})
    for case in sorted(cases, key=lambda case: (case.filed_at, case.number)):
        ties = typed(await session.rows("ties_of_case", {"number": case.number}), tuple[int, PersonId, int])
        voices = [(voice, who, bool(has_left)) for voice, who, has_left in ties]
        has_others = any(who != person and not has_left for _, who, has_left in voices)
        officer = await session.rows("person_of_staff", {"staff": case.officer}) if case.officer else ()
        in_charge = next((who for (who,) in typed(officer, tuple[PersonId])), None)
        found += [TiedCase(case, voice, has_others, in_charge, left) for voice, who, left in voices if who == person]
    return tuple(found)


async def held_about(session: Session, keyring: Keyring, person: PersonId, ties: Sequence[TiedCase]) -> Held:
    """Gather what is kept about somebody."""
    known = typed(await session.rows("person_since", {"person": person}), tuple[int])
    by_case = {tied.case.number: [each for each in ties if each.case.number == tied.case.number] for tied in ties}
    cases = tuple([await _own_case(session, keyring, tied) for tied in by_case.values()])
    raised = await raised_by(session, keyring, person)
    return Held(moment(known[0][0]) if known else None, cases, raised)


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
    words = typed(await session.rows("words_of_case", {"number": number}), tuple[str, bytes])
    return {slot: opened_text(key, body, words_at(slot)) for slot, body in words}


def _words(opened: Mapping[str, str], voices: AbstractSet[int], entries: Sequence[Entry]) -> tuple[OwnWords, ...]:
    """Choose the words that somebody may see, in the order in which they were said: theirs and what they were told.

    Never what officials note, what another voice said, or what was said before they stood behind the case.
    """
    targets: dict[str, list[str]] = defaultdict(list)
    for fact in (entry.fact for entry in entries if isinstance(entry.fact, Translated)):
        targets[fact.slot].append(translated_slot(fact.slot, fact.language))
    found: list[OwnWords] = []
    for slot, (at, spoken) in _sayings(voices, entries).items():
        told = [(slot, spoken), *((each, Spoken.TRANSLATED) for each in dict.fromkeys(targets[slot]))]
        found += [OwnWords(text=opened[each], at=at, spoken=how) for each, how in told if each in opened]
    return tuple(found)


def _sayings(voices: AbstractSet[int], entries: Sequence[Entry]) -> Mapping[str, tuple[datetime, Spoken]]:
    """Say of each slot that somebody may read when it was filled, and what it is, in the order of the entries."""
    found: dict[str, tuple[datetime, Spoken]] = {}
    is_in, joined, attempt = FILER in voices, 1, 1
    for entry in entries:
        fact = entry.fact
        attempt = getattr(fact, "round", attempt)
        match fact:
            case VoiceAdded(voice=joined):
                is_in = is_in or joined in voices
            case Filed() if FILER in voices:
                found[FILED] = entry.at, Spoken.WROTE
            case Resolved() if is_in:
                found[answer_slot(attempt)] = entry.at, Spoken.RESOLVED
            case FileAdded(slot=slot) if slot.startswith(_under(voices)):
                found[slot] = entry.at, Spoken.WROTE
            case _:
                spoken = _spoken(entry, voices, is_in=is_in, is_alone=joined == FILER)
                found |= {} if spoken is None else {said_slot(text): (entry.at, spoken) for text in _texts(entry)}
    return found


def _spoken(entry: Entry, voices: AbstractSet[int], *, is_in: bool, is_alone: bool) -> Spoken | None:
    """Say what the words of an entry are; None where they are not for this reader.

    Which voice answered a unit's question no entry says: where others stood behind the case, its words are nobody's.
    """
    fact = entry.fact
    if isinstance(fact, TO_RESIDENTS):
        return (Spoken.ASKED if isinstance(fact, Asked) else Spoken.TOLD) if is_in else None
    if entry.actor != RESIDENT and not isinstance(fact, Added | Resumed):
        return None
    is_theirs = is_alone and FILER in voices if isinstance(fact, Resumed) else getattr(fact, "voice", FILER) in voices
    return Spoken.WROTE if is_theirs else None


def _under(voices: AbstractSet[int]) -> tuple[str, ...]:
    """Return how the slots of somebody's own files begin."""
    return (*map(added_by, sorted(voices)), *([f"{FILED}/"] if FILER in voices else []))


async def _given(session: Session, opened: Mapping[str, str], number: CaseNumber, voices: AbstractSet[int]) -> OwnGiven:
    """Gather what somebody gave besides words: only the first voice is asked for a name, a number and a place."""
    is_filer = FILER in voices
    files = read_case_files(await session.rows("files_of_case", {"number": number}))
    media = tuple(file.media for file in files if file.slot.startswith(_under(voices)))
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
    return {staff: (role, unit) for staff, role, unit in typed(rows, tuple[str, Role, UnitId | None])}
