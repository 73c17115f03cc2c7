"""The verifier that people run without the program believes honest exports and names what is wrong with every other.

It imports nothing of the program. docs/ledger-vectors.json is what the two must agree on: made by one, read by the other.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pytest

from tests.tools.conftest import Lines, Run
from tests.tools.ledger_vectors import ORIGIN
from tests.tools.test_ledger_vectors import published


@pytest.mark.parametrize("kind", ["export", "public_export"])
def test_an_honest_export_holds(run: Run, export: Callable[[Lines], str], checkpoints: list[str], kind: str) -> None:
    """Full or public: with its checkpoints, its key and a receipt, everything asked for is said to hold."""
    held = published()
    given = [word for path in checkpoints for word in ("--checkpoint", path)]
    receipt = held["export"][0]["entry_hash"]
    done = run(export(held[kind]), *given, "--key", held["key"], "--receipt", receipt, "--receipt", receipt[:16].upper())
    assert (done.returncode, done.stderr) == (0, "")
    assert "the ledger holds: 7 entries" in done.stdout
    assert ("7 of them with withheld fields" in done.stdout) == (kind == "public_export")
    assert f"chain {held['export'][-1]['chain_hash']}" in done.stdout
    assert f"root {b64encode(bytes.fromhex(held['roots'][7])).decode()}" in done.stdout
    assert done.stdout.count(f"signed by {ORIGIN}): the export begins with exactly these entries") == 3
    assert done.stdout.count("it is entry 1") == 2
    assert "not excluded" not in done.stdout


def test_what_was_not_checked_is_said(run: Run, export: Callable[[Lines], str], checkpoints: list[str]) -> None:
    """Without a checkpoint a rewrite is not excluded; without a key no signature is."""
    path = export(published()["export"])
    assert "not excluded without a checkpoint" in run(path).stdout
    done = run(path, "--checkpoint", checkpoints[2])
    assert done.returncode == 0
    assert "SIGNATURE NOT CHECKED" in done.stdout


def test_an_empty_export_is_an_empty_ledger(run: Run, export: Callable[[Lines], str], checkpoints: list[str]) -> None:
    """It holds by itself, and any checkpoint shows that its end is missing."""
    done = run(export([]))
    assert (done.returncode, "the ledger holds: 0 entries" in done.stdout) == (0, True)
    done = run(export([]), "--checkpoint", checkpoints[1])
    assert (done.returncode, "only 0 of its 4 entries" in done.stdout) == (1, True)


def changed(lines: Lines, at: int, *way: str, to: object) -> Lines:
    """Change one value of one line."""
    part: Any = lines[at]
    for name in way[:-1]:
        part = part[name]
    part[way[-1]] = to
    return lines


def removed(lines: Lines, at: int, *way: str) -> Lines:
    """Leave something out of one line."""
    part: Any = lines[at]
    for name in way[:-1]:
        part = part[name]
    del part[way[-1]]
    return lines


def hidden(lines: Lines, at: int, name: str) -> Lines:
    """Move a column among the facts, and let the column say something else."""
    lines[at]["facts"][name] = lines[at][name]
    lines[at][name] = "s-ffffffffffff"
    return lines


DISHONEST: Final[dict[str, tuple[Callable[[Lines], Lines], int]]] = {
    "a changed fact": (lambda lines: changed(lines, 1, "facts", "unit", to="roads"), 2),
    "a changed time": (lambda lines: changed(lines, 1, "at", to="2026-11-24T01:30:01Z"), 2),
    "a changed case": (lambda lines: changed(lines, 3, "case", to="CB-2026-000001"), 4),
    "a changed actor": (lambda lines: changed(lines, 1, "actor", to="s-0123456789ac"), 2),
    "a changed kind": (lambda lines: changed(lines, 1, "entry", to="resolved"), 2),
    "a changed version": (lambda lines: changed(lines, 1, "version", to=2), 2),
    "true for 1": (lambda lines: changed(lines, 5, "facts", "round", to=True), 6),
    "true for a version": (lambda lines: changed(lines, 5, "version", to=True), 6),
    "another sequence number": (lambda lines: changed(lines, 2, "seq", to=5), 3),
    "true for a sequence number": (lambda lines: changed(lines, 0, "seq", to=True), 1),
    "1.0 for 1": (lambda lines: changed(lines, 5, "facts", "round", to=1.0), 6),
    "text for 1": (lambda lines: changed(lines, 5, "facts", "round", to="1"), 6),
    "nothing for no": (lambda lines: changed(lines, 0, "facts", "is_confidential", to=None), 1),
    "a list": (lambda lines: changed(lines, 5, "facts", "round", to=[1]), 6),
    "an object": (lambda lines: changed(lines, 5, "facts", "round", to={"round": 1}), 6),
    "a large integer": (lambda lines: changed(lines, 5, "facts", "round", to=2**53), 6),
    "a lone surrogate": (lambda lines: changed(lines, 1, "facts", "unit", to="\ud800"), 2),
    "a changed salt": (lambda lines: changed(lines, 1, "salts", "unit", to="0" * 32), 2),
    "a short salt": (lambda lines: changed(lines, 1, "salts", "unit", to="0" * 30), 2),
    "a capital salt": (lambda lines: changed(lines, 1, "salts", "unit", to=lines[1]["salts"]["unit"].upper()), 2),
    "no salt": (lambda lines: removed(lines, 1, "salts", "unit"), 2),
    "a salt of nothing": (lambda lines: changed(lines, 1, "salts", "zest", to="0" * 32), 2),
    "no fact": (lambda lines: removed(lines, 1, "facts", "unit"), 2),
    "one more fact": (lambda lines: changed(lines, 1, "facts", "zest", to=1), 2),
    "an odd name": (lambda lines: changed(lines, 1, "facts", "Unit", to=1), 2),
    "a column left out": (lambda lines: removed(lines, 1, "case"), 2),
    "a hidden column": (lambda lines: hidden(lines, 1, "actor"), 2),
    "shown and withheld": (lambda lines: changed(lines, 1, "withheld", "unit", to="0" * 64), 2),
    "a false commitment": (lambda lines: changed(lines, 1, "withheld", "zest", to="0" * 64), 2),
    "no commitment": (lambda lines: changed(lines, 1, "withheld", "zest", to="0" * 63), 2),
    "a part left out": (lambda lines: removed(lines, 1, "withheld"), 2),
    "one more part": (lambda lines: changed(lines, 1, "note", to="trust me"), 2),
    "facts as text": (lambda lines: changed(lines, 1, "facts", to="{}"), 2),
    "facts as a list": (lambda lines: changed(lines, 1, "facts", to=[]), 2),
    "a changed entry hash": (lambda lines: changed(lines, 1, "entry_hash", to="0" * 64), 2),
    "a changed chain hash": (lambda lines: changed(lines, 1, "chain_hash", to="0" * 64), 2),
    "a missing entry": (lambda lines: lines[:2] + lines[3:], 3),
    "a doubled entry": (lambda lines: lines[:3] + lines[2:], 4),
    "swapped entries": (lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]], 3),
    "a line that is not an object": (lambda lines: [*lines[:2], [], *lines[2:]], 3),  # type: ignore[list-item]  # dishonest
}


@pytest.mark.parametrize("name", DISHONEST)
def test_the_first_entry_that_does_not_hold_is_named(run: Run, export: Callable[[Lines], str], name: str) -> None:
    """Any change that leaves a contradiction in the export is found by itself."""
    spoil, bad = DISHONEST[name]
    done = run(export(spoil(published()["export"])))
    assert (done.returncode, done.stderr) == (1, "")
    assert f"WRONG: entry {bad} does not hold: " in done.stdout
    assert "the ledger holds" not in done.stdout


def remade(line: dict[str, Any]) -> dict[str, Any]:
    """Hash a first line anew, as a forger does who follows the document only where it suits."""
    shown = {name: line[name] for name in ("actor", "at", "case", "entry", "version") if name in line} | line["facts"]
    commitments = [bytes.fromhex(withheld) for withheld in line["withheld"].values()]
    for name, value in shown.items():
        label, content = name.encode(), json.dumps(value, ensure_ascii=False).encode()
        preimage = bytes(16) + len(label).to_bytes(4, "big") + label + len(content).to_bytes(4, "big") + content
        commitments.append(sha256(preimage).digest())
    own = sha256(b"\x00" + b"".join(sorted(commitments))).digest()
    chain = sha256(bytes(32) + own).hexdigest()
    return line | {"seq": 1, "salts": dict.fromkeys(shown, "0" * 32), "entry_hash": own.hex(), "chain_hash": chain}


@pytest.mark.parametrize(
    ("way", "to", "why"),
    [
        (("facts", "Unit"), 1, "is no name of a field"),
        (("facts", "unit"), [1], "not text, an integer, true, false or null"),
        (("facts", "unit"), {}, "not text, an integer, true, false or null"),
        (("facts", "unit"), 1.0, "not text, an integer, true, false or null"),
        (("facts", "unit"), 2**53, "too large"),
        (("facts", "unit"), -(2**53), "too large"),
        (("version",), True, "wrong type"),
        (("version",), "1", "wrong type"),
        (("case",), 1, "wrong type"),
        (("actor",), None, "wrong type"),
        (("at",), 1, "wrong type"),
        (("withheld", "unit"), "0" * 64, "either shown with its salt or withheld"),
    ],
)
def test_an_entry_that_no_ledger_may_hold_is_found_for_all_its_right_hashes(
    run: Run, export: Callable[[Lines], str], way: tuple[str, ...], to: object, why: str
) -> None:
    """What is hashed correctly must still be a field of the ledger."""
    (line,) = changed(published()["export"][1:2], 0, *way, to=to)
    done = run(export([remade(line)]))
    assert done.returncode == 1
    assert why in done.stdout
    assert run(export([remade(published()["export"][1])])).returncode == 0


def test_every_entry_has_every_column(run: Run, export: Callable[[Lines], str]) -> None:
    """A column that is neither shown nor withheld is missed, whatever the hashes say."""
    (line,) = removed(published()["export"][1:2], 0, "case")
    assert "either shown with its salt or withheld" in run(export([remade(line)])).stdout


def test_a_line_has_an_end(run: Run, export: Callable[[Lines], str]) -> None:
    """A flood in one line is not read into memory."""
    path = Path(export(published()["export"]))
    path.write_bytes(b" " * (1 << 20) + path.read_bytes())
    assert "entry 1 does not hold: the line is too long" in run(str(path)).stdout


@pytest.mark.parametrize(
    "line",
    [
        b'["seq","facts","salts","withheld","entry_hash","chain_hash"]',
        b"",
        b"{}",
        b"\xff",
        b"{",
        b'{"a":NaN}',
        b'{"a":1,"a":1}',
        b"[" * 200_000,
        b'"' + b"a" * (1 << 21) + b'"',
        b"9" * 6000,
    ],
)
def test_a_line_that_cannot_be_read_is_named(run: Run, export: Callable[[Lines], str], line: bytes) -> None:
    """Rubbish is a broken entry, not a crash."""
    path = Path(export(published()["export"][:2]))
    path.write_bytes(path.read_bytes() + line + b"\n")
    done = run(str(path))
    assert (done.returncode, done.stderr) == (1, "")
    assert "WRONG: entry 3 does not hold: " in done.stdout


def test_a_fact_that_stands_twice_in_a_line_is_found(run: Run, export: Callable[[Lines], str]) -> None:
    """No reader may take the other of the two."""
    path = Path(export(published()["export"]))
    path.write_text(path.read_text().replace('"facts": {"unit": "water"}', '"facts": {"unit": "roads", "unit": "water"}'))
    assert "entry 2 does not hold: a name stands there twice" in run(str(path)).stdout
