"""Entries stay readable for ever: kinds never change, hold only plain facts, and come back as they were written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.errors import LedgerBroken
from bot.rules.chain import (
    COLUMNS,
    GENESIS,
    LARGEST,
    NAME,
    LedgerRow,
    commitment,
    entry_hash,
    read,
    salts_needed,
    write,
)
from bot.rules.entry import KINDS, AnyFact, Closed, Closing, Entry, Fact, Filed, Resolved
from bot.rules.export import export_line
from bot.rules.identity import CaseNumber, UnitId
from bot.rules.page import read_all

PINNED: Final[Mapping[tuple[str, int], str]] = {
    ("filed", 1): "kind Kind, category str, township str?, unit str, channel Channel, urgency Urgency, deadline_class str?, "
    "rule str?, accept_due_at datetime?, due_at datetime?, is_confidential bool, words str",
    ("accepted", 1): "unit str",
    ("resolved", 1): "unit str, answer str",
    ("rated", 1): "round int, voice int, solved Solved, score int?",
    ("visited", 1): "visit str, unit str?, township str, households int, firms int",
    ("rated", 2): "round int, voice int, solved Solved, score int?, source Source",
    ("reopened", 1): "round int, reason ReopenReason, rule str?, accept_due_at datetime?, due_at datetime?",
    ("closed", 1): "round int, how Closing",
    ("withdrawn", 1): "",
    ("reminder_decided", 1): "round int, stage str, role Role, staff str?",
    ("reminder_told", 1): "round int, stage str, staff str?, was_told bool",
    ("reminder_seen", 1): "round int, stage str",
    ("invited", 1): "role Role, unit str?, township str?",
    ("invited", 2): "role Role, unit str?, township str?, language str?, link str, expires_at datetime",
    ("leave_taken", 1): "staff str, begins_at datetime, ends_at datetime, deputy str?",
    ("leave_ended", 1): "staff str",
    ("shift_entered", 1): "staff str, unit str?, begins_at datetime, ends_at datetime",
    ("shift_dropped", 1): "staff str, unit str?, begins_at datetime, ends_at datetime",
    ("group_linked", 1): "unit str",
    ("groups_unlinked", 1): "unit str",
    ("staff_ended", 1): "staff str",
    ("joined", 1): "staff str, role Role, unit str?, township str?, confirmed_by str?",
    ("joined", 2): (
        "staff str, role Role, unit str?, township str?, language str?, confirmed_by str?, link str, holder str, chat str"
    ),
    ("update_retried", 1): "number int",
    ("card_shown", 1): "period str, unit str, lines str, until datetime",
    ("card_objected", 1): "period str, unit str, words str",
    ("objection_answered", 1): "period str, unit str, words str",
    ("points_given", 1): "period str, unit str, indicator str, points int, words str",
    ("points_decided", 1): "period str, unit str, indicator str, given_by str, is_confirmed bool",
    ("card_published", 1): "period str, unit str, lines str, tenths int, possible int",
    ("survey_pledged", 1): "period str, pledge str",
    ("survey_begun", 1): "period str, seed str, asked int",
    ("survey_ended", 1): "period str, answered int",
    ("survey_counted", 1): "period str, unit str, question str, good int, fair int, poor int",
    ("county_changed", 1): "file str, changes int",
    ("update_dropped", 1): "number int, received_at datetime",
    ("project_judged", 1): "project str, score int, is_again bool",
    ("milestone_reached", 1): "project str, unit str, words str",
    ("milestone_pictured", 1): "project str, place int, slot str, media str, size int, content str",
    ("photos_erased", 1): "project str, place int",
    ("meeting_held", 1): "meeting str, unit str?, township str?, people int, raised int, seconds int, adopted int",
    ("press_refused", 1): "button str",
    ("code_renewed", 1): "",
    ("code_closed", 1): "tries int",
    ("invitation_refused", 1): "role Role?, unit str?",
    ("proposal_noted", 1): "proposal str, visit str, unit str?, township str, words str",
    ("measure_set", 1): "proposal str, staff str, unit str?, due_at datetime, words str?",
    ("measure_done", 1): "proposal str, words str",
    ("proposal_dropped", 1): "proposal str, words str",
    ("sign_raised", 1): "sign str, subject str, unit str?, grade int, n int, of int?, usual int?, days int, cases str",
    ("sign_graded", 1): "sign str, unit str?, grade int, n int, of int?, usual int?, days int, cases str",
    ("sign_over", 1): "sign str",
    ("sign_asked", 1): "sign str, unit str, answer_by datetime, words str?",
    ("sign_answered", 1): "sign str, words str",
    ("sign_referred", 1): "sign str, body str, words str",
    ("sign_closed", 1): "sign str, words str",
    ("restored", 1): "entries int, skipped int",
    ("transferred", 1): "unit str, reason str",
    ("assigned", 1): "unit str, category str, accept_due_at datetime?, reason str?, is_final bool",
    ("asked", 1): "question str, until datetime, due_at datetime?",
    ("resumed", 1): "because Resuming, due_at datetime?, words str?",
    ("extension_asked", 1): "length str, due_at datetime, reason str",
    ("extension_granted", 1): "due_at datetime",
    ("extension_denied", 1): "reason str?",
    ("reclassified", 1): "deadline_class str?, rule str?, accept_due_at datetime?, due_at datetime?, is_longer bool, "
    "reason str?",
    ("reassigned", 1): "staff str",
    ("unit_added", 1): "unit str",
    ("unit_released", 1): "unit str",
    ("refused", 1): "law str, reason str",
    ("merged", 1): "into str",
    ("voice_added", 1): "voice int",
    ("voice_left", 1): "voice int",
    ("voice_returned", 1): "voice int",
    (
        "counted",
        1,
    ): "round int, week str, begins_at datetime, ends_at datetime, unit str, category str, deadline_class str?, "
    "is_confidential bool, received bool, accepted_in_time bool?, in_time bool?, handled bool?, answered bool?, "
    "solved bool?, reopened bool?",
    ("voice_counted", 1): "round int, week str, unit str, is_confidential bool, satisfied bool?",
    ("week_counted", 1): "week str, begins_at datetime, ends_at datetime, attempts int, voices int",
    ("week_counted", 2): "week str, begins_at datetime, ends_at datetime, attempts int, voices int",
    ("callback_drawn", 1): "round int, counted str",
    ("callback_asked", 1): "round int",
    ("seed_published", 1): "since int, until int, seed str",
    ("added", 1): "voice int, words str?",
    ("urged", 1): "voice int",
    ("person_asked", 1): "voice int",
    ("called_back", 1): "round int, solved Solved",
    ("concerned", 1): "about str",
    ("replied", 1): "words str?, stock str?",
    ("announced", 1): "words str",
    ("noted", 1): "words str",
    ("translated", 1): "slot str, language str, words str",
    ("file_added", 1): "slot str, media str, size int, content str",
    ("looked", 1): "at_what Look",
    ("identity_asked", 1): "voice int, reason str",
    ("identity_decided", 1): "voice int, asked_by str, is_granted bool",
    ("followed_up", 1): "round int, stage str, voice int, solved Solved",
    ("fixed_said", 1): "round int, voice int, solved Solved",
    ("commented", 1): "round int, voice int, words str",
    ("tie_cut", 1): "voice int",
    ("content_erased", 1): "because Erasing",
    ("voice_linked", 1): "voice int",
}
"""What each kind holds. A line here never changes once a ledger has such an entry: add the next version instead."""

AT: Final = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
PLAIN: Final = (str, int, bool, datetime)


def type_of(hint: Any) -> tuple[type, bool]:
    """Resolve a field's annotation to its type and whether it may be absent."""
    if get_origin(hint) is UnionType or NoneType in get_args(hint):
        (present,) = set(get_args(hint)) - {NoneType}
        return type_of(present)[0], True
    found = getattr(hint, "__supertype__", hint)
    assert isinstance(found, type)
    return found, False


