"""What is written behind /digest and /scorecard: a period and whose, as people say it, in any language of the county.

Invariant: what is left over when period and area are understood makes the whole not understood; nothing is guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from bot.rules.county import County
from bot.rules.period import Period, Stretch, parse_period, period_of
from bot.rules.spelling import is_ending, short_place
from handlers.resident.phrases import even

LONGEST: Final = 200
"""Characters: no name of a unit with a period is longer."""

WRITTEN: Final = {
    Stretch.WEEK: "{year}-W{index:02d}",
    Stretch.MONTH: "{year}-{index:02d}",
    Stretch.QUARTER: "{year}-Q{index}",
}

_UYGHUR_WEEK: Final = "ھەپت[ەى]"
"""Its last vowel weakens before an ending."""
_ENDING: Final = "(?:ى|نىڭ|ىنىڭ|دىكى|لىق|سى|سىنىڭ)?(?!\\w)"
"""Of Uyghur words: of, in, -ly."""
_YEAR: Final = (
    "(?:(?P<year>[0-9]{4})(?: ?年度?|-? ?يىل(?:ى|نىڭ|ىنىڭ|لىق)?|[-/.])? ?"
    "|(?P<this>今年|本年度?|بۇ يىل(?:نىڭ)?) ?|(?P<last>去年|上年度?|ئۆتكەن يىل(?:نىڭ)?|ئالدىنقى يىل(?:نىڭ)?|بۇلتۇر) ?)?的?"
)
_INDEX: Final = "(?<![0-9])(?P<index>[0-9]{1,2})"
_INDEXED: Final = {
    Stretch.WEEK: (f"第? ?{_INDEX} ?(?:个?星期|周)", f"{_INDEX}-? ?{_UYGHUR_WEEK}{_ENDING}", f"w ?{_INDEX}(?![0-9])"),
    Stretch.MONTH: (f"{_INDEX} ?月份?(?!末|底|初)", f"{_INDEX}-? ?ئاي{_ENDING}"),
    Stretch.QUARTER: (f"第? ?{_INDEX} ?季度?", f"{_INDEX}-? ?پەسىل{_ENDING}", f"q ?{_INDEX}(?![0-9])"),
}
_PATTERNS: Final = tuple(
    (stretch, re.compile(_YEAR + pattern)) for stretch, patterns in _INDEXED.items() for pattern in patterns
)
_NUMERIC: Final = re.compile("(?<![0-9])(?P<year>[0-9]{4}) ?[-/.] ?(?P<index>[0-9]{1,2})(?![0-9]|[-/.][0-9])")
_ONE_YEAR: Final = re.compile(f"(?<![0-9])(?P<year>[0-9]{{4}})(?: ?年度?|-? ?يىل{_ENDING}|(?![0-9\\w/.-]))")
_THIS: Final = "本|这一?个?|当"
_LAST: Final = "上一?个?"
_RELATIVE: Final = tuple(
    (stretch, re.compile(f"(?:(?:{_THIS})(?:{chinese})|بۇ {uyghur}{_ENDING})"), re.compile(last))
    for stretch, chinese, uyghur, last in (
        (Stretch.WEEK, "周|星期", _UYGHUR_WEEK, f"{_LAST}(?:周|星期)|(?:ئۆتكەن|ئالدىنقى) {_UYGHUR_WEEK}{_ENDING}"),
        (Stretch.MONTH, "月份?", "ئاي", f"{_LAST}月份?|(?:ئۆتكەن|ئالدىنقى) ئاي{_ENDING}"),
        (Stretch.QUARTER, "季度?", "پەسىل", f"{_LAST}季度?|(?:ئۆتكەن|ئالدىنقى) پەسىل{_ENDING}"),
        (Stretch.YEAR, "年度?", "يىل", f"去年|{_LAST}年度?|(?:ئۆتكەن|ئالدىنقى) يىل{_ENDING}|بۇلتۇر{_ENDING}"),
    )
)
_THIS_YEAR: Final = re.compile("今年")
_REPORTS: Final = {
    Stretch.WEEK: re.compile("周报|ھەپتىلىك(?: دوكلات)?"),
    Stretch.MONTH: re.compile("月报|ئايلىق(?: دوكلات)?"),
    Stretch.QUARTER: re.compile("季报|پەسىللىك(?: دوكلات)?"),
    Stretch.YEAR: re.compile("年报|يىللىق(?: دوكلات)?"),
}
_WHOLE: Final = re.compile("全县|本县|پۈتۈن ناھىيە(?:نىڭ)?")
_IDLE: Final = re.compile("报告|情况|دوكلات(?:ى)?|^的|的$|^县(?=..)")
_NUMERALS: Final = re.compile(
    "(?<![上这本])(?:[〇零一二三四五六七八九]+|[一二三四五]?十[一二三四五六七八九]?)(?=年|月|季|周|个?星期)"
)
"""A year sign by sign, or a number with its ten; not the one of "this one week"."""
_DIGITS: Final = {sign: str(digit) for digit, sign in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_UNSEEN: Final = re.compile("[\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_HAN: Final = re.compile("[\u3400-\u9fff]{2,}")
_MONTHS: Final = (
    "يانۋار", "فېۋرال", "مارت", "ئاپرېل", "ماي", "ئىيۇن", "ئىيۇل", "ئاۋغۇست", "سېنتەبىر", "ئۆكتەبىر", "نويابىر", "دېكابىر",
)  # fmt: skip
_MONTH_NAMES: Final = re.compile(f"(?<!\\w)(?P<name>{'|'.join(_MONTHS)})(?: ئېيى)?{_ENDING}")
_FEWEST_LETTERS: Final = 4
"""With which a name in letters may begin and be known."""


class Wanted(NamedTuple):
    """What somebody asks for.

    Attributes:
        period: none where none was named.
        area: as buttons carry it: nothing for the county, `u:` and a unit, `t:` and a township.
    """

    period: Period | None
    area: str


def wanted(text: str, county: County, now: datetime) -> Wanted:
    """Understand what is asked for; a week, month or quarter without its year is the last that has begun.

    Raises:
        ValueError: it says no period and names nobody in the county, or says more than that.
    """
    plain = _plain(text[:LONGEST])
    if not plain:
        return Wanted(None, "")
    area = _exact(plain, county)
    if area is not None:
        return Wanted(None, area)
    period, rest = _period(plain, county, now)
    rest = _rest(rest)
    area = _area(rest, county) if rest else ""
    if area is None:
        raise ValueError(text)
    return Wanted(period, area)


def _plain(text: str) -> str:
    """Make even what does not matter: width and case, invisible signs, digits of other scripts, numerals in words."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
    text = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    text = _NUMERALS.sub(lambda found: _number(found[0]), re.sub("[–—−]", "-", text))
    return _MONTH_NAMES.sub(lambda found: f"{_MONTHS.index(found['name']) + 1}-ئاي", " ".join(text.split()))


