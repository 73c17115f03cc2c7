"""The public board as a page of HTML that needs nothing but the files beside it: no script, no other machine.

Invariant: every text stands in the tree as text, so that nothing in it can become markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from bot.rules.identity import Language
from locales.board import MARK, Cell, Heading, Section, Sheet, Table

TAGS: Final[Mapping[Language, str]] = {Language("zh_Hans_CN"): "zh-Hans-CN"}
"""BCP 47 tags that are not the language's own short code."""


def page_name(place: int, language: Language) -> str:
    """Name the page of a language; the county's first is what a browser opens."""
    return "index.html" if place == 0 else f"{language}.html"


def board_page(sheet: Sheet, languages: Sequence[tuple[Language, str]]) -> bytes:
    """Lay the board out.

    Args:
        languages: each with what it calls itself, in the order of the county file.
    """
    direction = "rtl" if sheet.is_right_to_left else "ltr"
    page = Element("html", {"lang": tag_of(sheet.body_language), "dir": direction})
    _head(page, sheet)
    body = SubElement(page, "body")
    _languages(body, sheet, languages)
    main = SubElement(body, "main")
    _heading(SubElement(main, "header"), "h1", sheet.heading)
    for sentence in sheet.lead:
        SubElement(main, "p", {"class": "lead"}).text = sentence
    for section in sheet.sections:
        _section(main, section, sheet)
    _check(main, sheet)
    return f"<!doctype html>\n{tostring(page, encoding='unicode', method='html')}\n".encode()


def tag_of(language: Language) -> str:
    """Name a language as HTML does."""
    return TAGS.get(language, language)


def _head(page: Element, sheet: Sheet) -> None:
    head = SubElement(page, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"})
    SubElement(head, "title").text = sheet.heading.text
    SubElement(head, "link", {"rel": "stylesheet", "href": "board.css"})


def _languages(body: Element, sheet: Sheet, languages: Sequence[tuple[Language, str]]) -> None:
    bar = SubElement(body, "nav", {"aria-label": sheet.languages_label})
    for place, (language, name) in enumerate(languages):
        attributes = {"href": page_name(place, language), "lang": tag_of(language)}
        if language == sheet.language:
            attributes["aria-current"] = "page"
        SubElement(bar, "a", attributes).text = name


def _heading(parent: Element, level: str, heading: Heading) -> None:
    line = SubElement(parent, level)
    if heading.beside:
        SubElement(line, "span", {"class": "upright", "lang": "sjo"}).text = heading.beside
    SubElement(line, "span").text = heading.text


def _section(main: Element, section: Section, sheet: Sheet) -> None:
    part = SubElement(main, "section")
    _heading(part, "h2", section.heading)
    if section.note:
        SubElement(part, "p").text = section.note
    for table in section.tables:
        parent = part
        if table.is_folded:
            parent = SubElement(part, "details")
            SubElement(parent, "summary").text = table.caption
        elif not table.rows or not table.head:
            SubElement(parent, "h3").text = table.caption
        if table.rows:
            _table(parent, table, sheet)
        if table.note:
            SubElement(parent, "p", {"class": "note"}).text = table.note


def _table(parent: Element, table: Table, sheet: Sheet) -> None:
    if not table.head:
        explained = SubElement(parent, "dl")
        for name, (cell, *_) in table.rows:
            SubElement(explained, "dt").text = name
            SubElement(explained, "dd").text = cell.value
        return
    frame = SubElement(parent, "div", {"class": "frame", "role": "region", "tabindex": "0", "aria-label": table.caption})
    # The roles are said, as a narrow screen lays the cells out in tiles, where some browsers forget what a table is.
    grid = SubElement(frame, "table", {"role": "table"})
    if not table.is_folded:
        SubElement(grid, "caption").text = table.caption
    line = SubElement(SubElement(grid, "thead", {"role": "rowgroup"}), "tr", {"role": "row"})
    for title in table.head:
        SubElement(line, "th", {"scope": "col", "role": "columnheader"}).text = title
    lines = SubElement(grid, "tbody", {"role": "rowgroup"})
    for name, cells in table.rows:
        line = SubElement(lines, "tr", {"role": "row"})
        SubElement(line, "th", {"scope": "row", "role": "rowheader"}).text = name
        for figure, cell in zip(table.head[1:], cells, strict=True):
            _cell(SubElement(line, "td", {"role": "cell", "data-figure": figure}), cell, sheet.kept_back)


def _cell(place: Element, cell: Cell, kept_back: str) -> None:
    if not cell.value:
        SubElement(place, "span", {"class": "kept", "title": kept_back, "aria-label": kept_back, "role": "img"}).text = MARK
        return
    SubElement(place, "bdi", {"dir": "ltr"}).text = cell.value
    if cell.parts:
        SubElement(place, "bdi", {"dir": "ltr", "class": "parts"}).text = cell.parts
    if cell.share is not None:
        bar = SubElement(place, "span", {"class": "bar", "aria-hidden": "true"})
        SubElement(bar, "span", {"style": f"inline-size:{cell.share * 100:.1f}%"})


def _check(main: Element, sheet: Sheet) -> None:
    part = SubElement(main, "section")
    _heading(part, "h2", sheet.check.heading)
    SubElement(part, "p").text = sheet.check.note
    SubElement(part, "pre", {"dir": "ltr", "tabindex": "0"}).text = "\n".join(sheet.commands)
    files = SubElement(part, "ul", {"class": "files"})
    for link in sheet.links:
        line = SubElement(files, "li")
        SubElement(line, "a", {"href": link.path}).text = link.about
        SubElement(line, "bdi", {"dir": "ltr", "class": "path"}).text = link.path
