"""Who works here, as rows are read: everybody with their leave and their duty, made anew only when something has changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.rules.county import Role
from bot.rules.identity import Language, PersonId, StaffId, TownshipId, UnitId
from bot.rules.staff import Leave, Shift, Staff
from storage.engine import Row, typed
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
            self._rows, self._members = rows, _on_duty(read_staff(staff), shifts)
        return self._members


class _StaffColumns(NamedTuple):
    """The columns of `staff_all` and `staff_ever`."""

    staff: StaffId
    person: PersonId
    role: Role
    unit: UnitId | None
    township: TownshipId | None
    unreachable_at: int | None
    away_from: int | None
    away_until: int | None
    deputy: StaffId | None
    language: Language | None


def read_staff(rows: Sequence[Row]) -> tuple[Staff, ...]:
    """Read officials."""
    return tuple(map(_staff_of, typed(rows, _StaffColumns)))


def _staff_of(columns: _StaffColumns) -> Staff:
    leave = None
    if columns.away_from is not None and columns.away_until is not None:
        leave = Leave(moment(columns.away_from), moment(columns.away_until), columns.deputy)
    return Staff(
        id=columns.staff,
        person=columns.person,
        role=columns.role,
        unit=columns.unit,
        township=columns.township,
        is_reachable=columns.unreachable_at is None,
        leave=leave,
        language=columns.language,
    )


def _on_duty(staff: tuple[Staff, ...], rows: Sequence[Row]) -> tuple[Staff, ...]:
    shifts: dict[StaffId, list[Shift]] = defaultdict(list)
    for of, begins_at, ends_at in typed(rows, tuple[StaffId, int, int]):
        shifts[of].append(Shift(moment(begins_at), moment(ends_at)))
    return tuple(replace(each, shifts=tuple(shifts[each.id])) if each.id in shifts else each for each in staff)
