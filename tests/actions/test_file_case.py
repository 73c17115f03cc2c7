"""A draft is sent: a case with a unit and a limit, a receipt, and a notice to those who must act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
import pytest

from bot.actions.draft import ANCHOR
from bot.actions.file_case import file_case, notices, series
from bot.rules.case import State
from bot.rules.chain import text_commitment
from bot.rules.county import Kind, Role, Urgency
from bot.rules.deadline import deadline_for
from bot.rules.dialog import Drafting, Idle
from bot.rules.due import Due, RemindStaff
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import RESIDENT, Channel, Concerned, Filed
from bot.rules.handling import possible
from bot.rules.identity import NEW_CASE, UnitId
from bot.rules.life import fold
from bot.rules.message import PROOF_HOLE, DraftCard, Picking, Receipt, TaskNotice
from bot.rules.slot import FILED as SLOT
from bot.rules.staff import Staff
from tests.support.builders import (
    ADMIN,
    COMPLAINT,
    CONDUCT,
    EVERYBODY,
    FILED_AT,
    LEAD,
    OFFICER,
    QAPQAL_TOWN,
    QIONGBOLA,
    RESIDENT_PERSON,
    ROADS,
    SUPERVISION,
    SUPERVISOR,
    TRANSPORT,
    WATER,
    WORDS,
    again_in,
    calendar,
    case_in,
    county,
    draft,
    sender,
    staff,
)
from tests.support.hours import shown, wall
from tests.support.known import desk


def filing(written: Drafting, everyone: Sequence[Staff] = EVERYBODY, now: datetime = FILED_AT) -> Effects:
    """File a draft as the resident, by the button of the card that is Telegram's message 7."""
    return file_case(desk(), sender(), written, everyone, now, pressed=7)


def fact_of(effects: Effects) -> Filed:
    """Return what the ledger will say."""
    fact = effects.cases[0].entries[0].fact
    assert isinstance(fact, Filed)
    return fact


def notified(effects: Effects) -> list[str]:
    """Return who is shown the task."""
    return [send.to for send in effects.sends if isinstance(send.message, TaskNotice)]


def test_filing_is_one_entry_by_the_resident() -> None:
    """The ledger gets the draft's facts, the limits of its class, and nobody's name."""
    (change,) = filing(draft()).cases
    (entry,) = change.entries
    limits = deadline_for(county().classes[COMPLAINT], FILED_AT, calendar())
    assert (entry.at, entry.actor, entry.case) == (FILED_AT, RESIDENT, NEW_CASE)
    assert entry.fact == Filed(
        kind=Kind.COMPLAINT,
        category=ROADS,
        township=QAPQAL_TOWN,
        unit=TRANSPORT,
        channel=Channel.BOT,
        urgency=Urgency.NORMAL,
        deadline_class=COMPLAINT,
        rule="accept 2h, handle 7d",
        accept_due_at=limits.accept_at,
        due_at=limits.handle_at,
        is_confidential=False,
        words=text_commitment((1).to_bytes(16, "big"), WORDS),
    )
    assert shown(limits.accept_at) == "2026-11-24 13:15"
    assert shown(limits.handle_at) == "2026-12-03 11:15"


def test_the_case_is_what_its_entry_tells() -> None:
    """What is written into the tables is the fold of what is written into the ledger, and the filer is behind it."""
    (change,) = filing(draft()).cases
    assert change.before is None
    assert change.after == fold(change.entries)
    assert (change.after.state, change.after.version) == (State.ASSIGNED, 1)
    assert (change.series, change.filer) == ("CB-2026", RESIDENT_PERSON)


def test_the_words_go_to_the_vault_and_their_salt_opens_the_ledger() -> None:
    """With the words and the salt from the vault anyone finds the commitment in the ledger; without them nobody does."""
    effects = filing(draft())
    (words,) = effects.words
    assert (words.case, words.slot, words.text) == (NEW_CASE, SLOT, WORDS)
    assert fact_of(effects).words == text_commitment(words.salt, words.text)
    assert fact_of(effects).words != text_commitment(words.salt, words.text + " ")


def test_two_filings_never_share_a_salt() -> None:
    """The same words filed twice look different in the ledger."""
    at_the_desk = desk()
    first, second = (file_case(at_the_desk, sender(), draft(), EVERYBODY, FILED_AT) for _ in range(2))
    assert fact_of(first).words != fact_of(second).words


