"""Checkpoints: the ledger's size and root, signed, as text that anyone can keep (C2SP tlog-checkpoint, signed-note).

    minsheng.example/chabuchar                        origin
    20852163                                          entries
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=  root of the tree over them (bot/rules/merkle.py), base64

    — minsheng.example/chabuchar Az3grlgtzPICa5OS8…   base64 of four bytes of key hash and 64 of Ed25519 signature

Nothing of a note is believed before a signature of a key that the reader already knew is verified.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519: Final = b"\x01"
"""The signature type of signed-note that is known here; others are of keys that are not known."""

KEY_HASH_BYTES: Final = 4
PUBLIC_KEY_BYTES: Final = 32
ROOT_BYTES: Final = 32
MOST_SIGNATURES: Final = 100
"""As many as Go's implementation accepts; the format asks for 16 at least."""

MOST_BYTES: Final = 1 << 20
LARGEST_SIZE: Final = 2**63 - 1
SIGNATURE_MARK: Final = "— "
SIZE: Final = re.compile("0|[1-9][0-9]{0,18}")
CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint says.

    Attributes:
        origin: which ledger, such as `minsheng.example/chabuchar`.
        size: how many entries.
        root: 32 bytes.
        extensions: further lines, not empty; the format advises against them.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be written."""
        lines = (self.origin, *self.extensions)
        if any(not line or "\n" in line or CONTROL.search(line) for line in lines):
            raise ValueError("a checkpoint's line is empty or has a control character")
        if not 0 <= self.size <= LARGEST_SIZE or len(self.root) != ROOT_BYTES:
            raise ValueError("a checkpoint has a size and a root of 32 bytes")


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A key whose signatures count; its text is what people compare and keep.

    Attributes:
        name: whose key, without spaces and plus signs.
        public: 32 bytes.
    """

    name: str
    public: bytes

    def __post_init__(self) -> None:
        """Refuse a name or a key that the format does not know."""
        if not is_key_name(self.name):
            raise ValueError("a key's name is not empty and has no space and no plus sign")
        if len(self.public) != PUBLIC_KEY_BYTES:
            raise ValueError("an Ed25519 key is 32 bytes")

    @property
    def key_hash(self) -> bytes:
        """Four bytes that say which key a signature is of."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:KEY_HASH_BYTES]


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature line, not yet verified."""

    name: str
    key_hash: bytes
    signature: bytes


def is_key_name(name: str) -> bool:
    """Say whether a name may stand in a signature line."""
    return (
        bool(name)
        and "+" not in name
        and not CONTROL.search(name)
        and not any(letter.isspace() or "\ud800" <= letter <= "\udfff" for letter in name)
    )


def verifier_key(name: str, private: Ed25519PrivateKey) -> VerifierKey:
    """Derive what a reader needs to verify with."""
    return VerifierKey(name, private.public_key().public_bytes_raw())


def write_key(key: VerifierKey) -> str:
    """Write a key as `name+hash+base64`, the verifier key text of signed notes."""
    return f"{key.name}+{key.key_hash.hex()}+{b64encode(ED25519 + key.public).decode()}"


def read_key(text: str) -> VerifierKey:
    """Read `name+hash+base64`.

    Raises:
        ValueError: it is malformed, of another algorithm, or its hash is another key's.
    """
    name, _, rest = text.partition("+")
    hash_hex, _, encoded = rest.partition("+")
    content = _unbase64(encoded)
    if content[:1] != ED25519:
        raise ValueError("this is not the text of an Ed25519 verifier key")
    key = VerifierKey(name, content[1:])
    if key.key_hash.hex() != hash_hex:
        raise ValueError("the hash in the verifier key's text is another key's")
    return key


def write_text(checkpoint: Checkpoint) -> str:
    """Write the lines that are signed."""
    lines = (checkpoint.origin, str(checkpoint.size), b64encode(checkpoint.root).decode(), *checkpoint.extensions)
    return "".join(f"{line}\n" for line in lines)


def shown(checkpoint: Checkpoint) -> str:
    """Write in one word what people compare: the number of entries and the root, as the signed text has them."""
    return f"{checkpoint.size}:{b64encode(checkpoint.root).decode()}"


