"""Who works here, who is on duty and which groups are linked, as the ledger's entries say; who they are only as commitments.

Invariant: nobody holds a role, and no group reads along, without an entry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from bot.errors import LedgerBroken
from bot.rules.chain import SALT_BYTES
from bot.rules.entry import (
    AnyFact,
    Entry,
    GroupLinked,
    GroupsUnlinked,
    Invited,
    InvitedAtFirst,
    Joined,
    JoinedAtFirst,
    LeaveEnded,
    LeaveTaken,
    ShiftDropped,
    ShiftEntered,
    StaffEnded,
)
from storage.derived_table import Held, HeldRows, Key, named
from storage.engine import Row, Session, Value, blob
from storage.roll import holder_commitments
from storage.rows import stamp

Facts: TypeAlias = "tuple[type[AnyFact], ...]"
STAFF_COLUMNS = ("id", "role", "unit", "township", "joined_at", "left_at", "away_from", "away_until", "deputy", "language")


@dataclass(slots=True)
class StaffTable:
    """Roles that were taken, with leave, until they end: by an entry, or as the same person takes the same role anew.

    Attributes:
        unbound: how many hold a role by an entry that does not bind it to them, once the table was compared.
    """

    NAME: ClassVar[str] = "staff"
    QUERY: ClassVar[str] = "derived_staff"
    FACTS: ClassVar[Facts] = (InvitedAtFirst, Invited, JoinedAtFirst, Joined, LeaveTaken, LeaveEnded, StaffEnded)
    unbound: int = 0
    _rows: dict[str, tuple[int, dict[str, Value]]] = field(default_factory=dict)
    _bound: dict[str, Joined] = field(default_factory=dict)
    _links: Counter[tuple[str, str | None, str | None]] = field(default_factory=Counter)
    _spent: set[str] = field(default_factory=set)

    def take(self, seq: int, entry: Entry) -> None:
        """Take the next entry.

        Raises:
            LedgerBroken: somebody came by a link that nobody made, or that somebody else came by.
        """
        match entry.fact:
            case InvitedAtFirst() | Invited() as fact:
                self._links[fact.role, fact.unit, fact.township] += 1
            case JoinedAtFirst() | Joined() as fact:
                self._come(seq, entry, fact)
            case LeaveTaken(staff=staff, begins_at=begins_at, ends_at=ends_at, deputy=deputy):
                self._change(seq, staff, away_from=stamp(begins_at), away_until=stamp(ends_at), deputy=deputy)
            case LeaveEnded(staff=staff):
                self._change(seq, staff, away_from=None, away_until=None, deputy=None)
            case StaffEnded(staff=staff):
                self._change(seq, staff, left_at=stamp(entry.at))
            case _:
                pass

    def _come(self, seq: int, entry: Entry, fact: JoinedAtFirst | Joined) -> None:
        of = fact.role, fact.unit, fact.township
        self._links[of] -= 1
        if self._links[of] < 0:
            raise LedgerBroken(seq, f"{fact.staff} holds a role to which nobody was invited")
        row: dict[str, Value] = dict.fromkeys(STAFF_COLUMNS[1:])
        row.update(role=fact.role.value, unit=fact.unit, township=fact.township, joined_at=stamp(entry.at))
        if isinstance(fact, Joined):
            if fact.link in self._spent:
                raise LedgerBroken(seq, f"{fact.staff} came by a link that somebody else had come by")
            self._spent.add(fact.link)
            self._bound[fact.staff] = fact
        self._rows[fact.staff] = seq, row

    def _change(self, seq: int, staff: str, **columns: Value) -> None:
        """Change what an active official's row says."""
        _, row = self._rows.get(staff, (0, None))
        if row is not None and row["left_at"] is None:
            self._rows[staff] = seq, {**row, **columns}

    @property
    def seqs(self) -> Mapping[str, int]:
        """Name of each role the last entry about it."""
        return {staff: seq for staff, (seq, _) in self._rows.items()}

    def stored(self, rows: Sequence[Row]) -> Mapping[Key, tuple[object, ...]]:
        """Commit to whose a role is with the salt that lies beside it, as the entry does."""
        return {(row[0],): (*row[1 : len(STAFF_COLUMNS)], *_committed(*row[len(STAFF_COLUMNS) : -1])) for row in rows}

    def expected(self, rows: Sequence[Row]) -> Mapping[Key, Held]:
        """End the roles that the same person took anew; leave open what entries of the first version do not say."""
        there = {row[0]: row for row in rows}
        ends: dict[object, Value] = {}
        found: dict[Key, Held] = {}
        self.unbound = 0
        for staff, (seq, row) in reversed(self._rows.items()):
            stored = there.get(staff, (None,) * (len(STAFF_COLUMNS) + 4))
            language, person, salt, chat_key, is_erased = stored[len(STAFF_COLUMNS) - 1 :]
            same = (staff if person is None else (person, language), row["role"], row["unit"])
            left_at = ends.get(same) if row["left_at"] is None else row["left_at"]
            fact = self._bound.get(staff)
            columns = {**row, "left_at": left_at, "language": language if fact is None else fact.language}
            whose = (
                _committed(person, salt, chat_key)
                if fact is None
                else _holder(fact, salt, is_gone=chat_key is None and bool(is_erased))
            )
            self.unbound += fact is None and left_at is None
            found[staff,] = Held(seq, (*columns.values(), *whose))
            ends[same] = row["joined_at"]
        return found

    async def mend(self, session: Session, key: Key, columns: tuple[object, ...] | None) -> bool:
        """Drop a role that nobody was given, or put one right; whose it is stands in no entry but as a commitment."""
        if columns is None:
            return bool(await session.run("derived_staff_drop", [{"id": key[0]}]))
        *of, _, _ = columns
        await session.run("derived_staff_mend", [named(STAFF_COLUMNS, (*key, *of))])
        return self.stored(await session.rows(self.QUERY, {})).get(key) == columns


