"""What a batch writes, gathered by statement, and the order in which the statements run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from bot.ports import Letter
from bot.rules.chain import LedgerRow
from bot.rules.identity import PersonId
from storage.engine import Parameters

MUST_CHANGE: Final = frozenset(
    {
        "turn_take",
        "survey_token_burn",
        "key_put",
        "case_update",
        "voice_leave",
        "due_done",
        "invitation_use",
        "invitation_ask",
        "inbox_aside",
        "file_keep",
        "group_link",
        "shift_put",
        "shift_drop",
        "code_wrong",
        "code_use",
        "matter_settle",
        "project_judge_again",
        "photo_keep",
        "meeting_end",
        "translation_update",
        "proposal_insert",
        "proposal_update",
        "sign_insert",
        "sign_update",
    }
)
"""Statements that are valid only on what the decision saw: each must change one row."""

ORDER: Final = (
    "person_insert",
    "person_back",
    "outbox_wake",
    "key_put",
    "due_done",
    "case_insert",
    "case_update",
    "code_wrong",
    "code_use",
    "link_tries_put",
    "rebuffs_put",
    "round_put",
    "case_before_put",
    "round_before_put",
    "rating_drop_later",
    "rating_put",
    "voice_add",
    "voice_leave",
    "words_put",
    "code_put",
    "translation_put",
    "translation_update",
    "memory_drop",
    "memory_put",
    "visit_put",
    "proposal_insert",
    "proposal_update",
    "file_put",
    "file_keep",
    "file_drop",
    "file_drop_content",
    "reminder_put",
    "reminder_told",
    "follow_up_put",
    "project_judge",
    "project_judge_again",
    "milestone_put",
    "photo_keep",
    "meeting_put",
    "meeting_attend",
    "matter_put",
    "matter_second",
    "matter_unsecond",
    "matter_settle",
    "meeting_end",
    "meeting_people_forget",
    "meeting_seconds_forget",
    "meeting_matters_forget",
    "sign_insert",
    "sign_update",
    "sign_words_put",
    "dialog_put",
    "dialog_end",
    "person_settings",
    "due_cancel",
    "due_put",
    "invitation_put",
    "invitation_ask",
    "invitation_use",
    "staff_end_same",
    "staff_put",
    "staff_leave",
    "group_code_put",
    "groups_unlink",
    "group_leave",
    "group_link",
    "shift_tidy",
    "shift_drop",
    "shift_put",
    "staff_end",
    "anchor_drop",
    "outbox_unanchor",
    "inbox_again",
    "inbox_drop",
    "turn_take",
    "house_words_put",
    "survey_token_put",
    "survey_count",
    "survey_token_burn",
    "survey_tokens_drop",
    "survey_counts_drop",
    "meta_put",
    "outbox_put",
    "inbox_aside",
)


@dataclass(slots=True)
class Batch:
    """What a batch writes, by statement, in the order in which statements run."""

    rows: defaultdict[str, list[Parameters]] = field(default_factory=lambda: defaultdict(list))
    entries: list[LedgerRow] = field(default_factory=list)
    numbers: dict[str | None, Iterator[int]] = field(default_factory=dict)
    handled: list[int] = field(default_factory=list)
    """The places in the inbox of the updates that are done with this."""
    letters: Counter[PersonId] = field(default_factory=Counter)
    answers: list[Letter] = field(default_factory=list)
    """How many letters each person gets, and those to the people who wrote, without their numbers yet."""

    def add(self, statement: str, parameters: Parameters) -> None:
        """Run a statement once more."""
        self.rows[statement].append(parameters)