def fields_of(fact: type[Fact]) -> dict[str, tuple[type, bool]]:
    """List a kind's fields with their types."""
    hints = get_type_hints(fact)
    return {name: type_of(hints[name]) for name in fact.__struct_fields__}


texts = st.text(st.characters(codec="utf-8"), max_size=12)
instants = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(lambda at: at.replace(microsecond=0, tzinfo=UTC))  # noqa: DTZ001 (drawn naive)


def values(kind: type, *, may_be_absent: bool) -> st.SearchStrategy[Any]:
    """Draw what a field of this type may hold."""
    plain: dict[type, st.SearchStrategy[Any]] = {
        str: texts,
        int: st.integers(-LARGEST, LARGEST),
        bool: st.booleans(),
        datetime: instants,
    }
    drawn = st.sampled_from(list(kind)) if issubclass(kind, StrEnum) else plain[kind]
    return st.none() | drawn if may_be_absent else drawn


def facts_of(fact: type[AnyFact]) -> st.SearchStrategy[AnyFact]:
    """Draw a fact of a kind."""
    return st.builds(
        fact, **{name: values(kind, may_be_absent=may_be_absent) for name, (kind, may_be_absent) in fields_of(fact).items()}
    )


facts: st.SearchStrategy[AnyFact] = st.one_of([facts_of(fact) for fact in KINDS.values()])
entries = st.builds(Entry, at=instants, actor=texts, case=st.none() | texts.map(CaseNumber), fact=facts)


