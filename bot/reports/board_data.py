"""The public board as open data: a table of weeks, a table of months, and everything as one JSON object.

Invariant: a figure that is kept back has its line and no numbers, so that what is kept back is itself visible.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import StringIO
from typing import Final, TypeAlias

import msgspec

from bot.rules.board import Board, Page, Share, Shown
from bot.rules.chain import instant
from bot.rules.county import County
from bot.rules.digest import wilson
from bot.rules.name import Name

HEADER: Final = ("period", "scope", "id", "name", "figure", "is_shown", "n", "of", "rate", "low", "high")
COUNTY, UNIT, TOWNSHIP = "county", "unit", "township"

_Json: TypeAlias = "str | int | float | bool | list[_Json] | dict[str, _Json] | None"


def board_table(pages: Iterable[Page], county: County) -> bytes:
    """Write pages as CSV in UTF-8 with a byte order mark, which spreadsheets need; a line for each figure."""
    out = StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(HEADER)
    for page in pages:
        for scope, part, name, shown in _scopes(page, county):
            for figure, share in shown.items():
                table.writerow((page.period, scope, part, name, figure, *_numbers(share)))
    return out.getvalue().encode("utf-8-sig")


def board_json(board: Board, county: County, made_at: datetime, checkpoint: str | None) -> bytes:
    """Write everything as one object; null stands for what is kept back, and for a rate without a denominator."""
    named: dict[str, _Json] = {
        "county": {"code": county.code, "name": _name(county.name)},
        "made_at": instant(made_at),
        "checkpoint": checkpoint,
        "units": {unit: _name(known.name) for unit, known in county.units.items()},
        "townships": {township: _name(known.name) for township, known in county.townships.items()},
        "weeks": [_page(page) for page in board.weeks],
        "months": [_page(page) for page in board.months],
    }
    return msgspec.json.format(msgspec.json.encode(named), indent=2) + b"\n"


def _page(page: Page) -> _Json:
    units: dict[str, _Json] = {unit: _figures(shown) for unit, shown in sorted(page.units.items())}
    townships: dict[str, _Json] = {
        str(township or ""): _figures(shown)
        for township, shown in sorted(page.townships.items(), key=lambda each: str(each[0]))
    }
    return {"period": page.period, "county": _figures(page.county), "units": units, "townships": townships}


def _figures(shown: Shown) -> dict[str, _Json]:
    return {figure: None if share is None else _figure(share) for figure, share in shown.items()}


def _figure(share: Share) -> dict[str, _Json]:
    low, high = wilson(share.n, share.of) if share.of else (None, None)
    return {"n": share.n, "of": share.of, "rate": share.rate, "low": low, "high": high}


def _scopes(page: Page, county: County) -> Iterator[tuple[str, str, str, Shown]]:
    yield COUNTY, county.code, county.name.zh, page.county
    for unit, shown in sorted(page.units.items()):
        known = county.units.get(unit)
        yield UNIT, unit, known.name.zh if known else unit, shown
    for township, shown in sorted(page.townships.items(), key=lambda each: str(each[0] or "")):
        place = county.townships.get(township) if township else None
        yield TOWNSHIP, township or "", place.name.zh if place else township or "", shown


def _numbers(share: Share | None) -> tuple[object, ...]:
    if share is None:
        return ("no", "", "", "", "", "")
    low, high = wilson(share.n, share.of) if share.of else ("", "")
    rate = share.rate
    return ("yes", share.n, "" if share.of is None else share.of, "" if rate is None else rate, low, high)


def _name(name: Name) -> dict[str, _Json]:
    return {"zh_Hans_CN": name.zh, **{language: text for language, text in name.others.items()}}  # noqa: C416 (a Mapping)
