"""`translations`: how far each catalogue is, as a table for a reviewer, and back: from then on it is what the bot says."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from bot.commands.output import Json, print_json, print_table
from bot.county import read_county
from bot.errors import SettingsError
from bot.rules.identity import Language
from bot.settings import Settings
from bot.speaking import catalogue_path, catalogue_text
from locales.catalogue import packaged
from locales.formats import CHINESE
from locales.pofile import parse, serialize
from locales.review import Coverage, coverage, taken_up, written

COMPLETE: Final = frozenset({CHINESE, Language("ug")})
"""Languages in which nothing may be missing."""

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it an office program takes UTF-8 for something else."""


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Report, write out or take up."""
    languages = tuple(dict.fromkeys((CHINESE, *read_county(settings.county).languages)))
    match arguments.act:
        case "export":
            _export(arguments, settings, _one_of(languages, arguments.language))
        case "import":
            _import(arguments, settings, _one_of(languages, arguments.language))
        case _:
            return _status(settings, languages, as_json=getattr(arguments, "json", False))
    return 0


def _status(settings: Settings, languages: tuple[Language, ...], *, as_json: bool) -> int:
    found = {language: coverage(parse(catalogue_text(settings, language))) for language in languages}
    if as_json:
        print_json([_described(settings, language, each) for language, each in found.items()])
    else:
        header = ("language", "sentences", "translated", "missing", "reviewed", "the county's own")
        rows = [
            (
                language,
                str(each.sentences),
                str(each.translated),
                str(each.missing),
                str(each.reviewed),
                "yes" if catalogue_path(settings, language).exists() else "no",
            )
            for language, each in found.items()
        ]
        print_table(header, rows)
    return 1 if any(found[language].missing for language in COMPLETE & found.keys()) else 0


def _described(settings: Settings, language: Language, each: Coverage) -> Json:
    return {
        "language": language,
        "sentences": each.sentences,
        "translated": each.translated,
        "missing": each.missing,
        "reviewed": each.reviewed,
        "own": catalogue_path(settings, language).exists(),
    }


def _export(arguments: argparse.Namespace, settings: Settings, language: Language) -> None:
    own = parse(catalogue_text(settings, language))
    if arguments.format == "po":
        text = serialize(own)
    else:
        text = BYTE_ORDER_MARK + written(own, parse(catalogue_text(settings, CHINESE)))
    if arguments.output is None:
        sys.stdout.write(text.removeprefix(BYTE_ORDER_MARK))
        return
    _put(Path(arguments.output), text)
    print(
        f"{arguments.output}: {len(own.entries)} sentences; fill in `translation` and `reviewed`, then: translations import"
    )


def _import(arguments: argparse.Namespace, settings: Settings, language: Language) -> None:
    try:
        text = Path(arguments.file).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError((f"{arguments.file} cannot be read: {error.strerror}",)) from error
    except UnicodeDecodeError as error:
        raise SettingsError((f"{arguments.file}: is not UTF-8 text; save it as UTF-8",)) from error
    before = parse(catalogue_text(settings, language))
    after = taken_up(language, text, before)
    path = catalogue_path(settings, language)
    changed = sum(old != new for old, new in zip(before.entries, after.entries, strict=True))
    if changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        _put(path, serialize(after))
    now = coverage(after)
    print(
        f"{language}: {changed} sentences changed, {now.reviewed} of {now.sentences} reviewed, {now.missing} missing"
        + (f"; kept in {path}, shown from the next start of the bot" if changed else "")
    )


def _put(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        beside.replace(path)
    except OSError as error:
        raise SettingsError((f"{path}: cannot be written ({error.strerror})",)) from error


def _one_of(languages: tuple[Language, ...], asked: str) -> Language:
    language = Language(asked)
    if language not in languages:
        raise SettingsError((f"{asked}: the county offers {', '.join(languages)}",))
    packaged(language)
    return language
