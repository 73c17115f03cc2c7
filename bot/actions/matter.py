"""A case in front of an official: all that an act on it may need to know, and what every act on it leaves behind.

Invariant: whatever an official writes is sealed under the case's key, in a slot that its commitment in the ledger names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.actions.lines import task_anchor, task_notice
from bot.ports import Desk
from bot.rules.access import HANDLING
from bot.rules.case import Case
from bot.rules.chain import SALT_BYTES, text_commitment
from bot.rules.county import Role
from bot.rules.duty import is_time_for_duty, woken
from bot.rules.effect import CaseChange, Effects, Priority, Send, Words
from bot.rules.entry import AnyFact, CaseFact, Entry
from bot.rules.handling import Step, require_step
from bot.rules.identity import CaseNumber, Language, PersonId, StaffId
from bot.rules.life import evolve
from bot.rules.message import Message, News
from bot.rules.slot import said_slot
from bot.rules.staff import Staff, acting
from bot.rules.translation import Legible


@dataclass(frozen=True, slots=True)
class Matter:
    """What an act on a case begins with.

    Attributes:
        roles: all that the one who acts holds.
        words: what the resident wrote, as officials read it.
        voices: who stands behind the case.
        staff: every active official.
        pressed: Telegram's number of the message whose button was pressed.
        languages: those in which the voices read.
        is_linked: whoever phoned follows it in a chat of their own.
    """

    case: Case
    roles: tuple[Staff, ...]
    words: str | Legible
    voices: tuple[PersonId, ...]
    staff: tuple[Staff, ...]
    pressed: int | None = None
    languages: frozenset[Language] = frozenset()
    is_linked: bool = False

    @property
    def written(self) -> str:
        """Return the words alone."""
        return self.words if isinstance(self.words, str) else self.words.text

    def actor(self, desk: Desk, step: Step, now: datetime) -> Staff:
        """Return the role in which the one who acts does this; raises NotPermitted or IllegalTransition."""
        return require_step(desk.county, self.case, self.roles, step, now)


def sealed(desk: Desk, case: CaseNumber, text: str) -> tuple[str, Words]:
    """Commit to words: what the ledger holds of them, and what the vault does."""
    salt = desk.randomness.bytes(SALT_BYTES)
    commitment = text_commitment(salt, text)
    return commitment, Words(case, said_slot(commitment), text, salt)


def entry_of(case: Case, actor: StaffId | str, fact: AnyFact, now: datetime) -> Entry:
    """Write an entry about a case."""
    return Entry(at=now, actor=actor, case=case.number, fact=fact)


def changed(case: Case, actor: StaffId | str, facts: Sequence[CaseFact], now: datetime) -> CaseChange:
    """Bring a case on by what somebody did; raises IllegalTransition."""
    entries = tuple(entry_of(case, actor, fact, now) for fact in facts)
    after = case
    for entry in entries:
        after = evolve(after, entry)
    return CaseChange(case, after, entries)


def shown(
    desk: Desk, matter: Matter, case: Case, now: datetime, news: News | None, said: str | Legible | None = None
) -> Effects:
    """Show the one who acted where the case stands now: in place of what they pressed, else anew."""
    notice = task_notice(desk.county, case, matter.words, matter.roles, now, news=news, said=said)
    anchor = task_anchor(case.number, case.now.number)
    send = Send(matter.roles[0].person, notice, anchor=anchor, replaces=matter.pressed)
    return Effects(forget_anchor=None if matter.pressed else anchor, sends=(send,))


def told(  # noqa: PLR0913, PLR0917 (what is known, and what is new)
    desk: Desk,
    matter: Matter,
    case: Case,
    readers: Iterable[Staff],
    now: datetime,
    news: News,
    said: str | Legible | None = None,
) -> tuple[Send, ...]:
    """Tell other officials what happened to a case, each person once, as a new message; never whoever did it.

    In place of whoever is on leave their deputy is told; at night and on days off, of what cannot wait, whoever is on duty.
    """
    own = {each.person for each in matter.roles}
    if urgency_of(case) is Priority.ALARM and is_time_for_duty(desk.calendar, now):
        readers = _by_duty(case, matter.staff, tuple(readers), now)
    by_person: dict[PersonId, list[Staff]] = {}
    for each in filter(None, (acting(reader, matter.staff, now) for reader in readers)):
        if each.person not in own:
            by_person.setdefault(each.person, []).append(each)
    return tuple(
        Send(
            person,
            task_notice(desk.county, case, matter.words, roles, now, news=news, said=said),
            urgency_of(case),
        )
        for person, roles in by_person.items()
    )


def _by_duty(case: Case, staff: Sequence[Staff], readers: Sequence[Staff], now: datetime) -> Sequence[Staff]:
    """Put whoever is on duty in the place of the unit's people."""
    on_duty = woken(case.unit, staff, now)
    others = tuple(each for each in readers if each.unit != case.unit or each.role not in HANDLING)
    return (*on_duty, *others) if on_duty and len(others) < len(readers) else readers


def urgency_of(case: Case) -> Priority:
    """Return how officials are told of a case: at once, also at night, where its limits run day and night."""
    return Priority.ALARM if case.now.runs_round_the_clock else Priority.NOTICE


def to_voices(matter: Matter, message: Message) -> tuple[Send, ...]:
    """Tell everybody who stands behind a case."""
    return tuple(Send(person, message, Priority.NOTICE) for person in matter.voices)


def in_charge(matter: Matter, case: Case) -> tuple[Staff, ...]:
    """Return who handles a case now: whoever is in charge, else every officer of the unit, else its leads."""
    one = tuple(each for each in matter.staff if each.id == case.officer)
    if one:
        return one
    own = [each for each in matter.staff if each.unit == case.unit]
    officers = tuple(each for each in own if each.role is Role.OFFICER)
    return officers or tuple(each for each in own if each.role is Role.LEAD)


def watching(matter: Matter) -> tuple[Staff, ...]:
    """Return the supervisors who can be reached, else the admins."""
    reachable = [each for each in matter.staff if each.is_reachable]
    supervisors = tuple(each for each in reachable if each.role is Role.SUPERVISOR)
    return supervisors or tuple(each for each in reachable if each.role is Role.ADMIN)
