"""Names of things, as types: an id of one kind can never be passed for another.

None of them is, or can be turned into, a Telegram id: those stay in the vault.
"""

from __future__ import annotations

from typing import Final, NewType

CaseNumber = NewType("CaseNumber", str)
"""PREFIX-YYYY-NNNNNN, such as CB-2026-000123; shown to people."""

UnitId = NewType("UnitId", str)
TownshipId = NewType("TownshipId", str)
CategoryId = NewType("CategoryId", str)
ClassId = NewType("ClassId", str)
"""Ids from the county file: a unit, a township, a category, a deadline class."""

StaffId = NewType("StaffId", str)
"""An official in the ledger: `s-` and 12 hex digits, drawn at random when the invitation is used."""

PersonId = NewType("PersonId", str)
"""Someone with a chat: `p-` and 20 hex digits, drawn at random; never in the ledger."""

FileId = NewType("FileId", str)
"""A file that somebody sent: `f-` and 20 hex digits, drawn at random; the ledger names a slot of its case instead."""

ProjectId = NewType("ProjectId", str)
"""A livelihood project, from the county file."""

MeetingId = NewType("MeetingId", str)
"""A residents' meeting: 16 hex digits, drawn at random; whoever has its link may join."""
SignNumber = NewType("SignNumber", str)
"""YJ-YYYY-NNNNN: a warning or an integrity signal; shown to people."""

ProposalNumber = NewType("ProposalNumber", str)
"""JY-YYYY-NNNNN: what was proposed on a field visit, and the measure that becomes of it; shown to people."""

VisitId = NewType("VisitId", str)
"""A field visit in the ledger: `v-` and 12 hex digits, drawn at random."""

UpdateId = NewType("UpdateId", int)
"""Telegram's number of an update."""

Language = NewType("Language", str)
"""The name of a catalogue: zh_Hans_CN, ug, sjo."""

NEW_CASE: Final = CaseNumber("?")
"""Stands for the number that only the commit knows; the store fills it in."""