def test_the_filer_holds_a_receipt_with_a_hole_for_its_proof() -> None:
    """Number and proof are what only the commit knows; the rest stands on the receipt already."""
    receipt = filing(draft()).sends[1]
    assert (receipt.to, receipt.priority) == (RESIDENT_PERSON, Priority.ANSWER)
    assert receipt.message == Receipt(
        case=NEW_CASE,
        unit=TRANSPORT,
        category=ROADS,
        township=QAPQAL_TOWN,
        due_at=wall("2026-12-03 11:15"),
        proof=PROOF_HOLE,
    )
    assert receipt.anchor is None


def test_the_card_stays_and_can_no_longer_be_pressed() -> None:
    """The pressed card keeps what was sent in sight, is edited in place, and is forgotten: it is no draft any more."""
    card = filing(draft()).sends[0]
    assert (card.to, card.replaces, card.anchor) == (RESIDENT_PERSON, 7, None)
    assert isinstance(card.message, DraftCard)
    assert (card.message.words, card.message.picking) == (WORDS, Picking.SENT)


def test_the_conversation_ends_and_the_next_draft_is_a_new_card() -> None:
    """After sending nothing is going on; the sent card stays as it was, and the place is remembered."""
    effects = filing(draft())
    assert (effects.dialog, effects.forget_anchor, effects.township) == (Idle(), ANCHOR, QAPQAL_TOWN)


def test_the_officer_is_shown_the_words() -> None:
    """A notice has all that is needed to act, waits behind answers, and can be edited later."""
    _, _, notice = filing(draft()).sends
    assert notice == Send(
        OFFICER.person,
        TaskNotice(
            case=NEW_CASE,
            state=State.ASSIGNED,
            kind=Kind.COMPLAINT,
            category=ROADS,
            township=QAPQAL_TOWN,
            unit=TRANSPORT,
            words=WORDS,
            filed_at=FILED_AT,
            accept_due_at=wall("2026-11-24 13:15"),
            due_at=wall("2026-12-03 11:15"),
            round=1,
            is_mine=False,
            steps=possible(county(), case_in(State.ASSIGNED), (OFFICER,), FILED_AT),
        ),
        Priority.NOTICE,
        anchor=f"task/{NEW_CASE}",
    )


SECOND_OFFICER = staff(Role.OFFICER, name="second")
BLOCKED = staff(Role.OFFICER, name="blocked", is_reachable=False)
ELSEWHERE = staff(Role.OFFICER, WATER, "elsewhere")


@pytest.mark.parametrize(
    ("everyone", "told"),
    [
        (EVERYBODY, [OFFICER]),
        ((*EVERYBODY, SECOND_OFFICER, ELSEWHERE), [OFFICER, SECOND_OFFICER]),
        ((ADMIN, SUPERVISOR, LEAD, ELSEWHERE), [LEAD]),
        ((ADMIN, LEAD, BLOCKED), [LEAD]),
        ((ADMIN, SUPERVISOR, ELSEWHERE, BLOCKED), [ADMIN]),
        ((SUPERVISOR, ELSEWHERE), []),
        ((), []),
    ],
    ids=["officer", "officers", "no officer", "officer blocked", "unit empty", "no admin", "nobody"],
)
def test_officers_hear_of_it_else_the_lead_else_the_admins(everyone: tuple[Staff, ...], told: list[Staff]) -> None:
    """A case always finds whoever is nearest to it and can be reached; a case that nobody hears of is filed all the same."""
    effects = filing(draft(), everyone)
    assert notified(effects) == [each.person for each in told]
    assert len(effects.cases) == 1


def test_reminders_are_planned_for_the_new_case() -> None:
    """Each moment of the plan is a due thing, named after the case that the commit will number."""
    planned = filing(draft()).planned
    assert [(due.key, shown(due.at)) for due in planned] == [
        ("?/1/unaccepted:0h", "2026-11-24 13:15"),
        ("?/1/unaccepted:4h", "2026-11-24 18:45"),
        ("?/1/before:50%", "2026-11-27 16:45"),
        ("?/1/before:1d", "2026-12-02 11:15"),
        ("?/1/before:4h", "2026-12-02 16:45"),
        ("?/1/overdue:0h", "2026-12-03 11:15"),
        ("?/1/overdue:1d", "2026-12-04 11:15"),
        ("?/1/overdue:3d", "2026-12-08 11:15"),
        ("?/1/fixed", "2026-12-03 11:15"),
    ]
    assert planned[2] == Due(
        key="?/1/before:50%",
        at=wall("2026-11-27 16:45"),
        task=RemindStaff(case=NEW_CASE, round=1, stage="before:50%", to=(Role.OFFICER,)),
    )