def _committed(person: Value, salt: Value, chat_key: Value) -> tuple[str | None, str | None]:
    """Say what an entry would hold of a row; of a chat that is gone, or without a salt, nothing."""
    if not isinstance(salt, bytes) or len(salt) != SALT_BYTES:
        return None, None
    holder, chat = holder_commitments(salt, str(person), blob(chat_key) if chat_key is not None else b"")
    return holder, chat if chat_key is not None else None


def _holder(fact: Joined, salt: Value, *, is_gone: bool) -> tuple[str | None, str | None]:
    """Say what a row must open to: as its entry says, but whoever is erased is nobody, and acts no more."""
    return None if is_gone and salt is None else fact.holder, None if is_gone else fact.chat


@dataclass(slots=True)
class ShiftTable(HeldRows):
    """Duty that is not over when the last shift is entered."""

    NAME: ClassVar[str] = "shifts"
    QUERY: ClassVar[str] = "shift_all"
    FACTS: ClassVar[Facts] = (ShiftEntered, ShiftDropped)
    KEY: ClassVar[int] = 2

    def take(self, seq: int, entry: Entry) -> None:
        """Take the next entry; as a commit does, leave out what is over."""
        match entry.fact:
            case ShiftEntered(staff=staff, begins_at=begins_at, ends_at=ends_at):
                at = stamp(entry.at)
                self._rows = {key: held for key, held in self._rows.items() if held.columns >= (at,)}
                self._rows.setdefault((staff, stamp(begins_at)), Held(seq, (stamp(ends_at),)))
            case ShiftDropped(staff=staff, begins_at=begins_at):
                self._rows.pop((staff, stamp(begins_at)), None)
            case _:
                pass

    async def mend(self, session: Session, key: Key, columns: tuple[object, ...] | None) -> bool:
        """Make a shift what its entry says."""
        of = named(("staff", "begins_at"), key)
        await session.run("shift_drop", [of])
        if columns is not None:
            await session.run("shift_put", [{**of, **named(("ends_at",), columns)}])
        return True


@dataclass(slots=True)
class GroupTable:
    """Linked groups, each by an entry; one may be gone, as a group that is linked anew leaves the unit that it was in."""

    NAME: ClassVar[str] = "unit_groups"
    QUERY: ClassVar[str] = "derived_groups"
    FACTS: ClassVar[Facts] = (GroupLinked, GroupsUnlinked)
    _rows: dict[str, list[tuple[int, Key]]] = field(default_factory=dict)

    def take(self, seq: int, entry: Entry) -> None:
        """Take the next entry."""
        match entry.fact:
            case GroupLinked(unit=unit):
                self._rows.setdefault(unit, []).append((seq, (unit, entry.actor, stamp(entry.at))))
            case GroupsUnlinked(unit=unit):
                self._rows.pop(unit, None)
            case _:
                pass

    def stored(self, rows: Sequence[Row]) -> Mapping[Key, tuple[object, ...]]:
        """Tell apart those that one lead linked to one unit at one moment."""
        return dict.fromkeys(_numbered(row[:3] for row in rows), ())

    def expected(self, rows: Sequence[Row]) -> Mapping[Key, Held]:
        """Say which of those that are there may be."""
        there = self.stored(rows)
        entered = [each for of_unit in self._rows.values() for each in of_unit]
        keys = _numbered(key for _, key in entered)
        return {key: Held(seq, ()) for key, (seq, _) in zip(keys, entered, strict=True) if key in there}

    async def mend(self, session: Session, key: Key, columns: tuple[object, ...] | None) -> bool:
        """Unlink a group that nobody linked."""
        if columns is not None:
            raise AssertionError("a group that is not there is not missed")
        return bool(await session.run("derived_group_drop", [named(("unit", "staff", "linked_at", "place"), key)]))


def _numbered(keys: Iterable[Key]) -> list[Key]:
    seen: Counter[Key] = Counter()
    found: list[Key] = []
    for key in keys:
        found.append((*key, seen[key]))
        seen[key] += 1
    return found
