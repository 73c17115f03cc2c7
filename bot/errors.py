"""Every error this project raises on purpose, as one tree. Errors carry data, never a sentence for a resident.

MinshengError
+ RuleViolation
| - NotPermitted
| - IllegalTransition
| - StaleButton
| - HasLeft
| - EvidenceMissing
+ NotFound
+ StorageError
| - Conflict
| - StorageUnavailable
| | - KeyVersionMissing
| | - DatabaseDamaged
| - NoDatabase
| - DatabaseInUse
| - OutdatedSchema
| - NewerSchema
| - KeyLost
+ DeliveryError
| - DeliverLater
| | - TooManyRequests
| - ChatMoved
| - MessageGone
| - DeliveryAmbiguous
| - Undeliverable
+ SourceError
| - SourceUnavailable
| - SourceRefused
+ PressFailed
+ LedgerBroken
+ SettingsError
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MinshengError(Exception):
    """Catch this at the outermost edge only."""


class RuleViolation(MinshengError):
    """Tell the person in their language what is not possible; nothing is wrong with the program."""


class NotPermitted(RuleViolation):
    """Tell the person that their role does not reach this; change nothing."""


class IllegalTransition(RuleViolation):
    """Tell the person that the case has moved on; show where it stands now."""


class StaleButton(RuleViolation):
    """Tell the person that the button is from an earlier time; change nothing."""


class HasLeft(RuleViolation):
    """Tell the person that they left this case to the others behind it; who wants to come back is shown how."""


class EvidenceMissing(RuleViolation):
    """Ask for a photo or a document of what was done; the words for it are kept meanwhile."""


class NotFound(MinshengError):
    """Say no more than that: somebody else's case looks the same as no case."""


class StorageError(MinshengError):
    """Something about the database; the leaf says what to do."""


class Conflict(StorageError):
    """Run again on what is now true, at most three times: someone wrote first."""


class StorageUnavailable(StorageError):
    """Retry with back-off; acknowledge nothing meanwhile."""


class KeyVersionMissing(StorageUnavailable):
    """As above, until the key file of this machine has the version of the master key that the error names."""


class DatabaseDamaged(StorageUnavailable):
    """As above, as a disk may come back; to whoever reads it say that the file is broken, and what to put in its place."""


class NoDatabase(StorageError):
    """Name the command `migrate`: there is no database yet."""


class DatabaseInUse(StorageError):
    """Name the program to stop first: another process has the file open, and its content may not be changed under it."""


class OutdatedSchema(StorageError):
    """Name the command `migrate`: the database is older than the program."""


class NewerSchema(StorageError):
    """Refuse to start: the database was written by a newer program."""


class KeyLost(StorageError):
    """Refuse to start: sealed values cannot be opened with the key at hand."""


class DeliveryError(MinshengError):
    """A message did not go out, or not all of it: `parts` did. The leaf says whether it may be tried again."""

    parts: int = 0


@dataclass(eq=False)
class DeliverLater(DeliveryError):
    """Send again after `retry_after` seconds: the message certainly did not arrive."""

    retry_after: float
    reason: str


@dataclass(eq=False)
class TooManyRequests(DeliverLater):
    """Send nothing more to this chat before; where several chats in a row say so, to nobody."""


@dataclass(eq=False)
class ChatMoved(DeliveryError):
    """Write down that the chat has another number, and send it there: the message certainly did not arrive."""

    chat_id: int


class MessageGone(DeliveryError):
    """Send it as a new message: the one that it should change is not there any more, or too short for it."""


@dataclass(eq=False)
class DeliveryAmbiguous(DeliveryError):
    """Count it and show it: the message may have arrived, its answer was lost."""

    reason: str


@dataclass(eq=False)
class Undeliverable(DeliveryError):
    """Stop trying and tell whom it matters to: blocked, chat gone (`is_final`), or this message is never acceptable."""

    reason: str
    is_final: bool


class Trouble(StrEnum):
    """Why there are no updates."""

    #: 401 or 404: the token is not, or no longer, accepted.
    TOKEN = "token_not_accepted"  # noqa: S105 (a reason, not a token)
    #: 409: updates are brought to an address, so they cannot be fetched.
    WEBHOOK = "webhook_is_set"
    #: 409: another program fetches with this token.
    POLLER = "another_poller"
    #: 400: Telegram does not take the address to which it should bring updates.
    ADDRESS = "address_not_taken"
    #: 429.
    TOO_MANY = "too_many_requests"
    #: 5xx, or an answer by something that is not the Bot API.
    SERVER = "server_fails"
    #: 200 with something else than what was asked for.
    MALFORMED = "malformed_answer"
    #: The server did not answer, or did not end its answer.
    TIMEOUT = "no_answer_in_time"
    #: The connection broke after the question was asked.
    LOST = "answer_lost"
    #: No connection: name, network, proxy or server.
    UNREACHABLE = "out_of_reach"
    #: Processes that share a database cannot agree who fetches, as it cannot be asked.
    DATABASE = "database_out_of_reach"


class SourceError(MinshengError):
    """Updates cannot be fetched; the leaf says whether that passes by itself."""


@dataclass(eq=False)
class SourceUnavailable(SourceError):
    """Back off, say it in one line, try again: network, server or another poller; `said` is the server's own reason."""

    reason: Trouble
    retry_after: float | None = None
    said: str = ""


@dataclass(eq=False)
class SourceRefused(SourceError):
    """Stop, keep inbox and outbox: the token is not accepted."""

    reason: Trouble


class PressFailed(MinshengError):
    """Tell whoever asked for the file that it could not be made; the text is for the log and the command line."""


@dataclass(eq=False)
class LedgerBroken(MinshengError):
    """Stop writing and tell a human: the entry `seq` does not hold, because of `why`."""

    seq: int
    why: str


@dataclass(eq=False)
class SettingsError(MinshengError):
    """Refuse to start and print `mistakes`, one line each."""

    mistakes: tuple[str, ...]
