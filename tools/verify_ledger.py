#!/usr/bin/env python3
"""Verify a ledger with nothing of the program that wrote it: docs/ledger.md is all that this file knows.

    python3 verify_ledger.py EXPORT [--checkpoint FILE]... [--receipt HEX|FILE]... [--draw] [--key KEY]
    python3 verify_ledger.py --proof FILE [--receipt HEX|FILE] [--checkpoint FILE]... [--key KEY]
    python3 verify_ledger.py --checkpoint OLD --extension FILE [--key KEY]

It needs Python 3.10 and, only to check signatures (--key), the package `cryptography`. It reads the export line by line, in
constant memory but for --draw, and sends nothing anywhere. Exit code 0: everything that was asked for holds; 1: something
does not; 2: it could not be done (wrong use, a file that cannot be read). Whatever is not said to hold was not checked.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

Scalar = str | int | bool | None

HOLDS, BROKEN, NOT_DONE = 0, 1, 2
COLUMNS = frozenset({"actor", "at", "case", "entry", "version"})
PARTS = frozenset({"seq", "facts", "salts", "withheld", "entry_hash", "chain_hash"})
LARGEST = 2**53 - 1
LONGEST_LINE = 1 << 20
CANONICAL = json.JSONEncoder(ensure_ascii=False)
NAME = re.compile("[a-z][a-z0-9_]*")
SALT = re.compile("[0-9a-f]{32}")
HASH = re.compile("[0-9a-f]{64}")
RECEIPT = re.compile("[0-9a-f]{16,64}")
PROOF = "c2sp.org/tlog-proof@v1\n"
SIZE = re.compile("0|[1-9][0-9]{0,18}")
CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
NOT_EXCLUDED = (
    "not excluded without a checkpoint from outside: that whoever holds the ledger rewrote all of it, "
    "or cut its end, before exporting"
)


class Broken(Exception):
    """Something does not hold; the text says what."""


class NotDone(Exception):
    """Something could not be checked at all; the text says why."""


def sha256(content: bytes) -> bytes:
    """Hash."""
    return hashlib.sha256(content).digest()


# ── Entries ──────────────────────────────────────────────────────────────────


def commitment(salt: bytes, name: str, value: Scalar) -> bytes:
    """SHA-256(salt, length of the name, name, length of the value, value as canonical JSON)."""
    content = CANONICAL.encode(value).encode()
    return sha256(salt + labelled(name) + len(content).to_bytes(4, "big") + content)


@lru_cache  # there are few names, and each stands in thousands of lines
def labelled(name: str) -> bytes:
    """Write the length of a field's name, and the name."""
    if not NAME.fullmatch(name):
        raise Broken(f"{name!r} is no name of a field")
    return len(name).to_bytes(4, "big") + name.encode()


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise Broken("a name stands there twice")
    return members


def _members(parts: dict[str, object], name: str) -> dict[str, object]:
    members = parts[name]
    if not isinstance(members, dict):
        raise Broken(f"{name} is not an object of named fields")
    for member in members:
        labelled(member)
    return members


def _hexed(value: object, shape: re.Pattern[str], what: str) -> bytes:
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise Broken(f"{what} is not written in lower-case hexadecimal digits of the right number")
    return bytes.fromhex(value)


def _checked(name: str, value: object) -> Scalar:
    """Let only pass what the ledger may hold, each column with its type."""
    if value is not None and not isinstance(value, (str, int)):
        raise Broken(f"{name} is not text, an integer, true, false or null")
    is_integer = isinstance(value, int) and not isinstance(value, bool)
    if isinstance(value, int) and not -LARGEST <= value <= LARGEST:
        raise Broken(f"{name} is too large an integer")
    if name in COLUMNS and not (
        is_integer if name == "version" else isinstance(value, str) or (name == "case" and value is None)
    ):
        raise Broken(f"{name} is of the wrong type")
    return value


