"""The questions as HTTP: /healthz, /readyz, /metrics. 200: all is well; 503: it is not, and the answer says why."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from aiohttp import web

from bot.watch.health import Health
from bot.watch.listener import Door
from bot.watch.metrics import Metrics


class Questions:
    """Answers what a machine's guardians ask."""

    def __init__(self, health: Health, metrics: Metrics) -> None:
        self._health, self._metrics = health, metrics

    def doors(self) -> tuple[Door, ...]:
        """Return what is answered, to this machine alone."""
        return (
            Door("GET", "/healthz", self._alive),
            Door("GET", "/readyz", self._ready),
            Door("GET", "/metrics", self._measure),
        )

    async def _alive(self, _: web.Request) -> web.StreamResponse:
        hung = {loop: seconds for loop, seconds in self._health.loops().items() if seconds > 0}
        age = self._health.answer_age
        body = {
            "alive": not hung,
            "uptime_seconds": round(self._health.uptime, 1),
            "last_poll_seconds": None if age is None else round(age, 1),
            "hung_loops": sorted(hung),
        }
        return _json(body, is_well=not hung)

    async def _ready(self, _: web.Request) -> web.StreamResponse:
        findings = await self._health.look()
        is_ready = all(finding.is_right for finding in findings)
        body = {
            "ready": is_ready,
            "checks": [
                {"check": each.name, "ok": each.is_right, "warning": each.is_warning, "said": each.said} for each in findings
            ],
        }
        return _json(body, is_well=is_ready)

    async def _measure(self, _: web.Request) -> web.StreamResponse:
        body = await self._metrics.text()
        return web.Response(body=body, headers={"Content-Type": self._metrics.content_type})


def _json(body: object, *, is_well: bool) -> web.Response:
    status = HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE
    return web.Response(status=status, body=msgspec.json.encode(body) + b"\n", content_type="application/json")