def _number(numerals: str) -> str:
    """Write numerals in digits: a year sign by sign, anything else by its tens."""
    tens, ten, ones = numerals.partition("十")
    if not ten:
        return "".join(_DIGITS[sign] for sign in numerals)
    return (_DIGITS[tens] if tens else "1") + (_DIGITS[ones] if ones else "0")


def _period(text: str, county: County, now: datetime) -> tuple[Period | None, str]:
    """Take the period out of a text; what stood before and after it is left."""
    zone = county.hours.zone
    for stretch, pattern in (*_PATTERNS, (Stretch.MONTH, _NUMERIC)):
        if found := pattern.search(text):
            return _indexed(stretch, found, county, now), _without(text, found)
    if found := _ONE_YEAR.search(text):
        return parse_period(found["year"], zone), _without(text, found)
    for stretch, this, last in _RELATIVE:
        if found := last.search(text):
            return period_of(stretch, now, zone).previous(), _without(text, found)
        if found := this.search(text) or (_THIS_YEAR.search(text) if stretch is Stretch.YEAR else None):
            return period_of(stretch, now, zone), _without(text, found)
    for stretch, report in _REPORTS.items():
        if found := report.search(text):
            return period_of(stretch, now, zone), _without(text, found)
    return None, text


def _indexed(stretch: Stretch, found: re.Match[str], county: County, now: datetime) -> Period:
    """Return the period of that number in the year named, else the last of that number that has begun."""
    zone, named, index = county.hours.zone, found.groupdict(), int(found["index"])
    year = int(period_of(Stretch.YEAR, now, zone).text)
    if named.get("last"):
        return parse_period(WRITTEN[stretch].format(year=year - 1, index=index), zone)
    if named["year"] or named.get("this"):
        return parse_period(WRITTEN[stretch].format(year=named["year"] or year, index=index), zone)
    # The first week of a year may begin in the one before it; week 53 is in one year of five or six.
    for each in range(year + 1, year - 8, -1):
        try:
            period = parse_period(WRITTEN[stretch].format(year=each, index=index), zone)
        except ValueError:
            continue
        if period.begins_at <= now:
            return period
    raise ValueError(found[0])


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _rest(text: str) -> str:
    """Take out what says nothing beside a period: "report", "of", the county itself."""
    for report in (*_REPORTS.values(), _WHOLE):
        text = report.sub(" ", text)
    return _IDLE.sub(" ", text.strip()).strip(" ,，、;；:：·的")


def _area(text: str, county: County) -> str | None:
    """Return whose name it is: whole, or shortened so that it can be only one's."""
    exact = _exact(text, county)
    if exact is not None:
        return exact
    asked = even(text)
    alike = {area for area, name in _names(county) if asked and _shortens(asked, name)}
    return alike.pop() if len(alike) == 1 else None


def _exact(text: str, county: County) -> str | None:
    asked = even(text)
    names = [(area, even(name)) for area, name in _names(county)]
    whole = [area for area, name in names if name == asked]
    ending = [area for area, name in names if asked.startswith(name) and is_ending(asked, len(name))] if asked else []
    return next(iter((*whole, *ending)), None)


def _names(county: County) -> Iterator[tuple[str, str]]:
    """Go through all that areas are called; townships without what says that they are come last."""
    yield from (("", name) for name in (county.name.zh, *county.name.others.values()))
    for unit in county.units.values():
        yield from ((f"u:{unit.id}", name) for name in (unit.name.zh, *unit.name.others.values(), unit.id))
    for township in county.townships.values():
        yield from ((f"t:{township.id}", name) for name in (township.name.zh, *township.name.others.values(), township.id))
    yield from ((f"t:{each.id}", short_place(each.name.zh)) for each in county.townships.values())


def _shortens(asked: str, name: str) -> bool:
    """Say whether a name is shortened: in Chinese by leaving signs out after the first, in letters by its beginning."""
    if _HAN.fullmatch(asked) and _HAN.fullmatch(name):
        signs = iter(name)
        return asked[0] == name[0] and all(sign in signs for sign in asked)
    return len(asked) >= _FEWEST_LETTERS and even(name).startswith(asked)