@dataclass(frozen=True)
class Line:
    """What an export's line says, with the entry hash that follows from it."""

    seq: int
    shown: dict[str, Scalar]
    is_partial: bool
    entry_hash: bytes
    chain_hash: bytes


def read_line(content: bytes) -> Line:
    """Read a line and check that its fields and commitments lead to its entry hash."""
    if len(content) > LONGEST_LINE:
        raise Broken("the line is too long")
    try:
        parts = json.loads(content.decode(), object_pairs_hook=_distinct)
    except (ValueError, RecursionError) as error:
        raise Broken("it is not JSON in UTF-8") from error
    if not isinstance(parts, dict) or set(parts) - COLUMNS != PARTS:
        raise Broken("it does not have the parts of an export's line")
    facts, salts, withheld = (_members(parts, name) for name in ("facts", "salts", "withheld"))
    shown = {name: _checked(name, parts[name]) for name in sorted(COLUMNS & set(parts))}
    if COLUMNS & set(facts):
        raise Broken("a fact has the name of a column")
    shown.update({name: _checked(name, value) for name, value in facts.items()})
    if set(shown) != set(salts) or set(shown) & set(withheld) or COLUMNS - set(shown) - set(withheld):
        raise Broken("not every field is either shown with its salt or withheld")
    commitments = [_hexed(value, HASH, f"the commitment of {name}") for name, value in withheld.items()]
    try:
        commitments += [commitment(_hexed(salts[name], SALT, f"the salt of {name}"), name, shown[name]) for name in shown]
    except UnicodeEncodeError as error:
        raise Broken("a text is not Unicode") from error
    own = _hexed(parts["entry_hash"], HASH, "the entry hash")
    if sha256(b"\x00" + b"".join(sorted(commitments))) != own:
        raise Broken("the content is not what was hashed")
    seq = parts["seq"]
    if type(seq) is not int:
        raise Broken("its sequence number is not an integer")
    return Line(seq, shown, bool(withheld), own, _hexed(parts["chain_hash"], HASH, "the chain hash"))


# ── The tree (RFC 9162, over entry hashes) ──────────────────────────────────


def grown(peaks: list[bytes], size: int, leaf: bytes) -> list[bytes]:
    """Append a leaf to a tree of `size` leaves, given as the roots of its whole subtrees, largest first."""
    peaks = [*peaks, leaf]
    while size & 1:
        right, left = peaks.pop(), peaks.pop()
        peaks.append(sha256(b"\x01" + left + right))
        size >>= 1
    return peaks


def root(peaks: list[bytes]) -> bytes:
    """Compute the root of a tree."""
    if not peaks:
        return sha256(b"")
    found = peaks[-1]
    for peak in reversed(peaks[:-1]):
        found = sha256(b"\x01" + peak + found)
    return found