def row_of(entry: Entry, seq: int = 1, previous: bytes = GENESIS) -> LedgerRow:
    """Write an entry with salts that anyone can make again."""
    return write(entry, seq=seq, salts=bytes(index % 251 for index in range(salts_needed(entry))), previous=previous)


def read_among_others(row: LedgerRow) -> Entry:
    """Read a line as an audit does that reads many: between two honest ones."""
    _, found, last = read_all([msgspec.structs.astuple(each)[:7] for each in (CLOSED, row, RESOLVED)])
    assert last == read(RESOLVED)
    return found


BOTH_WAYS: Final = (read, read_among_others)


def test_kinds_never_change() -> None:
    """Every kind holds what it held when it was first written; a new kind or version is pinned here at once."""
    described = {
        key: ", ".join(
            f"{name} {kind.__name__}{'?' if may_be_absent else ''}"
            for name, (kind, may_be_absent) in fields_of(fact).items()
        )
        for key, fact in KINDS.items()
    }
    assert described == PINNED


def test_a_kind_is_known_by_its_own_name_and_version() -> None:
    """No two classes write the same kind and version, and every class is known."""
    assert [(fact.KIND, fact.VERSION) for fact in KINDS.values()] == list(KINDS)
    assert set(KINDS.values()) == set(Fact.__subclasses__())


@pytest.mark.parametrize("fact", KINDS.values(), ids=lambda fact: fact.__name__)
def test_a_fact_is_plain_and_its_names_can_be_hashed(fact: type[Fact]) -> None:
    """Text, integers, yes or no, instants: nothing nested, no float; no name that hides a column."""
    for name, (kind, _) in fields_of(fact).items():
        assert kind in PLAIN or issubclass(kind, StrEnum)
        assert NAME.fullmatch(name)
        assert name not in COLUMNS


@given(entries)
def test_an_entry_comes_back_as_it_was_written(entry: Entry) -> None:
    """What is read from a line is what was decided, and writing it again gives the same line."""
    row = row_of(entry)
    assert read(row) == read_among_others(row) == entry
    assert row_of(read(row)) == row


@given(facts)
def test_facts_cannot_be_changed(fact: AnyFact) -> None:
    """A fact is a value."""
    for name in fact.__struct_fields__ or ("anything",):
        with pytest.raises(AttributeError):
            setattr(fact, name, None)


CLOSED: Final = row_of(
    Entry(at=AT, actor="clock", case=CaseNumber("CB-2026-000001"), fact=Closed(round=1, how=Closing.RATED))
)
RESOLVED: Final = row_of(
    Entry(at=AT, actor="s-0123456789ab", case=None, fact=Resolved(unit=UnitId("water"), answer="a" * 64))
)


@pytest.mark.parametrize(
    "facts_text",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"how":"rated"}',
        '{"how":"rated","round":1,"zest":1}',
        '{"how":"dozed","round":1}',
        '{"how":"rated","round":"1"}',
        '{"how":"rated","round":true}',
        '{"how":"rated","round":1.0}',
        '{"how":"rated","round":null}',
        '{"round":1,"how":"rated"}',
        '{"how":"rated", "round":1}',
        '{"how":"rated","how":"rated","round":1}',
        '{"how":"\\u0072ated","round":1}',
        '{"how":"rated","round":9007199254740992}',
        '{"how":"rated","round":123456789012345678901234567890}',
        '{"how":"\ud800","round":1}',
    ],
)
def test_no_line_is_read_that_was_not_written_so(facts_text: str) -> None:
    """Missing, unknown, misplaced, mistyped and otherwise written facts are refused by their sequence number."""
    for reading in BOTH_WAYS:
        with pytest.raises(LedgerBroken) as caught:
            reading(replace(CLOSED, seq=17, facts=facts_text))
        assert caught.value.seq == 17


