"""Who works here, who is on duty and which groups are linked, as the ledger's entries say; not who they are.

Invariant: nobody holds a role, and no group reads along, without an entry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from bot.errors import LedgerBroken
from bot.rules.entry import (
    AnyFact,
    Entry,
    GroupLinked,
    GroupsUnlinked,
    Invited,
    Joined,
    LeaveEnded,
    LeaveTaken,
    ShiftDropped,
    ShiftEntered,
    StaffEnded,
)
from storage.derived_table import Held, HeldRows, Key, named
from storage.engine import Row, Session, Value
from storage.rows import stamp

Facts: TypeAlias = "tuple[type[AnyFact], ...]"
STAFF_COLUMNS = ("id", "role", "unit", "township", "joined_at", "left_at", "away_from", "away_until", "deputy")


@dataclass(slots=True)
class StaffTable:
    """Roles that were taken, with leave, until they end: by an entry, or as the same person takes the same role anew."""

    NAME: ClassVar[str] = "staff"
    QUERY: ClassVar[str] = "derived_staff"
    FACTS: ClassVar[Facts] = (Invited, Joined, LeaveTaken, LeaveEnded, StaffEnded)
    _rows: dict[str, tuple[int, dict[str, Value]]] = field(default_factory=dict)
    _links: Counter[tuple[str, str | None, str | None]] = field(default_factory=Counter)

    def take(self, seq: int, entry: Entry) -> None:
        """Take the next entry.

        Raises:
            LedgerBroken: somebody came by a link that nobody made, or that somebody else came by.
        """
        match entry.fact:
            case Invited(role=role, unit=unit, township=township):
                self._links[role, unit, township] += 1
            case Joined(staff=staff, role=role, unit=unit, township=township):
                self._links[role, unit, township] -= 1
                if self._links[role, unit, township] < 0:
                    raise LedgerBroken(seq, f"{staff} holds a role to which nobody was invited")
                row: dict[str, Value] = dict.fromkeys(STAFF_COLUMNS[1:])
                row.update(role=role.value, unit=unit, township=township, joined_at=stamp(entry.at))
                self._rows[staff] = seq, row
            case LeaveTaken(staff=staff, begins_at=begins_at, ends_at=ends_at, deputy=deputy):
                self._change(seq, staff, away_from=stamp(begins_at), away_until=stamp(ends_at), deputy=deputy)
            case LeaveEnded(staff=staff):
                self._change(seq, staff, away_from=None, away_until=None, deputy=None)
            case StaffEnded(staff=staff):
                self._change(seq, staff, left_at=stamp(entry.at))
            case _:
                pass

    def _change(self, seq: int, staff: str, **columns: Value) -> None:
        """Change what an active official's row says."""
        _, row = self._rows.get(staff, (0, None))
        if row is not None and row["left_at"] is None:
            self._rows[staff] = seq, {**row, **columns}

    def stored(self, rows: Sequence[Row]) -> Mapping[Key, tuple[object, ...]]:
        """Leave out who somebody is and what they translate, which no entry says."""
        return {(row[0],): row[1 : len(STAFF_COLUMNS)] for row in rows}

    def expected(self, rows: Sequence[Row]) -> Mapping[Key, Held]:
        """End the roles that the same person took anew."""
        whose = {row[0]: row[len(STAFF_COLUMNS) :] for row in rows}
        ends: dict[object, Value] = {}
        found: dict[Key, Held] = {}
        for staff, (seq, row) in reversed(self._rows.items()):
            same = (whose.get(staff, staff), row["role"], row["unit"])
            left_at = ends.get(same) if row["left_at"] is None else row["left_at"]
            found[staff,] = Held(seq, tuple({**row, "left_at": left_at}.values()))
            ends[same] = row["joined_at"]
        return found

    async def mend(self, session: Session, key: Key, columns: tuple[object, ...] | None) -> bool:
        """Drop a role that nobody was given, or put one right; who held one that is gone stands in no entry."""
        if columns is None:
            return bool(await session.run("derived_staff_drop", [{"id": key[0]}]))
        return bool(await session.run("derived_staff_mend", [named(STAFF_COLUMNS, (*key, *columns))]))


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