def read_text(text: str) -> Checkpoint:
    """Read the lines that are signed.

    Raises:
        ValueError: they are not a checkpoint's.
    """
    *lines, last = text.split("\n")
    if last or len(lines) < len(("origin", "size", "root")):
        raise ValueError("a checkpoint has three lines or more, each ending in a line feed")
    origin, size, encoded, *extensions = lines
    if not SIZE.fullmatch(size):
        raise ValueError("a checkpoint's size is a decimal number without leading zeros")
    return Checkpoint(origin, int(size), _unbase64(encoded), tuple(extensions))


def sign_note(text: str, name: str, private: Ed25519PrivateKey) -> str:
    """Sign a text that ends in a line feed.

    Raises:
        ValueError: the text or the name cannot stand in a signed note.
    """
    if not text.endswith("\n") or CONTROL.search(text):
        raise ValueError("a note's text ends in a line feed and has no other control character")
    key = verifier_key(name, private)
    signed = b64encode(key.key_hash + private.sign(text.encode())).decode()
    return f"{text}\n{SIGNATURE_MARK}{name} {signed}\n"


def sign(checkpoint: Checkpoint, private: Ed25519PrivateKey) -> str:
    """Sign a checkpoint under its origin's name."""
    return sign_note(write_text(checkpoint), checkpoint.origin, private)


def read_note(note: bytes) -> tuple[str, tuple[Signature, ...]]:
    """Take a signed note apart into its text and its signatures, none of them verified.

    Raises:
        ValueError: it is not a signed note.
    """
    if len(note) > MOST_BYTES:
        raise ValueError("a signed note is not that long")
    content = note.decode()
    if CONTROL.search(content):
        raise ValueError("a signed note has no control character")
    text, gap, tail = content.rpartition("\n\n")
    *lines, last = tail.split("\n")
    if not gap or not text or last or not 0 < len(lines) <= MOST_SIGNATURES:
        raise ValueError("a signed note is a text, an empty line, and signature lines")
    return text + "\n", tuple(_signature(line) for line in lines)


def _signature(line: str) -> Signature:
    name, gap, encoded = line.removeprefix(SIGNATURE_MARK).partition(" ")
    content = _unbase64(encoded)
    if not line.startswith(SIGNATURE_MARK) or not gap or not is_key_name(name) or len(content) <= KEY_HASH_BYTES:
        raise ValueError("a signature line is a dash, a name and base64")
    return Signature(name, content[:KEY_HASH_BYTES], content[KEY_HASH_BYTES:])


def open_note(note: bytes, keys: Collection[VerifierKey]) -> str:
    """Verify a signed note and return its text.

    Signatures of other keys are passed over; one that claims to be of a known key and is not condemns the whole note.

    Raises:
        ValueError: it is not a signed note, or no known key signed it, or a known key did not sign what it should have.
    """
    text, signatures = read_note(note)
    known = {(key.name, key.key_hash): key for key in keys}
    if len(known) != len(set(keys)):
        raise ValueError("two known keys have the same name and hash")
    is_signed = False
    for signature in signatures:
        key = known.get((signature.name, signature.key_hash))
        if key is None:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature.signature, text.encode())
        except InvalidSignature as error:
            raise ValueError("a signature is not of the key that it names") from error
        is_signed = True
    if not is_signed:
        raise ValueError("no known key signed this")
    return text


def open_checkpoint(note: bytes, origin: str, keys: Collection[VerifierKey]) -> Checkpoint:
    """Verify a signed checkpoint of the ledger that is meant.

    Raises:
        ValueError: as `open_note` and `read_text`, or it is another ledger's.
    """
    checkpoint = read_text(open_note(note, keys))
    if checkpoint.origin != origin:
        raise ValueError("this is another ledger's checkpoint")
    return checkpoint


def _unbase64(encoded: str) -> bytes:
    """Read standard base64 written in the one canonical way."""
    try:
        content = b64decode(encoded, validate=True)
    except NotBase64 as error:
        raise ValueError("this is not base64") from error
    if b64encode(content).decode() != encoded:
        raise ValueError("this base64 is not written canonically")
    return content
