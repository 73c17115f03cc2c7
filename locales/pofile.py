"""Gettext catalogues as files: the one caller of polib, which has no types, so that the rest deals in values.

Invariant: a catalogue that is read and written again unchanged is the same, plural header and comments included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import polib

Key: TypeAlias = tuple[str, str]
"""Context (empty for none) and the English sentence in the program."""


@dataclass(frozen=True, slots=True)
class PoEntry:
    """One message of a catalogue.

    Attributes:
        plural: the English plural, where the message counts something.
        forms: the translation, or one per plural form; empty strings where there is none yet.
        explanation: what the program tells translators (`#.`).
        notes: what translators tell each other (`#`), such as `unreviewed`.
    """

    key: Key
    plural: str | None
    forms: tuple[str, ...]
    explanation: str
    notes: str


@dataclass(frozen=True, slots=True)
class PoFile:
    """A catalogue as it lies in the repository; `header` in the order of the file."""

    header: Mapping[str, str]
    entries: tuple[PoEntry, ...]


def parse(text: str) -> PoFile:
    """Read a catalogue.

    Raises:
        ValueError: the text is no catalogue, and the line is named; or a sentence stands in it twice.
    """
    try:
        file = polib.pofile(text)
    except OSError as error:
        raise ValueError(str(error)) from error
    header = {str(name): str(value) for name, value in file.metadata.items()}
    entries = tuple(_entry(entry) for entry in file if not entry.obsolete)
    _refuse_repeated(entries)
    return PoFile(header, entries)


def _refuse_repeated(entries: Sequence[PoEntry]) -> None:
    """Look for a key that stands twice; polib's own check reads the whole catalogue again for every entry."""
    for key, count in Counter(entry.key for entry in entries).items():
        if count > 1:
            raise ValueError(f"the entry {' '.join(filter(None, key))!r} is there {count} times")


def _entry(entry: polib.POEntry) -> PoEntry:
    counted = {int(index): str(form) for index, form in entry.msgstr_plural.items()}
    forms = tuple(counted[index] for index in sorted(counted)) if counted else (str(entry.msgstr),)
    return PoEntry(
        key=(str(entry.msgctxt or ""), str(entry.msgid)),
        plural=str(entry.msgid_plural) or None,
        forms=forms,
        explanation=str(entry.comment),
        notes=str(entry.tcomment),
    )


def serialize(file: PoFile) -> str:
    """Write a catalogue, entries in the order given."""
    out = polib.POFile(wrapwidth=120)
    out.metadata = dict(file.header)
    out.metadata_is_fuzzy = False
    for entry in file.entries:
        out.append(
            polib.POEntry(
                msgctxt=entry.key[0] or None,
                msgid=entry.key[1],
                msgid_plural=entry.plural or "",
                msgstr="" if entry.plural else entry.forms[0],
                msgstr_plural=dict(enumerate(entry.forms)) if entry.plural else {},
                comment=entry.explanation,
                tcomment=entry.notes,
            )
        )
    return f"{out}\n"
