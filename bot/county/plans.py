"""How a county follows up, pauses, limits and keeps: the sections that are a few lengths and numbers each.

Invariant: what counts from a deadline is office time, what counts from an answer or a closing is calendar time.
"""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Final

from bot.county import forms
from bot.county.bodies import Mentions
from bot.county.names import name
from bot.county.table import Table
from bot.rules.county import (
    Body,
    DigestPlan,
    Escalation,
    Limits,
    PausePlan,
    PrivacyPlan,
    RatingPlan,
    ReminderPlan,
    Role,
    Satisfaction,
    TranslationPlan,
    WarningColours,
    WatchPlan,
)
from bot.rules.disclosure import LEAST
from bot.rules.duty_plan import DutyPlan
from bot.rules.fault import Fault, because
from bot.rules.length import Length
from bot.rules.office import Office, Phone

COLOURS: Final = ("red", "orange", "yellow", "green", "blue", "purple", "brown", "black", "white")
"""The colours that have a round sign of their own in Unicode, and so can be shown in a chat."""


def reminders(table: Table) -> ReminderPlan:
    """Read when officials are told, and how far up."""
    return ReminderPlan(
        before=table.some("before", forms.BEFORE),
        repeat_unseen=table.need("repeat_unseen", forms.REPEAT),
        overdue=table.each("overdue", _escalation),
        unaccepted=table.each("unaccepted", _escalation),
        morning=table.flag("morning") if table.has("morning") else True,
    )


def _escalation(table: Table) -> Escalation:
    return Escalation(after=table.need("after", forms.AFTER), to=table.distinct("to", forms.member(Role, Fault.A_ROLE)))


def rating(table: Table) -> RatingPlan:
    """Read how long residents are asked and may change their mind."""
    return RatingPlan(
        reminders=table.sequence("reminders", forms.CALENDAR_LENGTH),
        close_after=table.need("close_after", forms.CALENDAR_LENGTH),
        change_within=table.need("change_within", forms.CALENDAR_LENGTH),
        reopen_within=table.need("reopen_within", forms.CALENDAR_LENGTH),
        follow_up=table.sequence("follow_up", forms.CALENDAR_LENGTH),
    )


def pause(table: Table) -> PausePlan:
    """Read how often and how long the clock may stop."""
    return PausePlan(times=table.need("times", forms.count(0)), longest=table.need("longest", forms.LIMIT))


def limits(table: Table) -> Limits:
    """Read how much of one person is handled at once."""
    return Limits(
        updates=table.need("updates", forms.count(1)),
        per=timedelta(seconds=table.need("seconds", forms.count(1))),
    )


def privacy(table: Table) -> PrivacyPlan:
    """Read how long words are kept, and what is too few to be shown."""
    return PrivacyPlan(
        retention=table.need("retention", forms.CALENDAR_LENGTH),
        smallest_cell=table.need("smallest_cell", forms.count(LEAST)),
        smallest_ranked=table.need("smallest_ranked", forms.count(1)),
    )


def digest(table: Table) -> DigestPlan:
    """Read what the county holds its figures against; a county that says nothing has the usual."""
    usual = DigestPlan()
    return DigestPlan(
        satisfaction=table.may("satisfaction", forms.member(Satisfaction, Fault.A_WAY_OF_COUNTING)) or usual.satisfaction,
        minimum_solved=_share(table, "minimum_solved", usual.minimum_solved),
        minimum_on_time=_share(table, "minimum_on_time", usual.minimum_on_time),
    )


def objection(table: Table) -> Length:
    """Read how long a unit can object to its scorecard before it is published."""
    return table.need("objection", forms.LIMIT)


def duty(table: Table, mentions: Mentions) -> DutyPlan:
    """Read which duties the county keeps; what it says nothing of is the usual."""
    usual = DutyPlan()
    units = table.distinct("units", mentions.unit) if table.has("units") else usual.units
    change, silence = table.may("change", forms.TIME), table.may("silence", forms.REAL_TIME)
    return DutyPlan(
        units=units,
        is_for_county=table.flag("county"),
        change=change or usual.change,
        silence=usual.silence if silence is None else timedelta(seconds=silence.amount),
    )


def _share(table: Table, key: str, usual: Fraction) -> Fraction:
    percent = table.may(key, forms.PERCENT)
    return usual if percent is None else Fraction(percent.amount, 100)


def translation(table: Table) -> TranslationPlan:
    """Read how long a translation may take; what a county does not say is as usual."""
    usual = TranslationPlan()
    return TranslationPlan(
        limit=table.may("limit", forms.LIMIT) or usual.limit,
        urgent=table.may("urgent", forms.REPEAT) or usual.urgent,
        before=table.some("before", forms.BEFORE) if table.has("before") else usual.before,
        overdue=table.each("overdue", _escalation) if table.has("overdue") else usual.overdue,
    )


def office(table: Table) -> Office:
    """Read how the county can be reached; what it says nothing of is not told."""
    return Office(phones=table.each_if_any("phone", _phone), address=table.inner_if_any("address", name))


def _phone(table: Table) -> Phone:
    return Phone(number=table.need("number", forms.PHONE), name=table.inner("name", name))


def warning(table: Table) -> WarningColours:
    """Read the colours of warnings."""
    colour = forms.one_of(COLOURS, Fault.A_COLOUR)
    return WarningColours(
        near=table.need("near", colour), behind=table.need("behind", colour), overdue=table.need("overdue", colour)
    )


def watch(table: Table) -> WatchPlan:
    """Read what the county calls too much; what it says nothing of is as usual."""
    usual = WatchPlan()

    def at_least(key: str, otherwise: int) -> int:
        return table.may(key, forms.count(1)) or otherwise

    plan = WatchPlan(
        old_days=at_least("old_days", usual.old_days),
        very_old_days=at_least("very_old_days", usual.very_old_days),
        urgings=at_least("urgings", usual.urgings),
        transfers=at_least("transfers", usual.transfers),
        repeats=at_least("repeats", usual.repeats),
        translations=at_least("translations", usual.translations),
        answer=table.may("answer", forms.LIMIT) or usual.answer,
        bodies=table.each_if_any("body", _body),
    )
    if plan.very_old_days < plan.old_days:
        table.complain("very_old_days", because(Fault.LESS_THAN_OLD))
    return plan


def _body(table: Table) -> Body:
    return Body(id=table.need("id", forms.ID), name=table.inner("name", name))
