"""The data keys in use: the house's own two, and a bounded memory of people's.

A key that is not remembered is read again; forgetting one changes nothing but time.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from bot.errors import KeyLost
from bot.rules.identity import CaseNumber, PersonId
from storage.engine import Session
from storage.vault import LOOKUP, TRANSIT, DataKey, Vault, WrappedKey

REMEMBERED: Final = 4096
"""How many people's keys are kept open; one is about 1 KB."""


def person_owner(person: PersonId) -> str:
    """Name a person as the owner of a key."""
    return f"person:{person}"


def case_owner(number: CaseNumber) -> str:
    """Name a case as the owner of a key."""
    return f"case:{number}"


class Keyring:
    """Opens keys as they are needed. Make it with `open_keyring`."""

    def __init__(self, vault: Vault, transit: DataKey, lookup: DataKey) -> None:
        self.vault = vault
        self.transit = transit
        self.lookup = lookup
        self._people: OrderedDict[PersonId, DataKey] = OrderedDict()

    def remember(self, person: PersonId, key: DataKey) -> None:
        """Keep a person's key at hand."""
        self._people[person] = key
        self._people.move_to_end(person)
        if len(self._people) > REMEMBERED:
            self._people.popitem(last=False)

    def of_row(self, person: PersonId, master_version: int, wrapped: bytes) -> DataKey:
        """Return a person's key out of a row that carries it."""
        key = self._people.get(person)
        if key is None:
            key = self.vault.unwrap(WrappedKey(person_owner(person), master_version, wrapped))
            self.remember(person, key)
        return key

    async def of_person(self, session: Session, person: PersonId) -> DataKey:
        """Return a person's key, reading it if need be.

        Raises:
            KeyLost: the person has no key, or no longer.
        """
        key = self._people.get(person)
        return key if key is not None else await self._read_person(session, person)

    async def of_case(self, session: Session, number: CaseNumber) -> DataKey:
        """Read a case's key.

        Raises:
            KeyLost: the case has no key, or no longer.
        """
        key = await read_key(session, self.vault, case_owner(number))
        if key is None:
            raise KeyLost
        return key

    async def _read_person(self, session: Session, person: PersonId) -> DataKey:
        key = await read_key(session, self.vault, person_owner(person))
        if key is None:
            raise KeyLost
        self.remember(person, key)
        return key

    def chat_key(self, chat_id: int) -> bytes:
        """Hash a Telegram chat id so that only this house can look for it."""
        return self.lookup.hash(str(chat_id))


async def read_key(session: Session, vault: Vault, owner: str) -> DataKey | None:
    """Read and open an owner's key; None when there is none."""
    rows = await session.rows("key_get", {"owner": owner})
    if not rows:
        return None
    master_version, wrapped = rows[0]
    return vault.unwrap(WrappedKey(owner, int(master_version or 0), bytes(wrapped)))  # type: ignore[arg-type]  # STRICT columns


async def open_keyring(session: Session, vault: Vault) -> Keyring:
    """Open the house's own keys, drawing them on the first run.

    Raises:
        KeyLost: the master key at hand is not the one this database was sealed under.
    """
    own: dict[str, DataKey] = {}
    for owner in (TRANSIT, LOOKUP):
        key = await read_key(session, vault, owner)
        if key is None:
            key, wrapped = vault.new_key(owner)
            await session.run("key_put", [key_parameters(wrapped)])
        own[owner] = key
    return Keyring(vault, own[TRANSIT], own[LOOKUP])


def key_parameters(key: WrappedKey) -> dict[str, str | int | bytes | float | None]:
    """Write a wrapped key."""
    return {"owner": key.owner, "master_version": key.master_version, "wrapped": key.wrapped}
