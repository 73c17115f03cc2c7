"""Entries about no case: officials who come, and what happened to the ledger's own store.

Who an official is stands nowhere in them but as a staff id drawn at random.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, TypeAlias

from bot.rules.county import Role
from bot.rules.entry.fact import Fact
from bot.rules.identity import Language, MeetingId, ProjectId, StaffId, TownshipId, UnitId, VisitId


class InvitedAtFirst(Fact, frozen=True, kw_only=True):
    """A one-time link for a role was made; which one, this version does not say."""

    KIND: ClassVar[str] = "invited"
    VERSION: ClassVar[int] = 1
    role: Role
    unit: UnitId | None
    township: TownshipId | None


class Invited(Fact, frozen=True, kw_only=True):
    """A one-time link for a role was made; its secret is nowhere in the ledger.

    Attributes:
        language: for a translator, the one that they will translate; None: every one.
        link: the hash of its secret under which the house keeps it, 32 lowercase hex digits.
        expires_at: until when it can be used.
    """

    KIND: ClassVar[str] = "invited"
    VERSION: ClassVar[int] = 2
    role: Role
    unit: UnitId | None
    township: TownshipId | None
    language: Language | None
    link: str
    expires_at: datetime


class JoinedAtFirst(Fact, frozen=True, kw_only=True):
    """Someone opened an invitation and holds the role from now on; who, this version does not bind to.

    Attributes:
        confirmed_by: the admin who let a further admin in; None for every other role and for the first admin.
    """

    KIND: ClassVar[str] = "joined"
    VERSION: ClassVar[int] = 1
    staff: StaffId
    role: Role
    unit: UnitId | None
    township: TownshipId | None
    confirmed_by: StaffId | None


class Joined(Fact, frozen=True, kw_only=True):
    """Someone opened an invitation and holds the role from now on.

    Attributes:
        language: for a translator, the one that they translate; None: every one.
        confirmed_by: the admin who let a further admin in; None for every other role and for the first admin.
        link: the invitation that they came by, as its own entry names it.
        holder: salted commitment to who they are to the house (docs/ledger.md section 1), 64 lowercase hex digits.
        chat: one to the keyed hash of the chat that they write from.
    """

    KIND: ClassVar[str] = "joined"
    VERSION: ClassVar[int] = 2
    staff: StaffId
    role: Role
    unit: UnitId | None
    township: TownshipId | None
    language: Language | None
    confirmed_by: StaffId | None
    link: str
    holder: str
    chat: str


class LeaveTaken(Fact, frozen=True, kw_only=True):
    """An official is away between two instants; `deputy` is told in their stead, None: whoever comes next."""

    KIND: ClassVar[str] = "leave_taken"
    VERSION: ClassVar[int] = 1
    staff: StaffId
    begins_at: datetime
    ends_at: datetime
    deputy: StaffId | None


class LeaveEnded(Fact, frozen=True, kw_only=True):
    """An official is back before their leave is over."""

    KIND: ClassVar[str] = "leave_ended"
    VERSION: ClassVar[int] = 1
    staff: StaffId


class ShiftEntered(Fact, frozen=True, kw_only=True):
    """An official is on duty between two instants, for their unit; None: for the county. Whoever says so is the actor."""

    KIND: ClassVar[str] = "shift_entered"
    VERSION: ClassVar[int] = 1
    staff: StaffId
    unit: UnitId | None
    begins_at: datetime
    ends_at: datetime


class ShiftDropped(Fact, frozen=True, kw_only=True):
    """An official is not on duty after all, as far as that is still to come."""

    KIND: ClassVar[str] = "shift_dropped"
    VERSION: ClassVar[int] = 1
    staff: StaffId
    unit: UnitId | None
    begins_at: datetime
    ends_at: datetime


class GroupLinked(Fact, frozen=True, kw_only=True):
    """A work group is linked to a unit, by a code that the actor was given."""

    KIND: ClassVar[str] = "group_linked"
    VERSION: ClassVar[int] = 1
    unit: UnitId


class GroupsUnlinked(Fact, frozen=True, kw_only=True):
    """No work group is linked to a unit any more."""

    KIND: ClassVar[str] = "groups_unlinked"
    VERSION: ClassVar[int] = 1
    unit: UnitId


class StaffEnded(Fact, frozen=True, kw_only=True):
    """An official no longer holds their role; whoever ended it is the actor."""

    KIND: ClassVar[str] = "staff_ended"
    VERSION: ClassVar[int] = 1
    staff: StaffId


class ProjectJudged(Fact, frozen=True, kw_only=True):
    """Somebody said how satisfied they are with a livelihood project, from 1 to 5; `is_again`: 90 days after the first."""

    KIND: ClassVar[str] = "project_judged"
    VERSION: ClassVar[int] = 1
    project: ProjectId
    score: int
    is_again: bool


class MilestoneReached(Fact, frozen=True, kw_only=True):
    """A unit said what was reached in a livelihood project; `words` commits to it."""

    KIND: ClassVar[str] = "milestone_reached"
    VERSION: ClassVar[int] = 1
    project: ProjectId
    unit: UnitId
    words: str


class MilestonePictured(Fact, frozen=True, kw_only=True):
    """A milestone of a livelihood project has a photo, which everybody may see.

    Attributes:
        place: which milestone of the project, from 1.
        slot: `before/1`, `after/2`: how it was, or what was reached; and which photo of the milestone.
        media: its real type, such as image/jpeg.
        size: bytes, as kept.
        content: salted commitment to its bytes, 64 lowercase hex digits.
    """

    KIND: ClassVar[str] = "milestone_pictured"
    VERSION: ClassVar[int] = 1
    project: ProjectId
    place: int
    slot: str
    media: str
    size: int
    content: str


class PhotosErased(Fact, frozen=True, kw_only=True):
    """The photos of a milestone were erased; its words stay."""

    KIND: ClassVar[str] = "photos_erased"
    VERSION: ClassVar[int] = 1
    project: ProjectId
    place: int


class MeetingHeld(Fact, frozen=True, kw_only=True):
    """A residents' meeting is over: counts only, never who came or what was said.

    Attributes:
        people: how many joined.
        raised: how many matters were; `seconds`: how often one was seconded; `adopted`: how many became cases.
    """

    KIND: ClassVar[str] = "meeting_held"
    VERSION: ClassVar[int] = 1
    meeting: MeetingId
    unit: UnitId | None
    township: TownshipId | None
    people: int
    raised: int
    seconds: int
    adopted: int


class Restored(Fact, frozen=True, kw_only=True):
    """A backup took the place of the database: what was entered after it is gone, and the gap is shown.

    Attributes:
        entries: how many entries the backup held.
        skipped: how many case numbers of each series are left out, as they may have been given out since.
    """

    KIND: ClassVar[str] = "restored"
    VERSION: ClassVar[int] = 1
    entries: int
    skipped: int


class CountyChanged(Fact, frozen=True, kw_only=True):
    """Another county file is in force from here on; cases keep the rule that they were filed under.

    Attributes:
        file: SHA-256 of the file, 64 lowercase hex digits.
        changes: how many places of it say something else than before.
    """

    KIND: ClassVar[str] = "county_changed"
    VERSION: ClassVar[int] = 1
    file: str
    changes: int


class UpdateDropped(Fact, frozen=True, kw_only=True):
    """Somebody at the machine, or an admin, gave up for good what could not be handled; nothing of it is said here.

    Attributes:
        number: its place in the inbox, as the log and `inbox` call it.
        received_at: when it came in.
    """

    KIND: ClassVar[str] = "update_dropped"
    VERSION: ClassVar[int] = 1
    number: int
    received_at: datetime


class UpdateRetried(Fact, frozen=True, kw_only=True):
    """An update that could not be handled was put back to be handled again; `number` is its place in the inbox."""

    KIND: ClassVar[str] = "update_retried"
    VERSION: ClassVar[int] = 1
    number: int


class InvitationRefused(Fact, frozen=True, kw_only=True):
    """Somebody opened a one-time link that is used, too old, or was never made.

    Attributes:
        role, unit: what it was made for; None where nobody made it.
    """

    KIND: ClassVar[str] = "invitation_refused"
    VERSION: ClassVar[int] = 1
    role: Role | None
    unit: UnitId | None


class Visited(Fact, frozen=True, kw_only=True):
    """The actor went out to people (一线工作法); whom they saw stands nowhere, how many does.

    Attributes:
        unit: whom the actor works for; None: for no unit.
    """

    KIND: ClassVar[str] = "visited"
    VERSION: ClassVar[int] = 1
    visit: VisitId
    unit: UnitId | None
    township: TownshipId
    households: int
    firms: int


HouseFact: TypeAlias = (
    InvitedAtFirst
    | Invited
    | JoinedAtFirst
    | Joined
    | LeaveTaken
    | LeaveEnded
    | ShiftEntered
    | ShiftDropped
    | GroupLinked
    | GroupsUnlinked
    | StaffEnded
    | MeetingHeld
    | ProjectJudged
    | MilestoneReached
    | MilestonePictured
    | PhotosErased
    | Restored
    | CountyChanged
    | UpdateDropped
    | UpdateRetried
    | Visited
    | InvitationRefused
)
