"""What is to be translated, as a commit writes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.rules.effect import Effects
from bot.rules.identity import CaseNumber, Language
from storage.batch import Batch
from storage.keyring import Keyring
from storage.rows import stamp, stamp_or_none
from storage.vault import DataKey


def put_translations(batch: Batch, effects: Effects) -> None:
    """Write down what is newly asked for, and what changed hands since it was decided on."""
    for change in effects.translations:
        item = change.after
        if change.before is None:
            batch.add(
                "translation_put",
                {
                    "id": item.id,
                    "number": item.case,
                    "slot": item.slot,
                    "source": item.source,
                    "target": item.target,
                    "language": item.language,
                    "voice": int(item.is_voice),
                    "urgent": int(item.is_urgent),
                    "asked_at": stamp(item.asked_at),
                    "due_at": stamp(item.due_at),
                    "version": item.version,
                },
            )
        else:
            batch.add(
                "translation_update",
                {
                    "id": item.id,
                    "before": change.before.version,
                    "version": item.version,
                    "taken_by": item.taken_by,
                    "taken_at": stamp_or_none(item.taken_at),
                    "done_by": item.done_by,
                    "done_role": item.done_role,
                    "done_at": stamp_or_none(item.done_at),
                },
            )


def sentence_hash(keyring: Keyring, source: Language, target: Language, sentence: str) -> str:
    """Hash a normalised sentence so that only this house can look for it."""
    return keyring.lookup.hash(f"{source} {target} {sentence}").hex()


def put_memory(keyring: Keyring, batch: Batch, effects: Effects, keys: Mapping[CaseNumber, DataKey], now: datetime) -> None:
    """Remember sentences of translations, each sealed under the key of the case that it is from; `keys` are those."""
    for remembered in effects.remembered:
        item = remembered.item
        of = {"number": item.case, "place": item.place}
        batch.add("memory_drop", dict(of))
        for sentence, translation in remembered.pairs:
            hashed = sentence_hash(keyring, item.source, item.target, sentence)
            body = keys[item.case].seal(translation.encode(), f"memory/{hashed}")
            batch.add("memory_put", {**of, "hash": hashed, "body": body, "at": stamp(now)})
