"""What a decision brings about, as plain values. The store applies all of it in one transaction, or nothing.

An effect names what it was decided on: a case change carries the case it started from, and is valid on that version only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

import msgspec
from msgspec.structs import astuple, replace

from bot.rules.caller import CallerCode, Linked, WrongCode
from bot.rules.case import Case
from bot.rules.county import Role
from bot.rules.dialog import Conversation
from bot.rules.due import Due
from bot.rules.entry import Entry
from bot.rules.erasure import Erasure
from bot.rules.file import Media
from bot.rules.identity import CaseNumber, FileId, Language, PersonId, SignNumber, StaffId, TownshipId, UnitId
from bot.rules.measure import Proposal
from bot.rules.meeting import MeetingChange
from bot.rules.message import Hearing, Message
from bot.rules.project import ProjectChange
from bot.rules.rebuff import Rebuffs
from bot.rules.staff import Invitation, Leave, Shift, Staff
from bot.rules.translation import Translation
from bot.rules.unit_group import GroupCode
from bot.rules.warning_life import Sign


class CaseChange(msgspec.Struct, frozen=True):
    """Entries about one case, and the case before and after them.

    Attributes:
        before: what it was decided on; None for a new case, whose number is then NEW_CASE everywhere.
        series: for a new case what its number begins with, such as CB-2026.
        filer: for a new case the person who stands behind it as voice 1; None: whoever phoned has no chat.
        joining: who stands behind it from now on too, as the next voices, in the order of the entries that say so.
        leaving: who stands behind it no longer, as the voices that they were.
    """

    before: Case | None
    after: Case
    entries: tuple[Entry, ...]
    series: str | None = None
    filer: PersonId | None = None
    joining: tuple[PersonId, ...] = ()
    leaving: tuple[int, ...] = ()

    def then(self, later: CaseChange) -> CaseChange:
        """Make one change of two.

        Raises:
            ValueError: the later one was not decided on what this one leaves.
        """
        if later.before != self.after:
            raise ValueError(self.after.number)
        return replace(
            self,
            after=later.after,
            entries=self.entries + later.entries,
            joining=self.joining + later.joining,
            leaving=self.leaving + later.leaving,
        )


class Words(msgspec.Struct, frozen=True):
    """Words that go to the vault under the case's key.

    Attributes:
        slot: which words of the case: `filed`, `answer/1` for the answer of round 1, `said/…` for what was said otherwise.
        salt: 16 bytes; with the text it opens the commitment in the ledger.
    """

    case: CaseNumber
    slot: str
    text: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class TranslationChange:
    """A text to be translated before and after a step with it; `before` is None for one that is newly asked for."""

    before: Translation | None
    after: Translation


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is remembered of a translation, by normalised sentence (`bot.rules.memory`), in place of what was before."""

    item: Translation
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SignWords:
    """Words about a sign, sealed beside it; the newest of a slot takes the place of those before.

    Attributes:
        slot: `note`, `answer`, `referral` or `closing`.
        salt: as in Words.
    """

    sign: SignNumber
    slot: str
    text: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class SignChange:
    """Entries about one sign, and the sign before and after them; `before` is None for a new one."""

    before: Sign | None
    after: Sign
    entries: tuple[Entry, ...]
    words: tuple[SignWords, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposalChange:
    """An entry about one proposal, and the proposal before and after it; `before` is None for a new one."""

    before: Proposal | None
    after: Proposal
    entry: Entry


@dataclass(frozen=True, slots=True)
class Fetch:
    """A file to fetch from Telegram, for whoever sent it; it is theirs alone until it is kept in a case.

    Attributes:
        source: what Telegram calls it; sealed while it waits.
    """

    file: FileId
    person: PersonId
    media: Media
    source: str


@dataclass(frozen=True, slots=True)
class Keep:
    """A person's file that belongs to a case from now on, fetched or not; the ledger has it once both are so.

    Attributes:
        slot: whose and what, as in the entry FileAdded.
        actor: who added it, as in an entry.
    """

    file: FileId
    case: CaseNumber
    slot: str
    actor: str


@dataclass(frozen=True, slots=True)
class Drop:
    """A person's file that is not wanted after all; one that a case keeps stays."""

    file: FileId
    person: PersonId


@dataclass(frozen=True, slots=True)
class HouseWords:
    """Words that belong to no case; with the salt they open the commitment in the ledger, which is their slot."""

    slot: str
    text: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class Turn:
    """What was decided on, other than a case: by name, and how many entries it had; somebody quicker has it decided anew."""

    name: str
    before: int


@dataclass(frozen=True, slots=True)
class SurveyToken:
    """Somebody may answer once in a survey about a unit; `digest` is the SHA-256 of what they hold."""

    digest: str
    period: str
    unit: UnitId


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """What somebody answered, by question; none: they would rather not. The token is burnt with it."""

    digest: str
    verdicts: tuple[tuple[str, str], ...]


class Priority(IntEnum):
    """What goes first: alarms at their true moment, answers to a person's own act, then notices, which keep the hours."""

    ALARM = -1
    ANSWER = 0
    NOTICE = 1


class Told(msgspec.Struct, frozen=True):
    """Which decided reminder a message carries, so that delivery can enter whether it arrived."""

    case: CaseNumber
    round: int
    stage: str
    role: Role
    staff: StaffId | None


class Send(msgspec.Struct, frozen=True):
    """A message for a person.

    Attributes:
        anchor: a name under which the sent message is remembered; the next one of that name edits it in place.
        replaces: Telegram's number of the message to edit, when a button of it was pressed.
        tells: the reminders that it carries.
        not_before: when its reader may be written to; an earlier answer of theirs lets it go (`bot.rules.courtesy`).
    """

    to: PersonId
    message: Message
    priority: Priority = Priority.ANSWER
    anchor: str | None = None
    replaces: int | None = None
    tells: tuple[Told, ...] = ()
    not_before: datetime | None = None


class Effects(msgspec.Struct, frozen=True):
    """All that one update or one due thing brings about; adding two gives both, in order.

    Attributes:
        entries: ledger entries that change no case.
        dialog: the sender's conversation from now on; None leaves it.
        language, township, hearing, is_beside: the sender's settings from now on; None leaves them.
        forget_anchor: the next message of that anchor is sent anew.
        planned: due things to add; one whose key exists is left as it is.
        cancelled: key prefixes of due things that no longer apply.
        erased: what is destroyed, before anything else of this is written.
        left: whose role ends.
        leaves: the leave of officials from now on; None: they are back.
        group_codes: one-time codes for work groups; `group_linked` is the hash of one that was written in the sender's.
        groups_unlinked: units to which no group is linked any more.
        shifts_entered, shifts_dropped: who is on duty from now on, and who no longer.
        ended: whose conversations end, other than the sender's.
        meetings: what changes in residents' meetings.
        projects: what changes of livelihood projects.
        invitation_asked: an invitation that the sender opened, and that now waits for an admin's word.
        retried, given_up: updates that were set aside, by their number in the inbox: handled again, dropped for good.
        survey_tokens: who may answer in a survey; survey_answers: what was answered; surveys_ended: by their period.
        house_words: words that belong to no case.
        turns: what else this was decided on.
        county: the text of the county file that is in force from now on.
        codes: by which callers may link their cases to a chat of their own.
        wrong_codes: guesses that are counted, so that there are few of them.
        rebuffs: how often people were refused in a way that is entered, so that they do not fill the ledger.
        proposals: what changes of what was proposed on them.
        linked: who is the first voice of which case from now on, by its code.
    """

    cases: tuple[CaseChange, ...] = ()
    entries: tuple[Entry, ...] = ()
    words: tuple[Words, ...] = ()
    sends: tuple[Send, ...] = ()
    dialog: Conversation | None = None
    language: Language | None = None
    township: TownshipId | None = None
    hearing: Hearing | None = None
    is_beside: bool | None = None
    forget_anchor: str | None = None
    planned: tuple[Due, ...] = ()
    cancelled: tuple[str, ...] = ()
    fetches: tuple[Fetch, ...] = ()
    kept: tuple[Keep, ...] = ()
    dropped: tuple[Drop, ...] = ()
    ended: tuple[PersonId, ...] = ()
    joined: tuple[Staff, ...] = ()
    invitation_used: str | None = None
    invitation_asked: str | None = None
    invited: tuple[Invitation, ...] = ()
    erased: tuple[Erasure, ...] = ()
    leaves: tuple[tuple[StaffId, Leave | None], ...] = ()
    left: tuple[StaffId, ...] = ()
    shifts_entered: tuple[tuple[StaffId, Shift], ...] = ()
    shifts_dropped: tuple[tuple[StaffId, Shift], ...] = ()
    group_codes: tuple[GroupCode, ...] = ()
    group_linked: str | None = None
    groups_unlinked: tuple[UnitId, ...] = ()
    signs: tuple[SignChange, ...] = ()
    county: str | None = None
    house_words: tuple[HouseWords, ...] = ()
    survey_tokens: tuple[SurveyToken, ...] = ()
    survey_answers: tuple[SurveyAnswer, ...] = ()
    surveys_ended: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    codes: tuple[CallerCode, ...] = ()
    wrong_codes: tuple[WrongCode, ...] = ()
    rebuffs: tuple[Rebuffs, ...] = ()
    linked: tuple[Linked, ...] = ()
    proposals: tuple[ProposalChange, ...] = ()
    meetings: tuple[MeetingChange, ...] = ()
    retried: tuple[int, ...] = ()
    given_up: tuple[int, ...] = ()
    projects: tuple[ProjectChange, ...] = ()
    translations: tuple[TranslationChange, ...] = ()
    remembered: tuple[Remembered, ...] = ()

    def __add__(self, other: Effects) -> Effects:
        """Bring about both: lists follow each other, and of two settings the later one holds."""
        if self is NOTHING:
            return other
        changed: dict[str, object] = {}
        for name, value in zip(other.__struct_fields__, astuple(other), strict=True):
            if value or value is False:
                changed[name] = getattr(self, name) + value if isinstance(value, tuple) else value
        return replace(self, **changed) if changed else self

    def then(self, later: Effects) -> Effects:
        """Bring about both, where the later ones were decided on the cases as these leave them: each changes once.

        Raises:
            ValueError: they were decided on a case as it was before.
        """
        changes = {change.after.number: change for change in self.cases}
        for change in later.cases:
            earlier = changes.get(change.after.number)
            changes[change.after.number] = change if earlier is None else earlier.then(change)
        return replace(self + later, cases=tuple(changes.values()))


NOTHING = Effects()
