"""The test vectors of docs/ledger-vectors.json, made from the program: the same bytes on every run.

A change of the format that is meant is published with `python -m tests.tools.ledger_vectors > docs/ledger-vectors.json`.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.rules.chain import GENESIS, SALT_BYTES, LedgerRow, Scalar, canonical, commitment, salts_needed, write
from bot.rules.checkpoint import Checkpoint, sign, verifier_key, write_key
from bot.rules.county import Kind, Role, Urgency
from bot.rules.draw import Ended, draw, pledge
from bot.rules.entry import (
    Accepted,
    AnyFact,
    Channel,
    Closed,
    Closing,
    Entry,
    Filed,
    Rated,
    ReminderDecided,
    ReminderTold,
    Resolved,
    Solved,
)
from bot.rules.export import export_line
from bot.rules.identity import CaseNumber, CategoryId, ClassId, StaffId, TownshipId, UnitId
from bot.rules.merkle import EMPTY_TREE, NodeId, consistency_proof, grow, inclusion_proof, root
from bot.rules.receipt import Extension, Proof, SignedReceipt, sign_receipt, write_extension, write_proof

ORIGIN: Final = "minsheng.example/chabuchar"
SEED: Final = bytes(range(32))
PUBLIC: Final = ("version", "entry", "unit", "solved")


def rows() -> list[LedgerRow]:
    """Write the ledger of the vectors: one case from filing to closing; salts are hashes of their place."""
    at = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
    officer, unit = "s-0123456789ab", UnitId("water")
    told = ("before:1d", StaffId(officer))
    facts: list[tuple[str, AnyFact]] = [
        (
            "resident",
            Filed(
                kind=Kind.COMPLAINT,
                category=CategoryId("water-supply"),
                township=TownshipId("sumul"),
                unit=unit,
                channel=Channel.BOT,
                urgency=Urgency.UTILITY,
                deadline_class=ClassId("utility"),
                rule="accept 2h, handle 24h",
                accept_due_at=at + timedelta(hours=2),
                due_at=at + timedelta(hours=24),
                is_confidential=False,
                words=commitment(bytes(16), "words", "三组停水三天了。Су йоқ! 💧\n").hex(),
            ),
        ),
        (officer, Accepted(unit=unit)),
        ("clock", ReminderDecided(round=1, stage=told[0], role=Role.OFFICER, staff=told[1])),
        ("system", ReminderTold(round=1, stage=told[0], staff=None, was_told=True)),
        (officer, Resolved(unit=unit, answer=commitment(bytes(16), "words", "已修好").hex())),
        ("resident", Rated(round=1, voice=1, solved=Solved.YES, score=None)),
        ("resident", Closed(round=1, how=Closing.RATED)),
    ]
    made: list[LedgerRow] = []
    for seq, (actor, fact) in enumerate(facts, 1):
        case = None if isinstance(fact, ReminderTold) else CaseNumber("CB-2026-000001")
        entry = Entry(at=at + timedelta(hours=seq - 1), actor=actor, case=case, fact=fact)
        salts = b"".join(sha256(b"%d/%d" % (seq, n)).digest()[:SALT_BYTES] for n in range(salts_needed(entry) // SALT_BYTES))
        made.append(write(entry, seq=seq, salts=salts, previous=made[-1].chain_hash if made else GENESIS))
    return made


def vectors() -> str:
    """Make everything that docs/ledger-vectors.json holds, always the same."""
    values: list[Scalar] = ["", "没有水 💧", 'a"b\\c/d', "\x00\b\t\n\f\r\x1f\x7f\u2028", 0, -1, 2**53 - 1, True, False, None]
    salt = bytes(range(16))
    written = rows()
    leaves = [row.entry_hash for row in written]
    nodes = dict(grow(EMPTY_TREE, leaves).nodes) | {NodeId(0, place): leaf for place, leaf in enumerate(leaves)}
    frontiers = [grow(EMPTY_TREE, leaves[:size]).frontier for size in range(len(leaves) + 1)]
    private = Ed25519PrivateKey.from_private_bytes(SEED)
    notes = {size: sign(Checkpoint(ORIGIN, size, root(frontiers[size])), private) for size in (0, 4, 7)}
    receipt = sign_receipt(SignedReceipt(ORIGIN, CaseNumber("CB-2026-000001"), written[0].at, leaves[0]), private)
    ended = [Ended(sha256(b"%d" % n).digest(), None if n % 9 == 0 else UnitId(f"unit-{n % 3}")) for n in range(45)]
    content = {
        "about": "Made by tests/tools/ledger_vectors.py; specified in docs/ledger.md.",
        "values": [{"value": value, "canonical": canonical(value).decode()} for value in values],
        "commitments": [
            {"salt": salt.hex(), "name": name, "value": value, "commitment": commitment(salt, name, value).hex()}
            for name, value in (("unit", "water"), ("case", None), ("round", 1), ("was_told", True), ("rule", "没有水 💧"))
        ],
        "export": [json.loads(export_line(row)) for row in written],
        "public_export": [json.loads(export_line(row, PUBLIC)) for row in written],
        "roots": [root(frontier).hex() for frontier in frontiers],
        "inclusion": [
            {
                "index": index,
                "size": size,
                "path": [element.hex() for element in inclusion_proof(index, size, nodes.__getitem__)],
            }
            for index, size in ((0, 1), (0, 7), (3, 7), (4, 5), (6, 7))
        ],
        "consistency": [
            {
                "old_size": old,
                "size": size,
                "path": [element.hex() for element in consistency_proof(old, size, nodes.__getitem__)],
            }
            for old, size in ((1, 2), (3, 7), (4, 7), (6, 7))
        ],
        "private_key": SEED.hex(),
        "key": write_key(verifier_key(ORIGIN, private)),
        "receipt": receipt,
        "proof": write_proof(Proof(0, inclusion_proof(0, 7, nodes.__getitem__), notes[7])),
        "extension": write_extension(Extension(4, consistency_proof(4, 7, nodes.__getitem__), notes[7])),
        "draw": {
            "seed": salt.hex() * 2,
            "pledge": pledge(salt * 2),
            "closed": [{"entry_hash": each.entry_hash.hex(), "unit": each.unit} for each in ended],
            "drawn": [each.entry_hash.hex() for each in draw(salt * 2, ended)],
        },
        "checkpoints": list(notes.values()),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.write(vectors())
