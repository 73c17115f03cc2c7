"""The data keys in use: the house's own two, and a bounded memory of people's.

A key that is not remembered is read again; forgetting one changes nothing but time.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from bot.errors import KeyLost
from bot.rules.identity import CaseNumber, PersonId
from storage.engine import Engine, Session, typed
from storage.insist import insist
from storage.vault import LOOKUP, TRANSIT, DataKey, Vault, WrappedKey

REMEMBERED: Final = 4096
"""How many people's keys are kept open; one is about 1 KB."""


MASTER_VERSION: Final = "master_version"
"""Under which name the database says which version of the master key new keys are wrapped under."""


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

    def forget(self, person: PersonId) -> None:
        """Forget a person's key."""
        self._people.pop(person, None)

    def of_row(self, person: PersonId, master_version: int, wrapped: bytes) -> DataKey:
        """Return a person's key out of a row that carries it."""
        key = self._people.get(person)
        if key is None:
            key = self.vault.unwrap(WrappedKey(person_owner(person), master_version, wrapped))
            self.remember(person, key)
        return key

    def of_case_row(self, number: CaseNumber, master_version: int, wrapped: bytes) -> DataKey:
        """Return a case's key out of a row that carries it; it is not remembered."""
        return self.vault.unwrap(WrappedKey(case_owner(number), master_version, wrapped))

    async def refresh(self, session: Session) -> None:
        """Wrap new keys under the version that the database asks for, as it may be another since a rotation began.

        Raises:
            KeyVersionMissing: the key file does not have it.
        """
        self.vault.use(await version_in_use(session) or self.vault.version)

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
    rows = typed(await session.rows("key_get", {"owner": owner}), tuple[int, bytes])
    return vault.unwrap(WrappedKey(owner, *rows[0])) if rows else None


async def version_in_use(session: Session) -> int | None:
    """Return the version of the master key that new keys must be wrapped under; None when nothing is sealed yet.

    Before the first rotation no version is named, and it is that of the keys which are there: a key file may have more.
    """
    named = typed(await session.rows("meta_get", {"name": MASTER_VERSION}), tuple[str])
    if named:
        return int(named[0][0])
    rows = typed(await session.rows("key_get", {"owner": TRANSIT}), tuple[int, bytes])
    return rows[0][0] if rows else None


async def is_sealed(session: Session) -> bool:
    """Say whether the database holds anything that some master key has sealed."""
    return bool(await session.rows("key_get", {"owner": TRANSIT}))


async def open_keyring(session: Session, vault: Vault) -> Keyring:
    """Open the house's own keys, drawing them on the first run.

    A rotation wraps one of them anew first and the other last, so this tries every master key that is in use.

    Raises:
        KeyLost, KeyVersionMissing: the master keys at hand are not those that this database was sealed under.
    """
    vault.use(await version_in_use(session) or vault.version)
    own: dict[str, DataKey] = {}
    for owner in (TRANSIT, LOOKUP):
        key = await read_key(session, vault, owner)
        if key is None:
            key, wrapped_key = vault.new_key(owner)
            await session.run("key_put", [key_parameters(wrapped_key)])
        own[owner] = key
    return Keyring(vault, own[TRANSIT], own[LOOKUP])


async def make_keyring(engine: Engine, vault: Vault) -> Keyring:
    """Open them in a transaction of their own: of programs that begin with an empty database at once, one draws the keys.

    Raises:
        KeyLost, KeyVersionMissing: see `open_keyring`.
    """

    async def made() -> Keyring:
        async with engine.writing() as session:
            return await open_keyring(session, vault)

    return await insist(made)


def key_parameters(key: WrappedKey) -> dict[str, str | int | bytes | float | None]:
    """Write a wrapped key."""
    return {"owner": key.owner, "master_version": key.master_version, "wrapped": key.wrapped}
