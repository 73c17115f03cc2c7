"""Meetings, projects, warnings, proposals, scorecards and the county in force, as the ledger's entries say.

Invariant: of what lies sealed beside them, or was said before there was an entry, nothing is derived.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias, get_args

from bot.rules.card_life import turn_of_card
from bot.rules.chain import text_commitment
from bot.rules.county_file import DIGEST, FILE, digest_of
from bot.rules.entry import (
    AnyFact,
    CardFact,
    CountyChanged,
    Entry,
    MeasureFact,
    MeetingHeld,
    MilestonePictured,
    MilestoneReached,
    PhotosErased,
    SignFact,
)
from bot.rules.measure import Proposal
from bot.rules.measure import evolve as carry_on
from bot.rules.project import holder_of
from bot.rules.warning_life import Sign, evolve
from storage.attached import sealed_size
from storage.derived_table import FoldedRows, Held, HeldRows, Key, named
from storage.engine import Parameters, Row, Session
from storage.measures import proposal_row
from storage.rows import stamp
from storage.sign_rows import sign_row

Facts: TypeAlias = "tuple[type[AnyFact], ...]"


@dataclass(slots=True)
class MeetingTable(HeldRows):
    """Meetings that are over; an open one is in no entry yet."""

    NAME: ClassVar[str] = "meetings"
    QUERY: ClassVar[str] = "derived_meetings"
    FACTS: ClassVar[Facts] = (MeetingHeld,)

    def take(self, seq: int, entry: Entry) -> None:
        """Take the next entry."""
        fact = entry.fact
        if isinstance(fact, MeetingHeld):
            self._rows[fact.meeting,] = Held(seq, (fact.unit, fact.township, stamp(entry.at), fact.people))

    async def mend(self, session: Session, key: Key, columns: tuple[object, ...] | None) -> bool:
        """Put a meeting right; what it was called stands in no entry."""
        if columns is None:
            return bool(await session.run("derived_meeting_drop", [{"id": key[0]}]))
        row = named(("id", "unit", "township", "closed_at", "people"), (*key, *columns))
        return bool(await session.run("derived_meeting_mend", [row]))


@dataclass(slots=True)
class MilestoneTable(HeldRows):
    """What was reached in projects: the words that everybody reads open the commitment of their entry."""

    NAME: ClassVar[str] = "milestones"
    QUERY: ClassVar[str] = "derived_milestones"
    FACTS: ClassVar[Facts] = (MilestoneReached,)
    _places: Counter[str] = field(default_factory=Counter)

    def take(self, seq: int, entry: Entry) -> None:
        """Take the next entry."""
        fact = entry.fact
        if isinstance(fact, MilestoneReached):
            self._places[fact.project] += 1
            self._rows[fact.project, self._places[fact.project]] = Held(seq, (stamp(entry.at), fact.words))

    def stored(self, rows: Sequence[Row]) -> Mapping[Key, tuple[object, ...]]:
        """Commit to the words as they stand."""
        return {row[:2]: (row[2], _committed(row)) for row in rows}

    async def mend(self, session: Session, key: Key, columns: tuple[object, ...] | None) -> bool:
        """Put the moment right; changed words stay changed, as no entry has them."""
        of = named(("project", "place"), key)
        if columns is None:
            return bool(await session.run("derived_milestone_drop", [of]))
        await session.run("derived_milestone_mend", [{**of, **named(("at",), columns[:1])}])
        rows = await session.rows(self.QUERY, {})
        return self.stored(rows).get(key) == columns


@dataclass(slots=True)
class PhotoTable(HeldRows):
    """The photos of milestones, which lie among the files: as many bytes are there, sealed, as their entry says."""

    NAME: ClassVar[str] = "files"
    QUERY: ClassVar[str] = "derived_photos"
    FACTS: ClassVar[Facts] = (MilestonePictured, PhotosErased)
    KEY: ClassVar[int] = 2

    def take(self, seq: int, entry: Entry) -> None:
        """Take the next entry; those of a milestone go together."""
        match entry.fact:
            case MilestonePictured(project=project, place=place, slot=slot) as fact:
                columns = (entry.actor, fact.media, fact.size, fact.content, sealed_size(fact.size))
                self._rows[holder_of(project, place), slot] = Held(seq, columns)
            case PhotosErased(project=project, place=place):
                gone = holder_of(project, place)
                self._rows = {key: held for key, held in self._rows.items() if key[0] != gone}
            case _:
                pass

    async def mend(self, session: Session, key: Key, columns: tuple[object, ...] | None) -> bool:
        """Put right what an entry says; a photo that is lost stays lost, and one without an entry is not thrown away."""
        if columns is None:
            return False
        row = named(("person", "slot", "actor", "type", "size", "content", "sealed"), (*key, *columns))
        await session.run("derived_photo_mend", [row])
        return self.stored(await session.rows(self.QUERY, {})).get(key) == columns


def _committed(row: Row) -> str | None:
    _, _, _, words, salt = row
    return text_commitment(salt, words) if isinstance(salt, bytes) and isinstance(words, str) else None


@dataclass(slots=True)
class SignTable(FoldedRows[Sign]):
    """Warnings and integrity signals, each folded from its entries."""

    NAME: ClassVar[str] = "signs"
    QUERY: ClassVar[str] = "derived_signs"
    FACTS: ClassVar[Facts] = get_args(SignFact)
    KIND: ClassVar[type[Sign]] = Sign
    DROP: ClassVar[str] = "derived_sign_drop"
    INSERT: ClassVar[str] = "sign_insert"

    def about(self, fact: AnyFact) -> str | None:
        """Name the sign."""
        return fact.sign if isinstance(fact, SignFact) else None

    def folded(self, before: Sign | None, entry: Entry) -> Sign:
        """Fold an entry into its sign."""
        return evolve(before, entry)

    def row(self, thing: Sign) -> Parameters:
        """Write a sign's row."""
        return sign_row(thing)


