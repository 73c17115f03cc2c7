"""What may go wrong between bot and server, on purpose. Invariant: the same seed and the same calls give the same faults."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum


class CallFault(StrEnum):
    """A fault in answering a call."""

    #: 429 with `retry_after`, no effect.
    TOO_MANY_REQUESTS = "too_many_requests"
    #: 500 as JSON, no effect.
    SERVER_ERROR = "server_error"
    #: 502 with the HTML page of a proxy, no effect.
    BAD_GATEWAY = "bad_gateway"
    #: The connection is reset, the call has no effect.
    RESET_BEFORE = "reset_before"
    #: The call takes effect, then the connection is reset.
    RESET_AFTER = "reset_after"
    #: Nothing happens for `seconds`, then the call runs; if the caller hangs up meanwhile, never.
    STALL = "stall"
    #: The call takes effect, its answer is held back for `seconds`.
    STALL_AFTER = "stall_after"
    #: The call takes effect, half of its answer arrives, then the connection ends.
    TRUNCATED = "truncated"
    #: The call takes effect, its answer is a 200 that is not JSON.
    MALFORMED = "malformed"
    #: 401, as for a revoked token.
    UNAUTHORIZED = "unauthorized"
    #: 403, as for a chat that is lost.
    FORBIDDEN = "forbidden"
    #: 400 with `description`, no effect.
    BAD_REQUEST = "bad_request"
    #: 400 with `migrate_to_chat_id`; from then on the chat lives under the new id.
    MIGRATE = "migrate"


#: Faults of calls that then have no effect.
BEFORE_EFFECT = frozenset(
    {
        CallFault.TOO_MANY_REQUESTS, CallFault.SERVER_ERROR, CallFault.BAD_GATEWAY, CallFault.RESET_BEFORE,
        CallFault.UNAUTHORIZED, CallFault.FORBIDDEN, CallFault.BAD_REQUEST, CallFault.MIGRATE,
    }
)  # fmt: skip


class UpdateFault(StrEnum):
    """A fault in handing out an update."""

    #: The update comes twice under one id.
    DUPLICATE = "duplicate"
    #: The update overtakes the one before it.
    REORDER = "reorder"
    #: An update of a kind nobody knows comes first.
    UNKNOWN_KIND = "unknown_kind"
    #: The update has fields nobody knows, at the top and inside.
    EXTRA_FIELDS = "extra_fields"


ANY = "*"


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule: what goes wrong, for which calls, how often."""

    kind: CallFault | UpdateFault
    #: Bot API method for a call fault, kind of update for an update fault; `*` for each.
    method: str = ANY
    #: Only for this chat; None for each.
    chat_id: int | None = None
    #: How many times it strikes; None for ever.
    times: int | None = 1
    #: Chance that it strikes where it fits, 0 to 1.
    probability: float = 1.0
    #: Seconds to say in a 429.
    retry_after: int = 1
    #: How long a stall lasts.
    seconds: float = 1.0
    #: New chat id of a migration.
    migrate_to: int | None = None
    #: What a 400 says.
    description: str = "Bad Request"

    def fits(self, method: str, chat_id: int | None) -> bool:
        """Say whether the rule is about this call or update, named in lower case."""
        return self.method.lower() in {ANY, method} and self.chat_id in {None, chat_id}


class Faults:
    """The rules in force, in the order they were added; the first that strikes wins."""

    __slots__ = ("_chance", "_rules", "struck", "witnesses")

    def __init__(self, seed: int = 0) -> None:
        self._chance = random.Random(seed)  # noqa: S311 (repeatable on purpose)
        self._rules: list[Fault] = []
        #: How often each kind has struck.
        self.struck: dict[str, int] = {}
        #: Called with each fault that strikes, the method or kind of update it strikes, and its chat.
        self.witnesses: list[Callable[[Fault, str, int | None], None]] = []

    def add(self, *rules: Fault) -> None:
        """Put rules in force, behind those that are."""
        self._rules.extend(rules)

    def clear(self) -> None:
        """Lift all rules."""
        self._rules.clear()

    def reseed(self, seed: int) -> None:
        """Start the chances anew."""
        self._chance.seed(seed)

    def for_call(self, method: str, chat_id: int | None) -> Fault | None:
        """Return the fault that strikes this call, and use it up."""
        return self._draw(CallFault, method, chat_id) if self._rules else None

    def for_update(self, kind: str, chat_id: int | None) -> Fault | None:
        """Return the fault that strikes this update, and use it up."""
        return self._draw(UpdateFault, kind, chat_id) if self._rules else None

    def _draw(self, family: type[CallFault | UpdateFault], method: str, chat_id: int | None) -> Fault | None:
        for index, rule in enumerate(self._rules):
            if not isinstance(rule.kind, family) or not rule.fits(method, chat_id):
                continue
            if rule.probability < 1 and self._chance.random() >= rule.probability:
                continue
            if rule.times is not None:
                self._rules[index] = replace(rule, times=rule.times - 1)
                if rule.times <= 1:
                    del self._rules[index]
            self.struck[rule.kind] = self.struck.get(rule.kind, 0) + 1
            for witness in self.witnesses:
                witness(rule, method, chat_id)
            return rule
        return None


def fault_from(record: dict[str, object]) -> Fault:
    """Read a rule from JSON: the field names of `Fault`, `kind` by its value.

    Raises:
        ValueError: a kind or field is unknown, or a value has the wrong type.
    """
    kind = str(record.get("kind"))
    known: dict[str, CallFault | UpdateFault] = {str(one): one for one in (*CallFault, *UpdateFault)}
    if kind not in known or not record.keys() <= Fault.__dataclass_fields__.keys():
        raise ValueError(f"unknown fault: {record}")
    times, chat_id, migrate_to = (_whole(record.get(name, default)) for name, default in _WHOLE)
    return Fault(
        known[kind],
        method=str(record.get("method", ANY)),
        chat_id=chat_id,
        times=times,
        probability=_number(record.get("probability", 1.0)),
        retry_after=int(_number(record.get("retry_after", 1))),
        seconds=_number(record.get("seconds", 1.0)),
        migrate_to=migrate_to,
        description=str(record.get("description", "Bad Request")),
    )


_WHOLE: tuple[tuple[str, int | None], ...] = (("times", 1), ("chat_id", None), ("migrate_to", None))


def _whole(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise ValueError(f"a whole number or null is expected, not {value!r}")


def _number(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise ValueError(f"a number is expected, not {value!r}")
