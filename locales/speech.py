"""One language, speaking: sentences of the catalogue with values put in, names of the county, dates in words.

Invariant: in a language written from right to left every value that runs to the right stands in an isolate of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from bot.rules.case import State
from bot.rules.county import County, Kind, Role
from bot.rules.entry import Solved
from bot.rules.identity import CategoryId, ClassId, Language, ProjectId, TownshipId, UnitId
from locales import formats
from locales.catalogue import Catalogues, Phrase, fill
from locales.formats import Grain
from locales.markup import Html, bold, cleaned, escape, isolated, led_to_the_left, on_one_line, runs_only_left
from locales.pofile import Key
from locales.terms import KINDS, LEVELS, ROLES, SOLVED, STATES


class Speech:
    """Says things in one language.

    Plain text comes from `text` and `counted`, Telegram HTML from `heading`, `line` and `paragraph`; there, fields that are
    not `Html` yet are escaped.
    """

    def __init__(self, county: County, catalogues: Catalogues, language: Language) -> None:
        self.county = county
        self.language = language
        self._catalogues = catalogues
        self._locale = formats.locale_of(language)
        self._is_rtl = formats.is_rtl(language)
        self._names: dict[Phrase, str] = {}
        self._lines: dict[Key, Html] = {}
        self._escaped: dict[Key, tuple[Html, ...]] = {}
        """What never changes while the catalogues are in memory: what is said without a value, and sentences made safe."""

    @property
    def is_right_to_left(self) -> bool:
        """Say whether the language is written from right to left."""
        return self._is_rtl

    @property
    def takes_chinese_beside(self) -> bool:
        """Say whether Chinese may stand under the language by its reader's choice."""
        return self._catalogues.takes_chinese_beside(self.language)

    def reads(self, language: Language) -> bool:
        """Say whether what is said here is in a language too: it is the reader's, or always stands beside theirs."""
        return language in {self.language, self._catalogues.own(self.language).beside}

    def beside(self, phrase: Phrase) -> str:
        """Say a name in the language's own script alone, where Chinese stands beside it; else nothing."""
        own = self._catalogues.own(self.language)
        return own.find((phrase.context, phrase.msgid)) if own.beside else ""

    def text(self, phrase: Phrase, **fields: str) -> str:
        """Say a name or a button, on one line."""
        if not fields and phrase in self._names:
            return self._names[phrase]
        texts = self._catalogues.said(self.language, (phrase.context, phrase.msgid))
        said = self._led(" ".join(self._put(text, fields) for text in texts))
        if not fields:
            self._names[phrase] = said
        return said

    def paragraph(self, phrase: Phrase, **fields: str) -> Html:
        """Say a sentence that lies in a table."""
        return self._html((phrase.context, phrase.msgid), fields)

    def in_every_language(self, phrase: Phrase) -> tuple[Html, ...]:
        """Say a sentence in bold in each language of the county that has it, in the order of the county file."""
        key = (phrase.context, phrase.msgid)
        said = (self._catalogues.own(language).find(key) for language in self.county.languages)
        return tuple(bold(escape(text)) for text in said if text)

    def line(self, msgid: str, **fields: str) -> Html:
        """Say a sentence."""
        return self._html(("", msgid), fields)

    def heading(self, msgid: str, **fields: str) -> Html:
        """Say a sentence in bold."""
        return bold(self._html(("", msgid), fields))

    def counted(self, one: str, many: str, count: int) -> str:
        """Say something countable; `many` is the English plural, for translators only."""
        del many
        texts = self._catalogues.said(self.language, ("", one), count)
        return self._put(texts[-1], {"count": formats.number(count, self._locale)})

    def _html(self, key: Key, fields: Mapping[str, str]) -> Html:
        if fields:
            return self._filled(key, fields)
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = self._filled(key, fields)
        return line

    def _filled(self, key: Key, fields: Mapping[str, str]) -> Html:
        texts = self._escaped.get(key)
        if texts is None:
            texts = self._escaped[key] = tuple(escape(text) for text in self._catalogues.said(self.language, key))
        safe: Mapping[str, str] = {name: escape(value) for name, value in fields.items()}
        if self._is_rtl:
            safe = {name: self._inserted(value) for name, value in safe.items()}
        return Html(self._led("\n".join([fill(text, safe) for text in texts])))

    def _led(self, text: str) -> str:
        return led_to_the_left(text) if self._is_rtl else text

    def _put(self, template: str, fields: Mapping[str, str]) -> str:
        return fill(template, {name: self._inserted(value) for name, value in fields.items()}) if fields else template

    def _inserted(self, value: str) -> str:
        return isolated(value) if self._is_rtl and not runs_only_left(value) else value

    def given(self, text: str) -> str:
        """Put what a person wrote into a sentence: on one line, and without power over the direction of what follows."""
        value = on_one_line(text)
        return value if self._is_rtl else isolated(value)  # in those languages every value is isolated

    def county_name(self) -> str:
        """Name the county."""
        return cleaned(self.county.name.within(self.language))

    def language_name(self, language: Language) -> str:
        """Name a language as it names itself; one that has no catalogue is named by its id."""
        return self._catalogues.name_of(language)

    def unit(self, unit: UnitId) -> str:
        """Name a unit; one that the county file no longer has is named by its id."""
        known = self.county.units.get(unit)
        return cleaned(known.name.within(self.language) if known else unit)

    def township(self, township: TownshipId | None) -> str:
        """Name a township, or say that none was given."""
        if township is None:
            return self.text(NO_TOWNSHIP)
        known = self.county.townships.get(township)
        return cleaned(known.name.within(self.language) if known else township)

    def project(self, project: ProjectId) -> str:
        """Name a livelihood project."""
        known = next((each for each in self.county.projects if each.id == project), None)
        return cleaned(known.name.within(self.language) if known else project)

    def category(self, category: CategoryId) -> str:
        """Name a category."""
        known = self.county.categories.get(category)
        return cleaned(known.name.within(self.language) if known else category)

    def deadline_class(self, deadline_class: ClassId) -> str:
        """Name a deadline class."""
        known = self.county.classes.get(deadline_class)
        return cleaned(known.name.within(self.language) if known else deadline_class)

    def kind(self, kind: Kind) -> str:
        """Name a kind."""
        return self.text(KINDS[kind])

    def state(self, state: State) -> str:
        """Name a state."""
        return self.text(STATES[state])

    def role(self, role: Role) -> str:
        """Name a role."""
        return self.text(ROLES[role])

    def solved(self, solved: Solved) -> str:
        """Name an answer to "is it solved?"."""
        return self.text(SOLVED[solved])

    def level(self, score: int) -> str:
        """Name a degree of satisfaction, 1 to 5."""
        return self.text(LEVELS[score])

    def join(self, items: Sequence[str], between: Phrase | None = None) -> str:
        """List things in one line, as the language lists them unless a pair of them is said to be joined `between`."""
        if not items:
            return ""
        joined, *rest = (self._inserted(item) for item in items)
        for place, item in enumerate(rest, start=2):
            pair = between or (AND if place == len(items) else COMMA)
            joined = fill(self._last(pair), {"left": joined, "right": item})
        return self._led(joined)

    def _last(self, phrase: Phrase) -> str:
        return self._catalogues.said(self.language, (phrase.context, phrase.msgid))[-1]

    def number(self, value: int) -> str:
        """Write a count."""
        return formats.number(value, self._locale)

    def percent(self, rate: Fraction) -> str:
        """Write a rate, one decimal, rounded half up."""
        return formats.percent(rate, self._locale)

    def percent_of(self, rate: float) -> str:
        """Write one end of an interval."""
        return formats.percent_of(rate, self._locale)

    def signed(self, value: int) -> str:
        """Write the change of a count."""
        return formats.signed(value, self._locale)

    def signed_points(self, change: Fraction) -> str:
        """Write the change of a rate in percentage points."""
        return formats.signed_points(change, self._locale)

    def points(self, distance: Fraction) -> str:
        """Write how far two rates lie apart, in percentage points; a minus says that the first is the smaller."""
        return formats.points(distance, self._locale)

    def moment(self, at: datetime) -> str:
        """Write an instant in full: day, weekday and time."""
        return self._written(at, MOMENT)

    def short_moment(self, at: datetime, now: datetime) -> str:
        """Write an instant for a list, with its year only where that is not this one."""
        zone = self.county.hours.zone
        is_this_year = at.astimezone(zone).year == now.astimezone(zone).year
        return self._written(at, SHORT_MOMENT if is_this_year else SHORT_MOMENT_WITH_YEAR)

    def month(self, at: datetime) -> str:
        """Write the month of an instant."""
        return self._written(at, MONTH)

    def short_day(self, at: datetime) -> str:
        """Write the day of an instant without its year."""
        return self._written(at, SHORT_DAY)

    def _written(self, at: datetime, phrase: Phrase) -> str:
        return formats.instant(at, self._last(phrase), self._locale, self.county.hours.zone)

    def length(self, length: timedelta) -> str:
        """Say a length of time, as it is left or has passed."""
        return self._length(formats.stretch(length))

    def length_at_most(self, length: timedelta) -> str:
        """Say within which length of time something was done."""
        return self._length(formats.bound(length))

    def _length(self, grains: Sequence[tuple[Grain, int]]) -> str:
        told = [self._grains(grain, count) for grain, count in grains]
        return self.text(BOTH_GRAINS, longer=told[0], shorter=told[1]) if len(told) > 1 else told[0]

    def _grains(self, grain: Grain, count: int) -> str:
        match grain:
            case Grain.DAY:
                # tr: A length of time, as in "3 days left".
                return self.counted("{count} day", "{count} days", count)
            case Grain.HOUR:
                # tr: A length of time, as in "3 hours left".
                return self.counted("{count} hour", "{count} hours", count)
            case Grain.MINUTE:
                # tr: A length of time, as in "20 minutes left".
                return self.counted("{count} minute", "{count} minutes", count)


