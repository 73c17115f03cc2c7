"""Bring the catalogues in step with the program: `python -m locales.sync`, for whoever changes a sentence.

Invariant: no translation of a sentence that the program still says is ever dropped, nor the header of a catalogue.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from locales.extract import Sentence, sentences
from locales.pofile import PoEntry, PoFile, parse, serialize

ROOM: Final = Path(__file__).parent


def synced(file: PoFile, said: Sequence[Sentence]) -> PoFile:
    """Return the catalogue with exactly the sentences that are said, in their order, each translation kept."""
    known = {(entry.key, entry.plural): entry for entry in file.entries}
    forms = _forms(file)
    return PoFile(
        file.header, tuple(_entry(sentence, known.get((sentence.key, sentence.plural)), forms) for sentence in said)
    )


def _entry(sentence: Sentence, known: PoEntry | None, forms: int) -> PoEntry:
    empty = ("",) * (forms if sentence.plural else 1)
    return PoEntry(
        key=sentence.key,
        plural=sentence.plural,
        forms=known.forms if known else empty,
        explanation=sentence.explanation,
        notes=known.notes if known else "",
    )


def _forms(file: PoFile) -> int:
    rule = file.header["Plural-Forms"]
    return int(rule.partition("nplurals=")[2].partition(";")[0])


def catalogues(room: Path) -> Iterator[Path]:
    """Find the catalogues of a room, by language."""
    yield from sorted(room.glob("*/LC_MESSAGES/bot.po"))


def main(arguments: Sequence[str] | None = None, room: Path = ROOM) -> int:
    """Run the command line.

    Returns:
        0: in step (or brought there); 1: `--check` found a catalogue that is not.
    """
    parser = argparse.ArgumentParser(
        prog="python -m locales.sync", description="Bring the catalogues in step with the program."
    )
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a catalogue is out of step")
    options = parser.parse_args(arguments)
    said = sentences()
    out_of_step = [path for path in catalogues(room) if _bring(path, said, writes=not options.check)]
    for path in out_of_step:
        sys.stdout.write(f"{path.relative_to(room)}: {'out of step' if options.check else 'brought in step'}\n")
    return 1 if out_of_step and options.check else 0


def _bring(path: Path, said: Sequence[Sentence], *, writes: bool) -> bool:
    old = path.read_text(encoding="utf-8")
    new = serialize(synced(parse(old), said))
    if new != old and writes:
        path.write_text(new, encoding="utf-8")
    return new != old


if __name__ == "__main__":
    raise SystemExit(main())
