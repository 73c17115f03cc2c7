"""The Bot API over HTTP: one call in, one answer out, faults between.

Invariant: a call without a fault answers as the real server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection

import msgspec
from aiohttp import web

from bot.sandbox.faults import BEFORE_EFFECT, CallFault, Fault
from bot.sandbox.params import Params, read_params
from bot.sandbox.profile import Profile
from bot.sandbox.refusal import JsonObject, Refusal, bad_request, forbidden
from bot.sandbox.scene import Call, Scene
from bot.sandbox.sending import Method, Sending
from bot.sandbox.signatures import accepted_parameters
from bot.sandbox.webhook import Address, Webhook, webhook_conflict

_MOST_UPDATES = 100
_DEFAULT_CONNECTIONS = 40
_BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n"
    "<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>\r\n"
)
_UNAUTHORIZED = Refusal(401, "Unauthorized")

AsyncMethod = Callable[[Params], Awaitable[object]]


class BotApi:
    """Answer `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

    def __init__(self, scene: Scene, webhook: Webhook, tokens: Collection[str]) -> None:
        self._scene = scene
        self._webhook = webhook
        self._tokens = frozenset(tokens)
        self._accepted = accepted_parameters()
        self._methods: dict[str, Method] = Sending(scene).methods() | Profile(scene).methods()
        self._waiting_methods: dict[str, AsyncMethod] = {
            "getupdates": self._get_updates,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._get_webhook_info,
        }

    def routes(self) -> list[web.RouteDef]:
        """Return the routes, for any token."""
        return [
            web.get("/bot{token:[^/]+}/{method}", self._answer),
            web.post("/bot{token:[^/]+}/{method}", self._answer),
            web.get("/file/bot{token:[^/]+}/{path:.+}", self._serve_file),
        ]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self._called(request)
        except Refusal as refusal:
            return _json(refusal.code, refusal.as_api())
        finally:
            self._scene.changed()

    async def _called(self, request: web.Request) -> web.StreamResponse:
        if self._tokens and request.match_info["token"] not in self._tokens:
            raise _UNAUTHORIZED
        method = request.match_info["method"].lower()
        if method not in self._accepted:
            raise Refusal(404, "Not Found")
        params = await read_params(request)
        scene = self._scene
        scene.calls.append(Call(method, params.record(), scene.clock.now()))
        scene.call_counts[method] += 1
        chat_id = params.chat_id()
        fault = scene.faults.for_call(method, chat_id if isinstance(chat_id, int) else None)
        scene.changed()
        if fault is None:
            return _json(200, await self._carry_out(method, params))
        if fault.kind in BEFORE_EFFECT:
            return await self._without_effect(request, fault, params)
        if fault.kind is CallFault.STALL:
            await asyncio.sleep(fault.seconds)
        return await self._after_effect(request, fault, await self._carry_out(method, params))

    async def _carry_out(self, method: str, params: Params) -> JsonObject:
        unknown = sorted(set(params.names()) - self._accepted[method])
        if unknown:
            raise bad_request(f"{method} has no parameter {', '.join(unknown)}")
        if (run := self._methods.get(method)) is not None:
            return {"ok": True, "result": run(params)}
        if (wait := self._waiting_methods.get(method)) is not None:
            return {"ok": True, "result": await wait(params)}
        raise Refusal(501, f"Not Implemented: the stand-in does not play {method}")

    # ── Getting updates ──────────────────────────────────────────────────────

    async def _get_updates(self, params: Params) -> object:
        if self._webhook.is_set:
            raise webhook_conflict()
        self._allow(params)
        limit = params.integer("limit")
        return await self._scene.updates.take(
            params.integer("offset") or 0,
            min(max(_MOST_UPDATES if limit is None else limit, 1), _MOST_UPDATES),
            params.seconds("timeout"),
        )

    async def _set_webhook(self, params: Params) -> object:
        url = params.text("url") or ""
        if not url:
            return await self._delete_webhook(params)
        self._allow(params)
        if params.is_true("drop_pending_updates"):
            self._scene.updates.drop()
        connections = params.integer("max_connections")
        secret = params.text("secret_token")
        sent_along = params.upload("certificate")
        certificate = None if sent_along is None else sent_along.content.decode("ascii", errors="replace")
        most = _DEFAULT_CONNECTIONS if connections is None else connections
        await self._webhook.set(Address(url, secret, most, certificate))
        return True

    async def _delete_webhook(self, params: Params) -> object:
        await self._webhook.delete()
        if params.is_true("drop_pending_updates"):
            self._scene.updates.drop()
        return True

    async def _get_webhook_info(self, _params: Params) -> object:
        return self._webhook.info()

    def _allow(self, params: Params) -> None:
        kinds = params.strings("allowed_updates")
        if kinds is not None:
            self._scene.updates.allow(kinds)

    # ── Faults ───────────────────────────────────────────────────────────────

    async def _without_effect(self, request: web.Request, fault: Fault, params: Params) -> web.StreamResponse:
        match fault.kind:
            case CallFault.TOO_MANY_REQUESTS:
                wait = fault.retry_after
                raise Refusal(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})
            case CallFault.SERVER_ERROR:
                raise Refusal(500, "Internal Server Error")
            case CallFault.BAD_GATEWAY:
                return web.Response(status=502, text=_BAD_GATEWAY, content_type="text/html")
            case CallFault.UNAUTHORIZED:
                raise _UNAUTHORIZED
            case CallFault.FORBIDDEN:
                raise forbidden("bot was blocked by the user")
            case CallFault.BAD_REQUEST:
                raise Refusal(400, fault.description)
            case CallFault.MIGRATE:
                raise self._migration(fault, params)
            case _:
                return _reset(request)

    async def _after_effect(self, request: web.Request, fault: Fault, answer: JsonObject) -> web.StreamResponse:
        self._scene.changed()
        match fault.kind:
            case CallFault.RESET_AFTER:
                return _reset(request)
            case CallFault.TRUNCATED:
                return await _half(request, msgspec.json.encode(answer))
            case CallFault.MALFORMED:
                return web.Response(text='{"ok":true,"result":', content_type="application/json")
            case CallFault.STALL_AFTER:
                await asyncio.sleep(fault.seconds)
            case _:
                pass
        return _json(200, answer)

    def _migration(self, fault: Fault, params: Params) -> Refusal:
        old_id = params.integer("chat_id") or 0
        new_id = fault.migrate_to if fault.migrate_to is not None else old_id - 10**12
        self._scene.migrate(old_id, new_id)
        description = "Bad Request: group chat was upgraded to a supergroup chat"
        return Refusal(400, description, {"migrate_to_chat_id": new_id})

    # ── Files ────────────────────────────────────────────────────────────────

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        if self._tokens and request.match_info["token"] not in self._tokens:
            return _json(_UNAUTHORIZED.code, _UNAUTHORIZED.as_api())
        fault = self._scene.faults.for_call("file", None)
        if fault is not None and fault.kind in {CallFault.RESET_BEFORE, CallFault.RESET_AFTER}:
            return _reset(request)
        stored = self._scene.file_at(request.match_info["path"])
        if stored is None:
            return _json(404, Refusal(404, "Not Found").as_api())
        if fault is not None and fault.kind is CallFault.TRUNCATED:
            return await _half(request, stored.content)
        if fault is not None:
            return _json(500, Refusal(500, "Internal Server Error").as_api())
        return web.Response(body=stored.content, content_type="application/octet-stream")


def _json(status: int, body: JsonObject) -> web.Response:
    return web.Response(status=status, body=msgspec.json.encode(body), content_type="application/json")


def _reset(request: web.Request) -> web.Response:
    """End the connection without a word; the answer returned here has nowhere to go."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _half(request: web.Request, body: bytes) -> web.StreamResponse:
    """Announce the whole body, send half of it, and hang up; who was killed while asking hears nothing."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": str(len(body))})
    if request.transport is None or request.transport.is_closing():
        return response
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    request.transport.close()
    return response