# tr: Stands where the place of a matter would be, when the resident gave none.
NO_TOWNSHIP = Phrase("place", "not given")
# tr: Two things in a list, not the last two. In Chinese the mark is 、
COMMA = Phrase("list", "{left}, {right}")
# tr: The last two things of a list.
AND = Phrase("list", "{left} and {right}")
# tr: Two lengths of time that belong together, as in "1 day 5 hours".
BOTH_GRAINS = Phrase("length", "{longer} {shorter}")
# tr: CLDR date pattern of a deadline: 2026年11月27日（星期五）18:30. Words of your own stand between '...'.
MOMENT = Phrase("date pattern", "EEEE d MMMM y, HH:mm")
# tr: CLDR date pattern of a moment in a list: 11月27日 18:30.
SHORT_MOMENT = Phrase("date pattern", "d MMMM, HH:mm")
# tr: CLDR date pattern of a moment in a list, when it is not in this year: 2027年1月4日 18:30.
SHORT_MOMENT_WITH_YEAR = Phrase("date pattern", "d MMMM y, HH:mm")
# tr: CLDR date pattern of a day whose year is known: 11月27日.
SHORT_DAY = Phrase("date pattern", "d MMMM")
# tr: CLDR date pattern of a month: 2026年11月.
MONTH = Phrase("date pattern", "MMMM y")
