"""What the county file writes by language: a table with a key for each, `{ zh = "…", ug = "…" }`.

Invariant: any language may have a text, whether the county uses it or not, so that taking one out of use is one line.
"""

from __future__ import annotations

from types import MappingProxyType

from bot.county import forms
from bot.county.table import Table
from bot.rules.fault import Fault, because
from bot.rules.name import Name

CHINESE = "zh"


def name(table: Table) -> Name:
    """Read what a thing is called; Chinese must be there."""
    chinese = table.need(CHINESE, forms.TEXT)
    others = {language: table.need(language, forms.TEXT) for language in languages(table) if language != CHINESE}
    return Name(chinese, MappingProxyType(others))


def languages(table: Table) -> tuple[str, ...]:
    """Return the keys of a table that is written by language; any language may stand there, used in the county or not."""
    for key in table:
        if table.has(key) and not forms.is_language_code(key):
            table.complain(key, because(Fault.NO_LANGUAGE_KEY))
    return tuple(key for key in table if forms.is_language_code(key))
