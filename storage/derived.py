"""Every table, and whether entries determine it: those that do are compared by `ledger verify` and made anew by `rebuild`.

Invariant: a table is in exactly one of the lists here; a new one that is in none fails a test.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from bot.rules.chain import LedgerRow, read
from bot.rules.entry import Visited
from storage.derived_house import CountyTable, MeetingTable, MilestoneTable, PhotoTable, ProposalTable, SignTable, TurnTable
from storage.derived_invitations import InvitationTable
from storage.derived_roll import GroupTable, ShiftTable, StaffTable
from storage.derived_table import DerivedTable, Mismatch, compare, mend
from storage.derived_visits import VisitTable
from storage.derived_words import HouseWordsTable, SignWordsTable
from storage.engine import Session
from storage.unsealing_house import Bound

OF_CASES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "cases": (),
        "rounds": (),
        "cases_before": (),
        "rounds_before": (),
        "ratings": (),
        "reminders": (),
        "follow_ups": (),
        "files": ("person", "media", "secret", "created_at", "ready_at", "attempts", "failed_at", "reason"),
        "translations": (
            *("id", "source", "language", "voice", "urgent", "asked_at", "due_at"),  # what is to be done, as planned
            *("version", "taken_by", "taken_at", "done_role"),  # who is at it
        ),
    }
)
"""Tables that a case's entries determine (storage/projection.py); of each, the columns that they do not."""

OF_THE_HOUSE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "staff": (),
        "invitations": ("used_at", "asked_by"),  # a link is spent by a refusal too, which is no entry; who asked is in none
        "shifts": (),
        "unit_groups": ("code", "expires_at", "person"),  # which chat it is, and by which code, is in no entry
        "meetings": ("title", "opener", "opened_at", "ends_at"),  # a meeting is in no entry before it is over
        "milestones": (),
        "visits": (),
        "signs": (),
        "sign_words": ("body",),  # sealed
        "house_words": ("body",),
        "proposals": (),
        "turns": (),
        "meta": (),  # the county in force; all else that the house remembers there is about the store itself
    }
)
"""Tables that entries about no case determine; of each, the columns that they do not."""

OF_THE_LEDGER: Final = ("ledger", "ledger_head", "tree", "checkpoints")
"""The ledger itself: followed entry by entry, to its head, beside its tree and what was signed of it."""

NOT_DERIVED: Final[Mapping[str, str]] = MappingProxyType(
    {
        # ── The vault: what is sealed there opens only unchanged, and is gone once it is erased ──
        "keys": "keys are in no entry; whether a case has its key is looked at in storage/sealed.py",
        "persons": "nobody is named in an entry; whose chat is whose, with the key: storage/unsealing_people.py",
        "voices": "which person a voice is stands in no entry; that there is one, and whether it left: storage/sealed.py",
        "words": "sealed; whether they are there is looked at in storage/sealed.py, what they say by whoever may open them",
        "memory": "sealed, as words",
        "file_pieces": "sealed; whether as many bytes are there as the entry says is looked at with the row of their file",
        "caller_codes": "a code is in no entry",
        "link_tries": "who guessed is in no entry",
        "rebuffs": "who was refused is in no entry",
        "erasures": "of cases and ties compared in storage/sealed.py; of persons no entry says that they went",
        # ── What people do before there is an entry, or that never becomes one ──
        "meeting_people": "forgotten when the meeting is over; the entry counts them",
        "meeting_matters": "forgotten when the meeting is over; the entry counts them",
        "meeting_seconds": "forgotten when the meeting is over; the entry counts them",
        "project_judges": "who judged is in no entry; the digest counts the entries",
        "survey_tokens": "who was asked is in no entry",
        "survey_counts": "gone when the survey is over; the entries count them, and the digest counts those",
        "draws": "a seed is secret until an entry tells it; what else is remembered of a draw: storage/pledges.py",
        # ── The way of updates and letters ──
        "inbox": "what came in",
        "dialogs": "where a conversation stands",
        "due": "what is planned; whatever it does is an entry. That what must still come is there: storage/planned.py",
        "outbox": "what goes out; whether a reminder arrived is an entry",
        "anchors": "where a message is",
        "counters": "what was left out is in no entry; that no number is given twice: storage/derived_numbers.py",
    }
)
"""Tables that entries do not determine, each with the reason."""

NOT_DERIVED_IN_POSTGRES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "schema_version": "which migrations ran",
        "leases": "which process does what now",
    }
)


class House:
    """What the entries about no case make of the tables, and whether the tables hold it."""

    def __init__(self) -> None:
        self._staff, self._sign_words, self._house_words = StaffTable(), SignWordsTable(), HouseWordsTable()
        self._tables: Sequence[DerivedTable] = (
            self._staff,
            InvitationTable(),
            ShiftTable(),
            GroupTable(),
            MeetingTable(),
            MilestoneTable(),
            PhotoTable(),
            SignTable(),
            self._sign_words,
            self._house_words,
            ProposalTable(),
            TurnTable(),
            CountyTable(),
        )
        self._visits = VisitTable()
        self._by_kind: dict[str, list[DerivedTable]] = defaultdict(list)
        for table in self._tables:
            for kind in {fact.KIND for fact in table.FACTS}:
                self._by_kind[kind].append(table)

    def take(self, row: LedgerRow) -> None:
        """Take the next entry.

        Raises:
            LedgerBroken: it cannot be read, or does not follow from those before it.
        """
        if row.kind == Visited.KIND:
            self._visits.take(row)
        elif row.kind in self._by_kind:
            entry = read(row)
            for table in self._by_kind[row.kind]:
                table.take(row.seq, entry)

    @property
    def is_full(self) -> bool:
        """Say whether what was taken is to be compared before more is."""
        return self._visits.is_full

    @property
    def unbound(self) -> int:
        """Say how many hold a role that no entry binds to them, once all was compared."""
        return self._staff.unbound

    @property
    def bound(self) -> Bound:
        """Say what must open to what."""
        return Bound(self._sign_words.commitments, self._house_words.seqs, self._staff.seqs)

    async def relieve(self, session: Session) -> None:
        """Compare what does not change later."""
        await self._visits.compare(session)

    async def mismatches(self, session: Session) -> list[Mismatch]:
        """Return every row that is not what the entries say, once all of them were taken."""
        found = [each.mismatch(VisitTable.NAME) for each in await self._visits.wrong(session)]
        for table in self._tables:
            found += [each.mismatch(table.NAME) for each in await compare(session, table)]
        return found

    async def mend(self, session: Session) -> list[Mismatch]:
        """Put every table right; return the rows that no entry holds enough of."""
        left = await self._visits.mend(session)
        for table in self._tables:
            left += await mend(session, table)
        return left
