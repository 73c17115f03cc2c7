"""Buttons under what supervisors and admins are shown of the ledger, and of what could not be handled."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.audit import AuditGroup


class ShowAudit(msgspec.Struct, frozen=True, array_like=True, tag="au"):
    """Show entries of a group that fit what was asked, before a place in the ledger; 0: the newest."""

    group: AuditGroup
    asked: str
    before: int = 0


class ListAside(msgspec.Struct, frozen=True, array_like=True, tag="ai"):
    """List updates that could not be handled; `sure` asks once more before that one is dropped, 0: none."""

    sure: int = 0


class RetryAside(msgspec.Struct, frozen=True, array_like=True, tag="ar"):
    """Have an update handled again; 0: all."""

    seq: int


class DropAside(msgspec.Struct, frozen=True, array_like=True, tag="ax"):
    """Drop an update for good."""

    seq: int


class ListFailed(msgspec.Struct, frozen=True, array_like=True, tag="an"):
    """List messages that were given up."""


AuditButton: TypeAlias = ShowAudit | ListAside | RetryAside | DropAside | ListFailed
