"""The page of chats and the way in for programs elsewhere.

Invariant: only the page itself and local programs may change anything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from datetime import timedelta
from importlib.resources import files
from urllib.parse import urlsplit

import msgspec
from aiohttp import web

from bot.sandbox.acts import BadAct, perform
from bot.sandbox.cast import Person
from bot.sandbox.faults import fault_from
from bot.sandbox.message import Chat
from bot.sandbox.params import read_object
from bot.sandbox.profile import commands_for
from bot.sandbox.refusal import JsonObject, Refusal
from bot.sandbox.world import World

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_PAGE = {
    "index.html": "text/html",
    "page.css": "text/css",
    "page.js": "text/javascript",
    "column.js": "text/javascript",
    "draw.js": "text/javascript",
    "mark.svg": "image/svg+xml",
    "menu.js": "text/javascript",
    "samples.js": "text/javascript",
    "NotoSansMongolian-Regular.ttf": "font/ttf",
}
_SHOWN_AS_IS = frozenset({"image/png", "image/jpeg", "audio/ogg", "audio/wav"})
_BACKLOG = 1000
_LONGEST_STEP = timedelta(days=400)
_HEARTBEAT_SECONDS = 15.0
_LONGEST_WAIT_SECONDS = 60.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Desk:
    """Serve the page, its live events, and the same acts over HTTP."""

    def __init__(self, world: World, cast: Sequence[Person], time_zone: str) -> None:
        self._world = world
        self._cast = tuple(cast)
        self._time_zone = time_zone
        self._streams: set[asyncio.Queue[bytes | None]] = set()
        world.scene.listeners.append(self._pass_on)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of page and control."""
        return [
            web.get("/", self._page),
            web.get("/page/{name}", self._page),
            web.get("/sandbox/events", self._events),
            web.get("/sandbox/state", self._state),
            web.get("/sandbox/chats/{chat_id:-?\\d+}", self._chat),
            web.get("/sandbox/files/{file_id}", self._file),
            web.get("/sandbox/calls", self._calls),
            web.post("/sandbox/act", self._guarded(self._act)),
            web.post("/sandbox/faults", self._guarded(self._add_faults)),
            web.delete("/sandbox/faults", self._guarded(self._clear_faults)),
            web.post("/sandbox/clock", self._guarded(self._move_clock)),
        ]

    def close(self) -> None:
        """End all live streams."""
        for stream in self._streams:
            _offer(stream, None)

    # ── Reading ──────────────────────────────────────────────────────────────

    async def _page(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info.get("name", "index.html")
        if name not in _PAGE:
            raise web.HTTPNotFound
        body = files("bot.sandbox").joinpath("page", name).read_bytes()
        charset = "utf-8" if _PAGE[name].startswith("text/") else None
        return web.Response(body=body, content_type=_PAGE[name], charset=charset, headers=_HEADERS)

    async def _state(self, _request: web.Request) -> web.StreamResponse:
        return _json(self.snapshot())

    def snapshot(self) -> JsonObject:
        """Return all that the page shows."""
        scene = self._world.scene
        account = scene.bot_account
        return {
            "bot": {"username": account.username, "name": account.first_name},
            "time_zone": self._time_zone,
            "now": scene.clock.now().isoformat(),
            "people": [asdict(person) | self._side(scene.chats[person.user_id]) for person in self._cast],
        }

    def _side(self, chat: Chat) -> JsonObject:
        return {"chat": chat.as_page(), "commands": commands_for(self._world.scene.menu, chat)}

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        """Return a chat; with `revision` and `wait` (seconds) only once it has changed since."""
        chat = self._world.scene.chats.get(int(request.match_info["chat_id"]))
        if chat is None:
            return _json({"ok": False, "error": "no such chat"}, 404)
        known, wait = request.query.get("revision", ""), request.query.get("wait", "0")
        if known.isdecimal() and wait.isdecimal():
            try:
                seconds = min(float(wait), _LONGEST_WAIT_SECONDS)
                await self._world.wait_for(lambda: chat.revision != int(known), seconds)
            except TimeoutError:
                pass
        return _json(chat.as_page() | {"commands": commands_for(self._world.scene.menu, chat)})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        stored = self._world.scene.files.get(request.match_info["file_id"])
        if stored is None:
            raise web.HTTPNotFound
        is_shown = stored.mime_type in _SHOWN_AS_IS
        headers = _HEADERS if is_shown else _HEADERS | {"Content-Disposition": "attachment"}
        content_type = stored.mime_type if is_shown else "application/octet-stream"
        return web.Response(body=stored.content, content_type=content_type, headers=headers)

    async def _calls(self, request: web.Request) -> web.StreamResponse:
        scene = self._world.scene
        calls = self._world.calls(request.query.get("method"))
        return _json(
            {
                "counts": dict(scene.call_counts),
                "pending_updates": len(scene.updates),
                "faults_struck": scene.faults.struck,
                "calls": [
                    {"method": call.method, "params": call.params, "received_at": call.received_at.isoformat()}
                    for call in calls
                ],
            }
        )

    # ── Live ─────────────────────────────────────────────────────────────────

    def _pass_on(self, event: str, about: JsonObject) -> None:
        if not self._streams:
            return
        match event:
            case "chat":
                chat_id = about["chat_id"]
                about = self._standing_of(chat_id if isinstance(chat_id, int) else 0)
            case "commands":
                about = {"commands": {str(person.user_id): self._commands_of(person) for person in self._cast}}
            case _:
                pass
        encoded = _event(event, about)
        for stream in tuple(self._streams):
            _offer(stream, encoded)

    def _standing_of(self, chat_id: int) -> JsonObject:
        chat = self._world.chat(chat_id)
        return {"chat_id": chat_id, "standing": str(chat.standing), "reply_keyboard": chat.reply_keyboard}

    def _commands_of(self, person: Person) -> list[JsonObject]:
        return commands_for(self._world.scene.menu, self._world.chat(person.user_id))

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers=_HEADERS | {"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        stream: asyncio.Queue[bytes | None] = asyncio.Queue(_BACKLOG)
        self._streams.add(stream)
        try:
            await response.prepare(request)
            await response.write(b"retry: 1000\n\n" + _event("snapshot", self.snapshot()))
            while True:
                try:
                    async with asyncio.timeout(_HEARTBEAT_SECONDS):
                        encoded = await stream.get()
                except TimeoutError:
                    encoded = _event("clock", self._now())
                if encoded is None:
                    return response
                await response.write(encoded)
        except ConnectionResetError:
            return response
        finally:
            self._streams.discard(stream)

    def _now(self) -> JsonObject:
        return {"now": self._world.scene.clock.now().isoformat()}

    # ── Changing ─────────────────────────────────────────────────────────────

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            origin = request.headers.get("Origin")
            if origin is not None and urlsplit(origin).netloc != request.host:
                return _json({"ok": False, "error": "this comes from another site"}, 403)
            if request.method == "POST" and request.content_type != "application/json":
                return _json({"ok": False, "error": "send application/json"}, 415)
            try:
                return await handler(request)
            except Refusal as refusal:
                return _json({"ok": False, "error": refusal.description}, refusal.code)
            except ValueError as error:
                return _json({"ok": False, "error": str(error)}, 400)
            except TimeoutError:
                return _json({"ok": False, "error": "the bot has not caught up in time"}, 504)

        return guarded

    async def _act(self, request: web.Request) -> web.StreamResponse:
        return _json(perform(self._world, read_object(await request.read())))

    async def _add_faults(self, request: web.Request) -> web.StreamResponse:
        body = read_object(await request.read())
        seed, rules = body.get("seed"), body.get("faults", [] if "seed" in body else [body])
        if not isinstance(rules, list):
            raise BadAct('"faults" must be a list')
        added = [fault_from(rule) for rule in rules]
        if isinstance(seed, int):
            self._world.scene.faults.reseed(seed)
        self._world.scene.faults.add(*added)
        return _json({"ok": True, "added": len(added)})

    async def _clear_faults(self, _request: web.Request) -> web.StreamResponse:
        self._world.scene.faults.clear()
        return _json({"ok": True})

    async def _move_clock(self, request: web.Request) -> web.StreamResponse:
        seconds = read_object(await request.read()).get("advance_seconds")
        if not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 < seconds <= _LONGEST_STEP.total_seconds():
            raise BadAct('"advance_seconds" must be a whole number above 0 and at most 400 days')
        await self._world.scene.clock.advance(timedelta(seconds=seconds))
        self._world.scene.broadcast("clock", self._now())
        return _json({"ok": True} | self._now())


def _offer(stream: asyncio.Queue[bytes | None], encoded: bytes | None) -> None:
    """Queue an event; a page that does not keep up is cut off and comes back for a fresh snapshot."""
    if encoded is None or stream.full():
        while not stream.empty():
            stream.get_nowait()
        encoded = None
    stream.put_nowait(encoded)


def _event(name: str, about: JsonObject) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + msgspec.json.encode(about) + b"\n\n"


def _json(body: JsonObject, status: int = 200) -> web.Response:
    return web.Response(status=status, body=msgspec.json.encode(body), content_type="application/json", headers=_HEADERS)