@dataclass(slots=True)
class ProposalTable(FoldedRows[Proposal]):
    """What was proposed on field visits and the measures that became of it, each folded from its entries."""

    NAME: ClassVar[str] = "proposals"
    QUERY: ClassVar[str] = "derived_proposals"
    FACTS: ClassVar[Facts] = get_args(MeasureFact)
    KIND: ClassVar[type[Proposal]] = Proposal
    DROP: ClassVar[str] = "derived_proposal_drop"
    INSERT: ClassVar[str] = "proposal_insert"

    def about(self, fact: AnyFact) -> str | None:
        """Name the proposal."""
        return fact.proposal if isinstance(fact, MeasureFact) else None

    def folded(self, before: Proposal | None, entry: Entry) -> Proposal:
        """Fold an entry into its proposal."""
        return carry_on(before, entry)

    def row(self, thing: Proposal) -> Parameters:
        """Write a proposal's row."""
        return proposal_row(thing)


@dataclass(slots=True)
class TurnTable(HeldRows):
    """How many entries made each scorecard, which is what the next decision on it has to have seen."""

    NAME: ClassVar[str] = "turns"
    QUERY: ClassVar[str] = "derived_turns"
    FACTS: ClassVar[Facts] = get_args(CardFact)
    _entries: Counter[str] = field(default_factory=Counter)

    def take(self, seq: int, entry: Entry) -> None:
        """Take the next entry."""
        if isinstance(entry.fact, CardFact):
            name = turn_of_card(entry.fact.period, entry.fact.unit)
            self._entries[name] += 1
            self._rows[name,] = Held(seq, (self._entries[name],))

    async def mend(self, session: Session, key: Key, columns: tuple[object, ...] | None) -> bool:
        """Make a turn anew."""
        await session.run("derived_turn_drop", [{"name": key[0]}])
        if columns is not None:
            await session.run("turn_take", [named(("name", "after"), (*key, *columns))])
        return True


@dataclass(slots=True)
class CountyTable:
    """The county in force, once an entry has said which it is: everything that the program decides, it decides by that."""

    NAME: ClassVar[str] = "meta"
    QUERY: ClassVar[str] = "derived_county"
    FACTS: ClassVar[Facts] = (CountyChanged,)
    _last: Held | None = None

    def take(self, seq: int, entry: Entry) -> None:
        """Take the next entry."""
        if isinstance(entry.fact, CountyChanged):
            self._last = Held(seq, (entry.fact.file, entry.fact.file))

    def stored(self, rows: Sequence[Row]) -> Mapping[Key, tuple[object, ...]]:
        """Hash the file as it stands, beside the hash that stands with it."""
        kept = {str(name): str(value) for name, value in rows}
        if not kept:
            return {}
        return {(FILE,): (digest_of(kept[FILE]) if FILE in kept else None, kept.get(DIGEST))}

    def expected(self, rows: Sequence[Row]) -> Mapping[Key, Held]:
        """Say which it must be; the first of a ledger is in no entry, but hash and file must fit."""
        if self._last is not None:
            return {(FILE,): self._last}
        digest = self.stored(rows).get((FILE,), (None, None))[1]
        return {} if digest is None else {(FILE,): Held(0, (digest, digest))}

    async def mend(self, session: Session, key: Key, columns: tuple[object, ...] | None) -> bool:  # noqa: ARG002 (as all tables)
        """Say that the file is in no entry: whoever has it puts it in force again."""
        return False