def included(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """Follow a path from a leaf to the root (RFC 9162 section 2.1.3.2); None if it does not belong to such a tree."""
    this, last, found = index, size - 1, leaf
    if index >= size:
        return None
    for sibling in path:
        if last == 0:
            return None
        if this & 1 or this == last:
            found = sha256(b"\x01" + sibling + found)
            while this and not this & 1:
                this, last = this >> 1, last >> 1
        else:
            found = sha256(b"\x01" + found + sibling)
        this, last = this >> 1, last >> 1
    return found if last == 0 else None


def extended(old_size: int, old_root: bytes, size: int, new_root: bytes, path: list[bytes]) -> bool:
    """Follow a consistency proof to both roots (RFC 9162 section 2.1.4.2); every element of it takes part."""
    if old_size in (0, size):
        return not path and old_root == (sha256(b"") if old_size == 0 else new_root)
    if old_size > size or not path:
        return False
    steps = [old_root, *path] if old_size & (old_size - 1) == 0 else path
    this, last = old_size - 1, size - 1
    while this & 1:
        this, last = this >> 1, last >> 1
    old_found = found = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if this & 1 or this == last:
            old_found, found = sha256(b"\x01" + sibling + old_found), sha256(b"\x01" + sibling + found)
            while this and not this & 1:
                this, last = this >> 1, last >> 1
        else:
            found = sha256(b"\x01" + found + sibling)
        this, last = this >> 1, last >> 1
    return last == 0 and (old_found, found) == (old_root, new_root)


def read_path(text: str, first: str, what: str) -> tuple[int, list[bytes], bytes]:
    """Read a number behind a word, hashes in base64, an empty line, and the signed checkpoint behind them."""
    head, gap, note = text.partition("\n\n")
    begin, *encoded = head.split("\n")
    number = begin[len(first) :]
    path = [unbase64(each) for each in encoded]
    if not gap or not begin.startswith(first) or not SIZE.fullmatch(number) or any(len(each) != 32 for each in path):  # noqa: PLR2004 (SHA-256)
        raise NotDone(f"it is not {what}")
    return int(number), path, note.encode()


# ── Checkpoints (C2SP tlog-checkpoint, signed-note) ──────────────────────────


@dataclass(frozen=True)
class Checkpoint:
    """What a checkpoint says, and what was found of its signature."""

    label: str
    origin: str
    size: int
    root: bytes
    signed: str
    lines: tuple[str, ...] = ()


def read_key(text: str) -> tuple[str, bytes, bytes]:
    """Read `name+hash+base64` as a name, a key hash and a public key."""
    name, _, rest = text.strip().partition("+")
    hash_hex, _, encoded = rest.partition("+")
    content = unbase64(encoded)
    own = sha256(name.encode() + b"\n" + content)[:4]
    if not name or len(content) != 33 or content[:1] != b"\x01" or own.hex() != hash_hex:  # noqa: PLR2004 (type and key)
        raise NotDone("the key is not an Ed25519 key written as name+hash+base64")
    return name, own, content[1:]


def unbase64(encoded: str) -> bytes:
    """Read canonical base64."""
    try:
        content = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise NotDone("something is not base64") from error
    if base64.b64encode(content).decode() != encoded:
        raise NotDone("something is not base64 written canonically")
    return content


def verify_note(note: bytes, key: str | None) -> tuple[str, str | None]:
    """Take a signed note apart; return its text and, when a key is given, who signed it."""
    try:
        content = note.decode()
    except UnicodeDecodeError as error:
        raise NotDone("it is not a signed note") from error
    text, gap, tail = content.rpartition("\n\n")
    lines = re.findall("— ([^ +\n]+) ([^ \n]+)\n", tail)
    if not gap or not text or not lines or CONTROL.search(content) or "".join(f"— {n} {s}\n" for n, s in lines) != tail:
        raise NotDone("it is not a signed note")
    text += "\n"
    if key is None:
        return text, None
    name, key_hash, public = read_key(key)
    signatures = [unbase64(encoded) for signer, encoded in lines if signer == name]
    signatures = [signature[4:] for signature in signatures if signature[:4] == key_hash]
    if not signatures:
        raise Broken(f"it is not signed with the key {name}+{key_hash.hex()}")
    for signature in signatures:
        _verify_signature(public, signature, text.encode())
    return text, name


def _verify_signature(public: bytes, signature: bytes, content: bytes) -> None:
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 (hashes are checked without it)
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 (the same)
    except ImportError as error:
        raise NotDone("to check signatures, install the Python package cryptography") from error
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except InvalidSignature as error:
        raise Broken("its signature is forged or its text was changed") from error


def read_checkpoint(label: str, note: bytes, key: str | None) -> Checkpoint:
    """Read a checkpoint, verifying its signature when a key is given."""
    text, signer = verify_note(note, key)
    lines = text.split("\n")[:-1]
    if len(lines) < 3 or not all(lines) or not SIZE.fullmatch(lines[1]):  # noqa: PLR2004 (origin, size and root)
        raise NotDone("it is not a checkpoint")
    origin, size, encoded = lines[:3]
    tree_root = unbase64(encoded)
    if len(tree_root) != 32:  # noqa: PLR2004 (SHA-256)
        raise NotDone("it is not a checkpoint")
    if signer is not None and signer != origin:
        raise Broken(f"it is of {origin}, but the key is of {signer}")
    return Checkpoint(label, origin, int(size), tree_root, _told(signer), tuple(lines[3:]))


def _told(signer: str | None) -> str:
    return f"signed by {signer}" if signer else "SIGNATURE NOT CHECKED, no --key"


def read_receipt(note: bytes, key: str | None) -> tuple[str, str]:
    """Read a signed receipt; return its entry hash in hexadecimal digits, and what is known of it."""
    text, signer = verify_note(note, key)
    lines = text.split("\n")[:-1]
    if len(lines) != 3 or not lines[0].endswith(" receipt"):  # noqa: PLR2004 (whose, about what, the hash)
        raise NotDone("it is not a receipt")
    entry_hash = unbase64(lines[2])
    if len(entry_hash) != 32:  # noqa: PLR2004 (SHA-256)
        raise NotDone("it is not a receipt")
    if signer is not None and lines[0] != f"{signer} receipt":
        raise Broken(f"it is a receipt of {lines[0][:-8]}, but the key is of {signer}")
    return entry_hash.hex(), f"{lines[1]}, {_told(signer)}"


# ── The callback draw ────────────────────────────────────────────────────────


@dataclass
class Draws:
    """Collects what is needed to draw again with every seed that the export tells."""

    ended: list[tuple[int, bytes, Scalar]] = field(default_factory=list)
    drawn: list[tuple[int, Scalar]] = field(default_factory=list)
    seeds: list[tuple[int, dict[str, Scalar]]] = field(default_factory=list)
    pledges: dict[Scalar, Scalar] = field(default_factory=dict)
    surveys: list[tuple[int, Scalar, Scalar, Scalar]] = field(default_factory=list)

    def take(self, line: Line) -> None:
        """Remember closed cases, who was drawn, and seeds."""
        match line.shown.get("entry"):
            case "counted" if line.shown.get("solved") is not None:
                unit = None if line.shown.get("is_confidential") else line.shown.get("unit")
                self.ended.append((line.seq, line.entry_hash, unit))
            case "callback_drawn":
                self.drawn.append((line.seq, line.shown.get("counted")))
            case "seed_published":
                self.seeds.append((line.seq, line.shown))
            case "survey_pledged":
                self.pledges.setdefault(line.shown.get("period"), line.shown.get("pledge"))
            case "restored":  # a backup held the seeds that were pledged
                self.pledges.clear()
            case "survey_begun":
                period = line.shown.get("period")
                self.surveys.append((line.seq, period, line.shown.get("seed"), self.pledges.get(period)))

    def finish(self, audit: Audit) -> None:
        """Draw again, and compare."""
        for seq, told in self.seeds:
            since, until, seed = told.get("since"), told.get("until"), told.get("seed")
            if type(since) is not int or type(until) is not int or not isinstance(seed, str) or not HASH.fullmatch(seed):
                audit.wrong.append(f"entry {seq} tells no seed")
                continue
            again = draw(bytes.fromhex(seed), [(each, unit) for at, each, unit in self.ended if since < at <= until])
            drawn = [each for at, each in self.drawn if until < at <= until + len(again)]
            label = f"draw from entries {since + 1} to {until}"
            if [each.hex() for each in again] != drawn or (until + len(again) + 1) in {at for at, _ in self.drawn}:
                audit.wrong.append(f"{label}: drawing again with the seed in entry {seq} gives others than the ledger says")
            else:
                audit.found.append(
                    f"{label}: {len(again)} drawn again as the ledger says; {_pledged(seed, since, until, audit)}"
                )
        if not self.seeds:
            audit.found.append("no draw to do again: no seed is told yet")
        for seq, period, told_seed, pledge in self.surveys:
            if not isinstance(told_seed, str) or not HASH.fullmatch(told_seed):
                audit.wrong.append(f"entry {seq} tells no seed")
            elif sha256(bytes.fromhex(told_seed)).hex() != pledge:
                audit.wrong.append(f"survey about {period}: no entry before binds to the seed in entry {seq}")
            else:
                audit.found.append(f"survey about {period}: the seed in entry {seq} is the one that was pledged before")


def _pledged(seed: str, since: int, until: int, audit: Audit) -> str:
    held = [checkpoint for checkpoint in audit.checkpoints if since <= checkpoint.size < until]
    line = f"callback-seed {sha256(bytes.fromhex(seed)).hex()}"
    for checkpoint in held:
        if line in checkpoint.lines:
            return f"checkpoint {checkpoint.label} bound to the seed before"
        audit.wrong.append(f"checkpoint {checkpoint.label} binds to another seed than the one that was drawn with")
    return f"NOT CHECKED that the seed was fixed before: that needs a checkpoint of {since} entries"


def draw(seed: bytes, ended: list[tuple[bytes, Scalar]]) -> list[bytes]:
    """Order closed cases by HMAC-SHA-256 under the seed; take the first of each unit, then the first, up to a tenth."""
    ordered = sorted(ended, key=lambda each: hmac.new(seed, each[0], "sha256").digest())
    first = {unit: entry_hash for entry_hash, unit in reversed(ordered)}
    drawn = set(first.values())
    for entry_hash, _ in ordered:
        if len(drawn) >= -(-len(ordered) // 10):
            break
        drawn.add(entry_hash)
    return [entry_hash for entry_hash, _ in ordered if entry_hash in drawn]


# ── Putting it together ──────────────────────────────────────────────────────


@dataclass
class Audit:
    """What is being compared with the export, and what was found so far."""

    checkpoints: list[Checkpoint] = field(default_factory=list)
    receipts: dict[str, str] = field(default_factory=dict)
    proven: set[str] = field(default_factory=set)
    draws: Draws | None = None
    size: int = 0
    partial: int = 0
    chain: bytes = bytes(32)
    peaks: list[bytes] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def follow(self, line: Line) -> None:
        """Take the next line, or refuse it."""
        if line.seq != self.size + 1:
            raise Broken(f"the export goes on with entry {line.seq}")
        chain = sha256(self.chain + line.entry_hash)
        if chain != line.chain_hash:
            raise Broken("the chain does not lead here from the entry before")
        self.peaks = grown(self.peaks, self.size, line.entry_hash)
        self.chain, self.size, self.partial = chain, self.size + 1, self.partial + line.is_partial
        if self.draws is not None:
            self.draws.take(line)
        for receipt in self.receipts:
            if line.entry_hash.hex().startswith(receipt):
                told = ", ".join(
                    f"{name} {json.dumps(line.shown[name])}" for name in ("entry", "case", "at") if name in line.shown
                )
                self.proven.add(receipt)
                self.found.append(
                    f"receipt {self.receipts[receipt]}: it is entry {line.seq}" + (f" ({told})" if told else "")
                )

    def compare(self) -> None:
        """Compare the tree as it is now with the checkpoints of its size."""
        for checkpoint in self.checkpoints:
            if checkpoint.size != self.size:
                continue
            said = f"checkpoint {checkpoint.label} ({checkpoint.size} entries of {checkpoint.origin}, {checkpoint.signed})"
            if root(self.peaks) == checkpoint.root:
                self.found.append(f"{said}: the export begins with exactly these entries")
            else:
                self.wrong.append(f"{said}: the export does not begin with these entries; something was rewritten")

    def finish(self) -> None:
        """Say what was never met."""
        for checkpoint in self.checkpoints:
            if checkpoint.size > self.size:
                missing = f"the export has only {self.size} of its {checkpoint.size} entries"
                self.wrong.append(f"checkpoint {checkpoint.label}: {missing}; its end is missing")
        for receipt, label in self.receipts.items():
            if receipt not in self.proven:
                self.wrong.append(f"receipt {label}: no entry has this hash")
        if self.draws is not None:
            self.draws.finish(self)

    def prove(self, label: str, text: str, key: str | None) -> None:
        """Check that the receipt in a proof's file, or the one given beside it, is of an entry of the checkpoint in it."""
        receipt, gap, proof = text.partition(PROOF)
        if not gap:
            raise NotDone("it is not a proof")
        if receipt:
            self.receive(label, receipt.encode(), key)
        leaves = [each for each in self.receipts if HASH.fullmatch(each)]
        index, path, note = read_path(proof, "index ", "a proof")
        checkpoint = read_checkpoint(label, note, key)
        self.checkpoints.append(checkpoint)
        if not leaves:
            raise NotDone("give the receipt that the proof is about, whole: --receipt")
        proven = [leaf for leaf in leaves if included(bytes.fromhex(leaf), index, checkpoint.size, path) == checkpoint.root]
        if not proven:
            raise Broken("it does not lead from the receipt to its checkpoint")
        self.proven.update(proven)
        said = f"entry {index + 1} of the {checkpoint.size} of {checkpoint.origin} in the checkpoint, {checkpoint.signed}"
        self.found += [f"receipt {self.receipts[each]}: it is {said}" for each in proven]

    def extend(self, label: str, text: str, key: str | None) -> None:
        """Check that a later checkpoint only adds to an earlier one that is held."""
        old_size, path, note = read_path(text, "old ", "an extension")
        later = read_checkpoint(label, note, key)
        held = [each for each in self.checkpoints if each.size == old_size]
        if not held:
            raise NotDone(f"give the checkpoint of {old_size} entries that it goes on from: --checkpoint")
        for each in held:
            if not extended(each.size, each.root, later.size, later.root, path):
                raise Broken(f"it does not lead from the checkpoint {each.label} to the later one: something was rewritten")
            told = f"{later.size} entries of {later.origin}, {later.signed}"
            self.found.append(f"extension {label}: the ledger of {told}, only added to {each.label}, {each.signed}")
        self.checkpoints.append(later)

    def receive(self, label: str, note: bytes, key: str | None) -> None:
        """Take a signed receipt."""
        entry_hash, said = read_receipt(note, key)
        self.receipts[entry_hash] = f"{label} ({said})"

    def agree(self) -> None:
        """Compare the checkpoints with each other."""
        if len({checkpoint.origin for checkpoint in self.checkpoints}) > 1:
            self.wrong.append("the checkpoints are of different ledgers")
        roots: dict[int, Checkpoint] = {}
        for checkpoint in self.checkpoints:
            other = roots.setdefault(checkpoint.size, checkpoint)
            if other.root != checkpoint.root:
                self.wrong.append(f"checkpoints {other.label} and {checkpoint.label} show two different ledgers of one size")


def follow_export(export: BinaryIO, audit: Audit) -> None:
    """Follow an export to its end or to the first entry that does not hold."""
    audit.compare()
    while content := export.readline(LONGEST_LINE + 1):
        try:
            audit.follow(read_line(content))
        except Broken as error:
            audit.wrong.append(f"entry {audit.size + 1} does not hold: {error}")
            if audit.checkpoints or audit.receipts:
                audit.wrong.append("nothing after it was compared with checkpoints or receipts, or drawn again")
            return
        audit.compare()
    audit.finish()


def report(audit: Audit, *, is_followed: bool) -> int:
    """Print what was found, and choose the exit code."""
    lines = list(audit.found)
    if not audit.wrong and is_followed:
        partial = f", {audit.partial} of them with withheld fields" if audit.partial else ""
        lines.insert(0, f"the ledger holds: {audit.size} entries{partial}")
        lines.insert(1, f"chain {audit.chain.hex()}")
        lines.insert(2, f"root {base64.b64encode(root(audit.peaks)).decode()}")
        if not audit.checkpoints:
            lines.append(NOT_EXCLUDED)
    if not is_followed:
        unproven = [label for receipt, label in audit.receipts.items() if receipt not in audit.proven]
        lines += [
            f"receipt {label}: NOT CHECKED whether it is in the ledger: that needs an export or a --proof"
            for label in unproven
        ]
        lines += [
            f"checkpoint {each.label}: {each.size} entries of {each.origin}, {each.signed}" for each in audit.checkpoints
        ]
    sys.stdout.write("".join(f"{line}\n" for line in [*lines, *(f"WRONG: {text}" for text in audit.wrong)]))
    return BROKEN if audit.wrong else HOLDS


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Verify a ledger, whoever wrote it.")
    many: dict[str, Any] = {"action": "append", "default": []}
    parser.add_argument("export", metavar="EXPORT", nargs="?", help="the exported ledger, one entry a line")
    parser.add_argument("--checkpoint", metavar="FILE", help="a checkpoint that was kept elsewhere", **many)
    parser.add_argument("--key", metavar="KEY", help="the ledger's key, name+hash+base64, or a file that holds it")
    parser.add_argument(
        "--receipt",
        metavar="HEX|FILE",
        help="a signed receipt, an entry hash, or 16 digits of its beginning",
        **many,
    )
    parser.add_argument("--proof", metavar="FILE", help="a proof that an entry is in the ledger", **many)
    parser.add_argument("--extension", metavar="FILE", help="a proof that a later checkpoint only adds", **many)
    parser.add_argument("--draw", action="store_true", help="draw the callbacks again from the export")
    arguments = parser.parse_args(words)
    if not any((arguments.export, arguments.checkpoint, arguments.receipt, arguments.proof, arguments.extension)):
        parser.error("name an export, a checkpoint, a receipt, a proof or an extension")
    if arguments.draw and not arguments.export:
        parser.error("--draw needs an export")
    return arguments


def main(words: list[str]) -> int:
    """Run, and return the exit code."""
    arguments = _arguments(words)
    audit = Audit(draws=Draws() if arguments.draw else None)
    label = "the key"
    try:
        key: str | None = arguments.key
        if key is not None:
            key = key if "+" in key else Path(key).read_text(encoding="utf-8")
            read_key(key)
        for label, take in _outside(arguments, audit, key):
            try:
                take(Path(label).read_bytes())
            except Broken as error:
                audit.wrong.append(f"{label}: {error}")
        audit.agree()
        if arguments.export is not None:
            label = arguments.export
            with Path(label).open("rb") as export:
                follow_export(export, audit)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        sys.stderr.write(f"{label}: cannot be read: {reason}\n")
        return NOT_DONE
    except NotDone as error:
        sys.stderr.write(f"{label}: {error}\n")
        return NOT_DONE
    return report(audit, is_followed=arguments.export is not None)


def _outside(arguments: argparse.Namespace, audit: Audit, key: str | None) -> Iterator[tuple[str, Callable[[bytes], None]]]:
    """Name each file from outside, and what is to be done with what it holds."""
    for label in arguments.checkpoint:
        yield label, lambda note, label=label: audit.checkpoints.append(read_checkpoint(label, note, key))
    for label in arguments.receipt:
        if RECEIPT.fullmatch(label.strip().lower()):
            audit.receipts[label.strip().lower()] = label.strip().lower()
        else:
            yield label, lambda note, label=label: audit.receive(label, note, key)
    for label in arguments.proof:
        yield label, lambda text, label=label: audit.prove(label, text.decode(), key)
    for label in arguments.extension:
        yield label, lambda text, label=label: audit.extend(label, text.decode(), key)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
