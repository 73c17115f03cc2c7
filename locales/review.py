"""A catalogue in a reviewer's hands: how far it is, as a table for an office program, and what comes back from there.

Invariant: what comes back changes nothing unless all of it can be shown: placeholders kept, no markup, no sentence unknown.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.errors import SettingsError
from bot.rules.identity import Language
from locales.catalogue import UNREVIEWED, read_catalogue
from locales.pofile import Key, PoEntry, PoFile, parse, serialize

FIXED: Final = ("context", "sentence", "plural", "chinese")
LAST: Final = ("reviewed", "explanation")
YES: Final = frozenset({"yes", "y", "1", "x", "是"})
"""What a reviewer may write into the column `reviewed`."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What an office program would take for a formula (CWE-1236); such a cell is written behind an apostrophe."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a catalogue is: sentences in all, translated, and of these signed off by a native reader."""

    sentences: int
    translated: int
    reviewed: int

    @property
    def missing(self) -> int:
        """Return how many sentences nobody has translated."""
        return self.sentences - self.translated


def coverage(file: PoFile) -> Coverage:
    """Count how far a catalogue is: a translated sentence is reviewed once no note of it says otherwise."""
    translated = [entry for entry in file.entries if any(entry.forms)]
    return Coverage(len(file.entries), len(translated), sum(UNREVIEWED not in entry.notes for entry in translated))


def written(file: PoFile, chinese: PoFile) -> str:
    """Write a catalogue as CSV (RFC 4180), with the Chinese beside each sentence."""
    known = {entry.key: entry for entry in chinese.entries}
    forms = max((len(entry.forms) for entry in file.entries), default=1)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow((*FIXED, *(_column(place) for place in range(forms)), *LAST))
    for entry in file.entries:
        translated = [*entry.forms, *[""] * (forms - len(entry.forms))]
        beside = known[entry.key].forms[0] if entry.key in known else ""
        is_reviewed = "yes" if any(entry.forms) and UNREVIEWED not in entry.notes else ""
        cells = (entry.key[0], entry.key[1], entry.plural or "", beside, *translated, is_reviewed, entry.explanation)
        table.writerow(tuple(map(_guarded, cells)))
    return out.getvalue()


def taken_up(language: Language, text: str, base: PoFile) -> PoFile:
    """Read what a reviewer brings back, CSV or PO, as the catalogue that it makes of `base`.

    A sentence that it leaves empty stays as it is; one that is marked as reviewed loses the mark of the unreviewed.

    Raises:
        SettingsError: one line for each mistake; nothing of it can be used.
    """
    brought = _from_po(language, text) if text.lstrip().startswith(("msgid", "#")) else _from_csv(language, text)
    known = {entry.key for entry in base.entries}
    strange = [key for key in brought if key not in known]
    if strange:
        raise SettingsError(tuple(f"{language}: the program does not say {key[1]!r}" for key in strange))
    made = PoFile(base.header, tuple(_merged(entry, brought.get(entry.key)) for entry in base.entries))
    read_catalogue(language, serialize(made))  # refuses what would break a message
    return made


def overlaid(base: PoFile, own: PoFile) -> PoFile:
    """Lay a county's own catalogue over the one that came with the program: what it says counts, what it lacks stays."""
    said = {(entry.key, entry.plural): entry for entry in own.entries if any(entry.forms)}
    return PoFile(
        base.header,
        tuple(
            replace(entry, forms=found.forms, notes=found.notes)
            if (found := said.get((entry.key, entry.plural))) is not None and len(found.forms) == len(entry.forms)
            else entry
            for entry in base.entries
        ),
    )


@dataclass(frozen=True, slots=True)
class _Brought:
    """One sentence as it comes back; no forms where it was left empty."""

    forms: tuple[str, ...]
    is_reviewed: bool


def _merged(entry: PoEntry, brought: _Brought | None) -> PoEntry:
    if brought is None or not any(brought.forms):
        return entry
    others = [note for note in entry.notes.splitlines() if note != UNREVIEWED]
    notes = others if brought.is_reviewed else [UNREVIEWED, *others]
    return replace(entry, forms=brought.forms[: len(entry.forms)], notes="\n".join(notes))


def _from_po(language: Language, text: str) -> Mapping[Key, _Brought]:
    try:
        file = parse(text)
    except ValueError as error:
        raise SettingsError((f"{language}: {error}",)) from error
    return {entry.key: _Brought(entry.forms, UNREVIEWED not in entry.notes) for entry in file.entries}


def _from_csv(language: Language, text: str) -> Mapping[Key, _Brought]:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    names = rows.fieldnames or ()
    lacking = [name for name in ("context", "sentence", _column(0), "reviewed") if name not in names]
    if lacking:
        named = ", ".join(lacking)
        raise SettingsError((f"{language}: the table has no column {named}; export it anew and keep its first line",))
    columns = [name for name in names if name.startswith("translation")]
    return {
        (_bare(row["context"]), _bare(row["sentence"])): _Brought(
            tuple(_bare(row[name]) for name in columns), row["reviewed"].strip().lower() in YES
        )
        for row in rows
    }


def _column(place: int) -> str:
    return "translation" if place == 0 else f"translation {place + 1}"


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _bare(cell: str | None) -> str:
    text = (cell or "").replace("\r\n", "\n")
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
