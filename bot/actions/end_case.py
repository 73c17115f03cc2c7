"""A supervisor ends a case without resolving it: refused by law, or merged into another one about the same thing."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from bot.actions.ask_translation import answered
from bot.actions.matter import Matter, changed, in_charge, sealed, shown, told, watching
from bot.errors import NotFound
from bot.ports import Desk
from bot.rules.case import Case, State
from bot.rules.dialog import Idle
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import Merged, Refused, VoiceAdded
from bot.rules.handling import Law, Step
from bot.rules.identity import PersonId
from bot.rules.message import CaseMerged, CaseRefused, News
from bot.rules.staff import Staff
from bot.rules.translation import Legible


def refuse_case(desk: Desk, matter: Matter, law: Law, reason: str, now: datetime) -> Effects:
    """Refuse a case; everybody behind it hears by which article, why, and what they may do instead.

    Raises:
        NotPermitted: the one who refuses is no supervisor.
        IllegalTransition: the case has moved on.
    """
    supervisor = matter.actor(desk, Step.REFUSE, now)
    case = matter.case
    readers = in_charge(matter, case)
    commitment, words = sealed(desk, case.number, reason)
    change = changed(case, supervisor.id, (Refused(law=law.in_ledger, reason=commitment),), now)
    following, asked = answered(desk, change.after, (words.slot, reason), matter.languages, matter.staff, now)
    message = CaseRefused(case=case.number, law=law, reason=reason, following=following)
    done = Effects(
        cases=(change,),
        words=(words,),
        dialog=Idle(),
        cancelled=(f"{case.number}/{case.now.number}/",),
        sends=(
            *(Send(person, message, Priority.NOTICE) for person in matter.voices),
            *told(desk, matter, change.after, readers, now, News.REFUSED, reason),
        ),
    )
    return done + asked + shown(desk, matter, change.after, now, News.REFUSED, reason)


def merge_case(
    desk: Desk, matter: Matter, into: Case, present: Iterable[PersonId], now: datetime, words: str | Legible = ""
) -> Effects:
    """Let a case go on as another one, which those behind it join; whoever handles that one reads what was filed here.

    Args:
        into: the open case that it goes on as; only one that is as confidential as it.
        present: who stands behind that one already.
        words: what was filed there, as officials read it.

    Raises:
        NotPermitted: the one who merges is no supervisor.
        IllegalTransition: the case has moved on.
        NotFound: it cannot go on as the other one.
    """
    supervisor = matter.actor(desk, Step.MERGE, now)
    case = matter.case
    if not may_go_on_as(case, into):
        raise NotFound
    change = changed(case, supervisor.id, (Merged(into=into.number),), now)
    already = set(present)
    joining = tuple(person for person in matter.voices if person not in already)
    facts = tuple(VoiceAdded(voice=into.voices + place) for place, _ in enumerate(joining, start=1))
    message = CaseMerged(case=case.number, into=into.number, unit=into.unit, due_at=into.now.due_at)
    handling = watching(matter) if into.state is State.TRIAGE else in_charge(matter, into)
    joined = (replace(changed(into, supervisor.id, facts, now), joining=joining),) if joining else ()
    done = Effects(
        cases=(change, *joined),
        dialog=Idle(),
        cancelled=(f"{case.number}/{case.now.number}/",),
        sends=(
            *(Send(person, message, Priority.NOTICE) for person in matter.voices),
            *told(desk, matter, change.after, in_charge(matter, case), now, News.MERGED, into.number),
            *_merged_in(desk, matter, joined[0].after if joined else into, handling, words, now),
        ),
    )
    return done + shown(desk, matter, change.after, now, News.MERGED, into.number)


def may_go_on_as(case: Case, into: Case) -> bool:
    """Say whether a case can be merged into another one: it is open, and no more people may see it, and no fewer."""
    return (
        into.number != case.number
        and into.is_open
        and (into.is_confidential, into.about) == (case.is_confidential, case.about)
    )


def _merged_in(
    desk: Desk, matter: Matter, into: Case, handling: Iterable[Staff], words: str | Legible, now: datetime
) -> tuple[Send, ...]:
    """Tell whoever handles the case that goes on; where the words of the other cannot be read yet, its number."""
    other = dataclasses.replace(matter, case=into, words=words)
    return told(desk, other, into, handling, now, News.MERGED_IN, matter.words if matter.written else matter.case.number)
