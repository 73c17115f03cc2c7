"""Where personal words, files and identities lie encrypted: AES-256-GCM, a data key per owner, master keys above them.

    sealed value = 12-byte random nonce ‖ ciphertext ‖ 16-byte tag

An owner is a person, a case, or the house itself (`transit` for what waits, `lookup` for the keyed hash of chats). The
associated data binds a value to what it is and whose it is. Destroying an owner's key makes all that is sealed under it
unreadable, wherever a copy of it lies.
"""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import KeyLost, KeyVersionMissing
from storage.masters import Masters

if TYPE_CHECKING:  # only annotations name them, and whoever only reads starts without
    from bot.ports import Randomness

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
SEAL_BYTES: Final = NONCE_BYTES + 16
"""By how much a sealed value is longer: its nonce, and AES-GCM's tag."""

RANDOM_PAGE: Final = 1024
TRANSIT: Final = "transit"
LOOKUP: Final = "lookup"


class SystemRandomness:
    """The operating system's randomness, fetched by the page: asking for each of the dozen nonces of an update takes longer.

    No byte is given out twice. A process that is forked off would give out the same ones: none is here.
    """

    def __init__(self) -> None:
        self._page = b""
        self._given = 0
        self._lock = Lock()

    def bytes(self, count: int) -> bytes:
        """Return `count` fresh random bytes."""
        with self._lock:  # a nonce that two threads were given would open what it seals
            begins, ends = self._given, self._given + count
            if ends > len(self._page):
                self._page = os.urandom(max(RANDOM_PAGE, count))
                begins, ends = 0, count
            self._given = ends
            return self._page[begins:ends]


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A data key as it is stored: for whom, under which master key, sealed."""

    owner: str
    master_version: int
    wrapped: bytes


class DataKey:
    """One owner's key, opened; it seals and opens that owner's values."""

    __slots__ = ("_cipher", "_randomness", "_secret", "owner")

    def __init__(self, owner: str, secret: bytes, randomness: Randomness) -> None:
        self.owner = owner
        self._secret = secret
        self._cipher = AESGCM(secret)
        self._randomness = randomness

    def seal(self, value: bytes, about: str) -> bytes:
        """Encrypt a value; `about` names its place and must be the same when it is opened."""
        nonce = self._randomness.bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, value, self._bound(about))

    def open(self, sealed: bytes, about: str) -> bytes:
        """Decrypt a value.

        Raises:
            KeyLost: it was sealed under another key, for another place, or was changed.
        """
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], self._bound(about))
        except (InvalidTag, ValueError) as error:  # ValueError: cut so short that no nonce is left
            raise KeyLost from error

    def hash(self, value: str) -> bytes:
        """Hash a value so that only the holder of this key can look for it: 32 bytes."""
        return hmac.digest(self._secret, value.encode(), sha256)

    def _bound(self, about: str) -> bytes:
        return f"{self.owner}\x00{about}".encode()


class Vault:
    """Makes, wraps and unwraps data keys under the master keys; `version` is the one that new keys are wrapped under."""

    def __init__(self, masters: Masters, randomness: Randomness) -> None:
        self.version = masters.newest
        self._masters = masters
        self._randomness = randomness
        self._ciphers: dict[int, AESGCM] = {}

    def use(self, version: int) -> None:
        """Wrap new keys under a version from now on.

        Raises:
            KeyVersionMissing: the key file does not have it.
        """
        self._cipher(version)
        self.version = version

    def new_key(self, owner: str) -> tuple[DataKey, WrappedKey]:
        """Draw a data key for an owner."""
        secret = self._randomness.bytes(KEY_BYTES)
        return DataKey(owner, secret, self._randomness), self._wrapped(owner, secret)

    def unwrap(self, key: WrappedKey) -> DataKey:
        """Open a stored data key.

        Raises:
            KeyLost: it was not wrapped under this master key.
            KeyVersionMissing: the key file does not have its version.
        """
        return DataKey(key.owner, self._secret(key), self._randomness)

    def rewrap(self, key: WrappedKey) -> WrappedKey:
        """Wrap a stored data key anew, under the version in use; what it seals stays as it is.

        Raises:
            KeyLost, KeyVersionMissing: see `unwrap`.
        """
        return self._wrapped(key.owner, self._secret(key))

    def _wrapped(self, owner: str, secret: bytes) -> WrappedKey:
        nonce = self._randomness.bytes(NONCE_BYTES)
        wrapped = nonce + self._cipher(self.version).encrypt(nonce, secret, owner.encode())
        return WrappedKey(owner, self.version, wrapped)

    def _secret(self, key: WrappedKey) -> bytes:
        cipher = self._cipher(key.master_version)
        try:
            return cipher.decrypt(key.wrapped[:NONCE_BYTES], key.wrapped[NONCE_BYTES:], key.owner.encode())
        except (InvalidTag, ValueError) as error:
            raise KeyLost from error

    def _cipher(self, version: int) -> AESGCM:
        if version not in self._ciphers:
            master = self._masters.of(version)
            if master is None:
                raise KeyVersionMissing(version)
            self._ciphers[version] = AESGCM(master)
        return self._ciphers[version]