@pytest.mark.parametrize(
    "at",
    [
        "2026-11-24T08:30:00",
        "2026-11-24T08:30:00+00:00",
        "2026-11-24T16:30:00+08:00",
        "2026-11-24T08:30:00.5Z",
        "2026-11-24T08:30:00.500000Z",
        "2026-11-24T08:30:00.000000Z",
        "2026-11-24T24:00:00Z",
        "２０２６-11-24T08:30:00Z",
        "2026-11-24 08:30:00Z",
        "2026-11-24T08:30Z",
        "2026-11-24T08:30:00z",
        "2026-W48-2T08:30:00Z",
        "2026-11-24",
        "yesterday",
        "",
    ],
)
def test_an_instant_is_written_in_one_way(at: str) -> None:
    """Any other writing of a moment is not what `write` wrote: neither as the entry's, nor within its facts."""
    filed = row_of(Entry(at=AT, actor="resident", case=CaseNumber("CB-2026-000001"), fact=FILED))
    assert read(filed).fact == FILED
    for row in (replace(CLOSED, at=at), replace(filed, facts=filed.facts.replace("2026-11-24T08:30:00Z", at))):
        for reading in BOTH_WAYS:
            with pytest.raises(LedgerBroken):
                reading(row)


FILED: Final = msgspec.convert(
    {
        "kind": "complaint",
        "category": "water",
        "township": None,
        "unit": "water",
        "channel": "bot",
        "urgency": "normal",
        "deadline_class": None,
        "rule": None,
        "accept_due_at": AT,
        "due_at": None,
        "is_confidential": False,
        "words": "0" * 64,
    },
    Filed,
)


@pytest.mark.parametrize(("kind", "version"), [("closed", 2), ("closed", 0), ("Closed", 1), ("", 1), ("accepted", 1)])
def test_a_line_of_another_kind_is_not_read(kind: str, version: int) -> None:
    """A kind from the future, and facts under another kind's name, are refused."""
    for reading in BOTH_WAYS:
        with pytest.raises(LedgerBroken):
            reading(replace(CLOSED, kind=kind, version=version))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("version", True),
        ("at", None),
        ("at", 1),
        ("actor", None),
        ("case_number", 1),
        ("facts", None),
        ("facts", b"{}"),
        ("seq", "1"),
    ],
)
def test_a_line_with_a_column_of_another_type_is_not_read(column: str, value: object) -> None:
    """What a damaged database hands over is refused as a broken line, with no other error."""
    for reading in BOTH_WAYS:
        with pytest.raises(LedgerBroken):
            reading(replace(CLOSED, **{column: value}))


def test_an_instant_has_a_zone_and_is_written_in_utc() -> None:
    """A naive instant is refused; another zone's is the same moment."""
    with pytest.raises(ValueError, match="without a zone"):
        row_of(Entry(at=AT.replace(tzinfo=None), actor="clock", case=None, fact=Closed(round=1, how=Closing.LEFT)))
    there = AT.astimezone(timezone(timedelta(hours=8)))
    entry = Entry(at=there, actor="clock", case=None, fact=Closed(round=1, how=Closing.LEFT))
    assert row_of(entry).at == "2026-11-24T08:30:00Z"


def test_a_public_line_shows_what_is_named_and_nothing_else() -> None:
    """An export names what it shows; every other field, and its salt, stays hidden."""
    line = msgspec.json.decode(export_line(RESOLVED, shown={"unit", "version", "no such field"}))
    assert list(line) == ["seq", "version", "facts", "salts", "withheld", "entry_hash", "chain_hash"]
    assert line["facts"] == {"unit": "water"}
    assert set(line["salts"]) == {"unit", "version"}
    assert set(line["withheld"]) == {"actor", "at", "case", "entry", "answer"}
    hidden = export_line(RESOLVED, shown=())
    assert b"water" not in hidden
    assert RESOLVED.salts[:16].hex().encode() not in hidden


def test_an_export_line_carries_all_that_verifies_it() -> None:
    """From the line alone the entry hash is found again, whatever is withheld."""
    for row in (CLOSED, RESOLVED):
        for shown in (None, (), ("unit", "at"), COLUMNS):
            line = json.loads(export_line(row, shown))
            held = {name: line[name] for name in COLUMNS & set(line)} | line["facts"]
            digests = [commitment(bytes.fromhex(salt), name, held[name]) for name, salt in line["salts"].items()]
            digests += map(bytes.fromhex, line["withheld"].values())
            assert entry_hash(digests).hex() == line["entry_hash"] == row.entry_hash.hex()
            assert (line["seq"], line["chain_hash"]) == (row.seq, row.chain_hash.hex())
            assert set(line["salts"]) == set(held)
