"""Invitations beside the entries that made them: a link that nobody made gives no role, and a spent one none again.

Invariant: which of the links that were made is good still follows from entries as far as somebody came by one. That an
admin refused one, or that it was opened and waits for an admin's word, stands in none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, TypeAlias

from bot.rules.entry import AnyFact, Entry, Invited, InvitedAtFirst, Joined
from bot.rules.staff import INVITATION_LIFE
from storage.derived_table import Held, Key, named
from storage.engine import Row, Session, Value
from storage.rows import stamp

Facts: TypeAlias = "tuple[type[AnyFact], ...]"
Role: TypeAlias = "tuple[Value, Value, Value]"
COLUMNS = ("digest", "role", "unit", "township", "language", "expires_at")


@dataclass(slots=True)
class InvitationTable:
    """Every link that was made: for what, until when, and whether it must be spent."""

    NAME: ClassVar[str] = "invitations"
    QUERY: ClassVar[str] = "derived_invitations"
    FACTS: ClassVar[Facts] = (InvitedAtFirst, Invited, Joined)
    _made: dict[str, Held] = field(default_factory=dict)
    _spent: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    _unnamed: dict[Role, list[tuple[int, int]]] = field(default_factory=dict)

    def take(self, seq: int, entry: Entry) -> None:
        """Take the next entry."""
        match entry.fact:
            case InvitedAtFirst(role=role, unit=unit, township=township):
                good_until = stamp(entry.at + INVITATION_LIFE)
                self._unnamed.setdefault((role.value, unit, township), []).append((seq, good_until))
            case Invited(role=role, unit=unit, township=township, language=language) as fact:
                self._made[fact.link] = Held(seq, (role.value, unit, township, language, stamp(fact.expires_at)))
            case Joined(link=link):
                self._spent[link] = seq, entry.at
            case _:
                pass

    def stored(self, rows: Sequence[Row]) -> Mapping[Key, tuple[object, ...]]:
        """Say of each link for what it is, and whether it is spent; when it was, no entry of an unused one says."""
        return {(digest,): (*columns, used_at is not None) for digest, *columns, used_at in rows}

    def expected(self, rows: Sequence[Row]) -> Mapping[Key, Held]:
        """Say what there must be; of links that their entries do not name, as many as were made, none good for longer."""
        stored = self.stored(rows)
        found: dict[Key, Held] = {}
        for link, (seq, columns) in self._made.items():
            is_used = link in self._spent or stored.get((link,), (True,))[-1]
            found[link,] = Held(max(seq, self._spent.get(link, (0, None))[0]), (*columns, is_used))
        left = Counter({role: len(made) for role, made in self._unnamed.items()})
        for (digest,), columns in stored.items():
            role, unit, township, _, expires_at, is_used = columns
            of: Role = (str(role), unit, township)  # type: ignore[assignment]  # values of columns
            if digest in self._made or not left[of]:
                continue
            left[of] -= 1
            seq, good_until = self._unnamed[of][-1]
            is_good = is_used is True or int(str(expires_at)) < good_until + 1_000_000
            spent = str(digest) not in self._spent or is_used is True
            found[digest,] = Held(seq, columns if is_good and spent else (*columns[:-1], True))
        return found

    async def mend(self, session: Session, key: Key, columns: tuple[object, ...] | None) -> bool:
        """Take away a link that nobody made, or make one what its entry says; one that was lost comes back spent."""
        await session.run("derived_invitation_drop", [{"digest": key[0]}])
        if columns is not None:
            seq_at = self._spent.get(str(key[0]))
            *of, is_used = columns
            used_at = None if not is_used else stamp(seq_at[1]) if seq_at else 0
            await session.run("derived_invitation_put", [{**named(COLUMNS, (*key, *of)), "used_at": used_at}])
        return True