def test_praise_has_no_limit_and_no_reminders() -> None:
    """Praise goes to its unit and hurries nobody."""
    effects = filing(draft(kind=Kind.PRAISE))
    fact = fact_of(effects)
    assert (fact.deadline_class, fact.rule, fact.accept_due_at, fact.due_at) == (None, None, None, None)
    assert effects.planned == ()
    assert notified(effects) == [OFFICER.person]


def test_the_place_decides_where_a_rule_says_so() -> None:
    """A road in a township with a rule of its own goes to that township's government."""
    assert fact_of(filing(draft(township=QIONGBOLA))).unit == UnitId("gov-qiongbola")


def test_an_unknown_place_is_no_obstacle() -> None:
    """Who cannot say where files all the same, and their remembered place stays as it was."""
    effects = filing(draft(township=None))
    assert (fact_of(effects).township, effects.township) == (None, None)


def test_a_case_about_a_unit_goes_to_another_and_nobody_of_it_is_told() -> None:
    """Its supervisors neither; without being said so, the unit of the category has it."""
    watchdog = staff(Role.OFFICER, UnitId("discipline"), name="watchdog")
    everyone = (*EVERYBODY, watchdog, staff(Role.OFFICER, SUPERVISION, name="insider"))
    unsaid, said = draft(category=CONDUCT), msgspec.structs.replace(draft(category=CONDUCT), about=SUPERVISION)
    assert notified(filing(unsaid, everyone)) == [staff(Role.OFFICER, SUPERVISION, name="insider").person]
    effects = filing(said, everyone)
    (change,) = effects.cases
    assert [type(each.fact) for each in change.entries] == [Filed, Concerned]
    assert (change.after.unit, change.after.about, change.after.version) == ("discipline", SUPERVISION, 2)
    assert notified(effects) == [watchdog.person]
    alone = filing(said, EVERYBODY)
    assert SUPERVISOR.person not in {each.to for each in alone.sends}


def test_what_a_draft_was_about_counts_only_while_it_is_confidential() -> None:
    """Another category was chosen afterwards: then it is a matter like any other."""
    effects = filing(msgspec.structs.replace(draft(category=ROADS), about=TRANSPORT))
    assert (effects.cases[0].after.unit, effects.cases[0].after.about) == (TRANSPORT, None)


def test_a_case_about_an_official_is_confidential() -> None:
    """The category makes it so, and its class is the category's."""
    fact = fact_of(filing(draft(category=CONDUCT)))
    assert (fact.is_confidential, fact.deadline_class) == (True, "complex")


@pytest.mark.parametrize(
    ("local", "named"),
    [
        ("2026-12-31 23:59:59", "CB-2026"),
        ("2027-01-01 00:00:00", "CB-2027"),
        ("2027-01-01 07:59:59", "CB-2027"),
        ("2027-01-01 08:00:00", "CB-2027"),
    ],
)
def test_the_year_of_a_number_is_the_countys(local: str, named: str) -> None:
    """New year comes at midnight in the county, eight hours before it comes in UTC."""
    at = wall(local)
    assert series(county(), at) == named
    assert filing(draft(), now=at).cases[0].series == named


def test_another_county_has_numbers_of_its_own() -> None:
    """The prefix is the county file's."""
    assert series(replace(county(), case_prefix="XY"), FILED_AT + timedelta(days=365)) == "XY-2027"


def test_a_reopened_case_is_a_new_message() -> None:
    """The notice about a second attempt does not silently edit that about the first: it has to be noticed."""
    cases = (case_in(State.ASSIGNED), again_in(State.ASSIGNED))
    first, second = (notices(county(), case, WORDS, [OFFICER], FILED_AT)[0].anchor for case in cases)
    assert first is not None
    assert second is not None
    assert first != second
