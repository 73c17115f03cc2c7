"""The program in numbers, in Prometheus' text format, from a registry of its own for each house.

Invariant: labels name kinds, never people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from bot.errors import MinshengError
from bot.ports import Backlog, Clock
from bot.watch.health import Health
from bot.watch.vitals import Event, Histogram, Loop, Vitals

COUNTED: Final = {
    Event.RECEIVED: ("minsheng_updates_received", "Updates that came in, by whether they were new", "kind"),
    Event.HANDLED: ("minsheng_updates_handled", "Updates handled, by outcome", "outcome"),
    Event.LETTER: ("minsheng_letters", "Messages, by what became of a try", "fate"),
    Event.DUE: ("minsheng_due_done", "Due things done, by kind", "kind"),
    Event.SOURCE_FAILURE: ("minsheng_source_failures", "Times that updates could not be had, by reason", "reason"),
    Event.STORE_FAILURE: ("minsheng_store_failures", "Times that the database could not be used, by operation", "operation"),
}


class Metrics:
    """Writes the numbers of one house."""

    content_type: Final = CONTENT_TYPE_PLAIN_0_0_4

    def __init__(self, vitals: Vitals, health: Health, clock: Clock) -> None:
        self._vitals, self._health, self._clock = vitals, health, clock
        self._registry = CollectorRegistry(auto_describe=False)
        ProcessCollector(registry=self._registry)
        self._registry.register(self)
        self._stored: list[Metric] = []

    async def text(self) -> bytes:
        """Ask the store and the disk, then write everything down."""
        self._stored = [*(await self._waiting()), *(await self._room())]
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """Yield every number; called by the registry."""
        yield from self._stored
        yield from self._counters()
        yield _histogram("minsheng_reply_seconds", "From an update to the message that answers it", self._vitals.replies)
        yield _histogram("minsheng_commit_seconds", "How long a commit of a batch takes", self._vitals.commits)
        yield _gauge("minsheng_uptime_seconds", "Since the program started", self._health.uptime)
        hung = self._health.loops()
        loops = GaugeMetricFamily("minsheng_loop_hung_seconds", "For how long a loop has hung", labels=["loop"])
        for loop in Loop:
            loops.add_metric([loop], hung[loop])
        yield loops
        if (age := self._health.answer_age) is not None:
            yield _gauge("minsheng_poll_age_seconds", "Since Telegram last answered the question for updates", age)
        if (off := self._vitals.clock_off) is not None:
            yield _gauge("minsheng_clock_off_seconds", "By which this machine's clock is ahead of Telegram's", off)

    def _counters(self) -> Iterable[Metric]:
        for event, (name, about, label) in COUNTED.items():
            family = CounterMetricFamily(name, about, labels=[label])
            for (counted, kind), times in sorted(self._vitals.counted.items()):
                if counted is event:
                    family.add_metric([kind], times)
            yield family

    async def _waiting(self) -> Iterable[Metric]:
        try:
            backlog = await self._health.backlog()
        except (MinshengError, TimeoutError):
            return (_gauge("minsheng_database_up", "Whether the database answers", 0),)
        return (_gauge("minsheng_database_up", "Whether the database answers", 1), *self._backlog(backlog))

    def _backlog(self, backlog: Backlog) -> Iterator[Metric]:
        yield _gauge("minsheng_inbox_waiting", "Updates that wait to be handled", backlog.updates)
        yield self._age("minsheng_inbox_oldest_seconds", "Age of the oldest of them", backlog.oldest_update_at)
        yield _gauge("minsheng_inbox_set_aside", "Updates that could not be handled", backlog.aside)
        yield _gauge("minsheng_outbox_waiting", "Messages that wait to be sent", backlog.letters)
        yield self._age("minsheng_outbox_oldest_seconds", "Age of the oldest of them", backlog.oldest_letter_at)
        yield _gauge("minsheng_outbox_ambiguous", "Those of them that may have arrived already", backlog.ambiguous)
        yield _gauge("minsheng_outbox_given_up", "Messages that could not be delivered", backlog.given_up)
        yield _gauge("minsheng_due_backlog", "Due things whose moment has come", backlog.due)
        late = backlog.next_due_at if backlog.due else None
        yield self._age("minsheng_due_oldest_seconds", "By how much the earliest of them is late", late)
        yield from _texts(backlog)
        yield _gauge("minsheng_ledger_entries", "Entries of the ledger", backlog.entries)

    def _age(self, name: str, about: str, since: datetime | None) -> Metric:
        return _gauge(name, about, 0 if since is None else max((self._clock.now() - since).total_seconds(), 0))

    async def _room(self) -> Iterable[Metric]:
        try:
            free, log = await self._health.free(), await self._health.log()
        except OSError:
            return ()
        known = (
            ("minsheng_disk_free_bytes", "Free beside the database", free),
            ("minsheng_database_log_bytes", "Taken by the database's write-ahead log", log),
        )
        return [_gauge(name, about, value) for name, about, value in known if value is not None]


def _texts(backlog: Backlog) -> Iterator[Metric]:
    """Tell what waits to be translated: by language, which is a matter of work, and by nothing else."""
    waiting = GaugeMetricFamily("minsheng_texts_waiting", "Texts that wait to be translated", labels=["language"])
    late = GaugeMetricFamily("minsheng_texts_late", "Those of them that are past their limit", labels=["language"])
    for each in backlog.texts:
        waiting.add_metric([each.language], each.waiting)
        late.add_metric([each.language], each.late)
    yield from (waiting, late)


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value=value)


def _histogram(name: str, about: str, histogram: Histogram) -> Metric:
    total, buckets = 0, []
    for bound, count in zip([*map(str, histogram.bounds), "+Inf"], histogram.counts, strict=True):
        total += count
        buckets.append((bound, total))
    return HistogramMetricFamily(name, about, buckets=buckets, sum_value=histogram.total)
