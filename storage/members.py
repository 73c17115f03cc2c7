"""Who works here, as rows are read: everybody with their leave and their duty, made anew only when something has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bot.rules.county import Role
from bot.rules.identity import Language, PersonId, StaffId, TownshipId, UnitId
from bot.rules.staff import Leave, Shift, Staff
from storage.engine import Row
from storage.rows import moment


class Members:
    """The active officials: hundreds of values that every update asks for, and that hardly ever change."""

    def __init__(self) -> None:
        self._rows: tuple[Sequence[Row], Sequence[Row]] = ((), ())
        self._members: tuple[Staff, ...] = ()

    def of(self, staff: Sequence[Row], shifts: Sequence[Row]) -> tuple[Staff, ...]:
        """Return everybody who holds a role now, as these rows say."""
        rows = (staff, shifts)
        if rows != self._rows:
            self._rows, self._members = rows, _on_duty(tuple(map(staff_of, rows[0])), rows[1])
        return self._members


def staff_of(row: Row) -> Staff:
    """Read one official."""
    staff, person, role, unit, township, unreachable_at, away_from, away_until, deputy, language = row
    leave = None
    if away_from is not None and away_until is not None:
        leave = Leave(moment(int(away_from)), moment(int(away_until)), StaffId(str(deputy)) if deputy else None)
    return Staff(
        id=StaffId(str(staff)),
        person=PersonId(str(person)),
        role=Role(str(role)),
        unit=UnitId(str(unit)) if unit else None,
        township=TownshipId(str(township)) if township else None,
        is_reachable=unreachable_at is None,
        leave=leave,
        language=Language(str(language)) if language else None,
    )


def _on_duty(staff: tuple[Staff, ...], rows: Sequence[Row]) -> tuple[Staff, ...]:
    shifts: dict[str, list[Shift]] = defaultdict(list)
    for of, begins_at, ends_at in rows:
        shifts[str(of)].append(Shift(moment(int(begins_at or 0)), moment(int(ends_at or 0))))
    return tuple(replace(each, shifts=tuple(shifts[each.id])) if each.id in shifts else each for each in staff)
