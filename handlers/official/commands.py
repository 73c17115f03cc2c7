"""The commands of those who work on cases; each asks for the role it needs."""

from __future__ import annotations

from typing import Final

from handlers.decide import Commands, of
from handlers.group import group
from handlers.official.callbacks import callbacks
from handlers.official.calls import calls, counter, hotline, new_code
from handlers.official.leave import leave
from handlers.official.measures import measures
from handlers.official.meeting import meeting
from handlers.official.signs import warnings
from handlers.official.tasks import find, tasks
from handlers.official.translating import translate
from handlers.official.triage import triage
from handlers.official.visits import visit
from handlers.resident.projects import links

COMMANDS: Final[Commands] = {
    "leave": of(leave),
    "group": of(group),
    "tasks": of(tasks),
    "find": of(find),
    "triage": of(triage),
    "meeting": of(meeting),
    "links": of(links),
    "callbacks": of(callbacks),
    "hotline": of(hotline),
    "counter": of(counter),
    "translate": of(translate),
    "calls": calls,
    "code": new_code,
    "visit": of(visit),
    "measures": of(measures),
    "warnings": of(warnings),
}
