"""HTTP for python-telegram-bot and for our own calls: those without files on wires of our own, all others on aiohttp.

aiohttp also goes where a proxy is in between. Whoever catches an error can tell what certainly was not sent from what
perhaps was; no error carries the token.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple, TypeVar
from urllib.parse import quote, urlencode, urlsplit

import msgspec
from telegram.error import NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest, RequestData

from handlers.halves import without_halves
from handlers.wire import PATIENCE, Origin, Patience, PerhapsSent, Wires

if TYPE_CHECKING:
    from handlers.freight import FilePart, Freight

SUCCESS: Final = range(200, 300)
FAILURE: Final = range(400, 600)
GATEWAY_TIMEOUT: Final = 504
SECRET: Final = re.compile(r"/bot([^/]+)/")

SENT: Final = ("message_id", "date", "chat")
"""What is read of a message that was sent; the rest is what we wrote, and the library would make objects of all of it."""

Shape = TypeVar("Shape")
JSON: Final = "application/json"
READERS: Final[dict[object, msgspec.json.Decoder[Any]]] = {}
"""What reads each shape, made once: to look a shape up takes as long as to read it."""

FORM: Final = "application/x-www-form-urlencoded"
PORTS: Final[Mapping[str, int]] = {"http": 80, "https": 443}
IN_A_PATH: Final = "/:@!$&'()*+,;=-._~%"
"""What stands in a path as it is."""


class SlowDown(RetryAfter):
    """Wait as long as it says. The library's own error warns that it is out of date whenever it is made."""

    def __init__(self, seconds: float) -> None:
        self._wait = timedelta(seconds=seconds)
        super().__init__(self._wait)

    @property
    def retry_after(self) -> timedelta:
        """Return for how long nothing more may be sent to this chat."""
        return self._wait


class _Answer(msgspec.Struct):
    """What an answer of the Bot API to a call that succeeded has in it."""

    result: msgspec.Raw


class _Parameters(msgspec.Struct):
    retry_after: Annotated[float, msgspec.Meta(ge=0, le=10_000_000)] | None = None


class _Refusal(msgspec.Struct):
    """What an answer of the Bot API to a call that failed has in it; a page of some server between has not."""

    ok: bool
    error_code: object = None
    parameters: _Parameters | None = None


class Target(NamedTuple):
    """Where calls of one method go, and what their heads begin with; no origin: not by wire."""

    origin: Origin | None
    head: str


class WiredRequest(BaseRequest):
    """A request class with connections of its own, opened by `initialize` in the running loop.

    Args:
        proxy: `http://[user:password@]host:port`; requests to `https://` pass it in a tunnel.
    """

    __slots__ = ("_freight", "_is_open", "_patience", "_pool_size", "_proxy", "_targets", "_wires", "last_date")

    def __init__(self, proxy: str | None = None, pool_size: int = 100, patience: Patience = PATIENCE) -> None:
        self._proxy = proxy
        self._pool_size = pool_size
        self._patience = patience
        self._is_open = False
        self._freight: Freight | None = None
        self._wires: dict[Origin, Wires] = {}
        self._targets: dict[str, Target] = {}
        self.last_date: str | None = None
        """What the server said with its last answer that the time is, as an HTTP date."""

    @property
    def read_timeout(self) -> float | None:
        """Return how many seconds an answer may take where a call does not say."""
        return self._patience.read

    async def initialize(self) -> None:
        """Allow calls: connections are made as they are needed."""
        self._is_open = True

    async def shutdown(self) -> None:
        """Close the pool; calls under way fail. It may be opened again."""
        self._is_open = False
        freight, self._freight = self._freight, None
        if freight is not None:
            await freight.close()
        for wires in self._wires.values():
            wires.close()
        self._wires.clear()

    async def do_request(  # noqa: PLR0913, PLR0917 (the library's own signature)
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make a call and return status and body: for a POST, always the Bot API's own JSON.

        Raises:
            NotSent: it certainly was not acted upon.
            PerhapsSent, TimedOut: it perhaps was.
            SlowDown: too many calls.
            NetworkError: something else than the Bot API said no.
        """
        files: Mapping[str, FilePart] = request_data.multipart_data if request_data else {}
        fields = request_data.json_parameters if request_data else {}
        patience = self._patience
        write = patience.upload if files else patience.write
        patience = Patience(
            pool=_seconds(pool_timeout, patience.pool),
            connect=_seconds(connect_timeout, patience.connect),
            write=_seconds(write_timeout, write) if request_data else None,  # only silence ends a long download
            read=_seconds(read_timeout, patience.read),
        )
        if method == "POST" and not files:
            return await self._post(url, urlencode(fields).encode(), FORM, patience)
        return await self._carried(method, url, fields, files, patience)

    async def post_fields(self, url: str, fields: Mapping[str, str], read_seconds: float | None) -> tuple[int, bytes]:
        """Post fields and return status and the Bot API's JSON as it came; raises what `do_request` raises."""
        return await self._post(url, urlencode(fields).encode(), FORM, replace(self._patience, read=read_seconds))

    async def post_json(self, url: str, body: bytes) -> tuple[int, bytes]:
        """Post JSON and return status and the Bot API's JSON as it came; raises what `do_request` raises."""
        return await self._post(url, body, JSON, self._patience)

    async def post_files(self, url: str, fields: Mapping[str, str], files: Mapping[str, FilePart]) -> tuple[int, bytes]:
        """Post fields and files and return status and the Bot API's JSON as it came; raises what `do_request` raises."""
        return await self._carried("POST", url, fields, files, replace(self._patience, write=self._patience.upload))

    async def get_file(self, url: str, most: int) -> tuple[int, bytes]:
        """Fetch a file in pieces and return status and content, at most one byte more than `most`.

        Raises:
            NetworkError: there is no answer, or not all of it.
        """
        return await self._opened_freight().get_file(url, most, replace(self._patience, write=self._patience.upload))

    async def _post(self, url: str, body: bytes, kind: str, patience: Patience) -> tuple[int, bytes]:
        """Post what lies in memory: on a wire, unless a proxy is in between."""
        target = self._targets.get(url) or self._remembered(url)
        if self._proxy is not None or target.origin is None:
            answer = await self._opened_freight().call("POST", url, body, patience, {"Content-Type": kind})
        else:
            head = f"{target.head}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
            answer = await self._wires_to(target.origin).call(head.encode("ascii") + body, patience)
        self.last_date = answer.date
        return _checked("POST", url, answer.status, answer.body)

    def _wires_to(self, origin: Origin) -> Wires:
        self._must_be_open()
        wires = self._wires.get(origin)
        if wires is None:
            wires = self._wires[origin] = Wires(origin, self._pool_size)
        return wires

    def _opened_freight(self) -> Freight:
        """Open what files travel by, once the first does; what that needs is imported only then (it takes 0.1 s)."""
        self._must_be_open()
        if self._freight is None:
            from handlers.freight import Freight  # noqa: PLC0415 (see above)

            self._freight = Freight(self._proxy, self._pool_size, self.USER_AGENT)
        return self._freight

    def _must_be_open(self) -> None:
        if not self._is_open:
            raise RuntimeError("this request class is not initialized")

    def _remembered(self, url: str) -> Target:
        """Find out once how each method is called."""
        target = self._targets[url] = _target(url, self.USER_AGENT)
        return target

    async def _carried(
        self, method: str, url: str, fields: Mapping[str, str], files: Mapping[str, FilePart], patience: Patience
    ) -> tuple[int, bytes]:
        freight = self._opened_freight()
        from handlers.freight import form  # noqa: PLC0415 (it is there already)

        answer = await freight.call(method, url, form(fields, files), patience)
        self.last_date = answer.date
        return _checked(method, url, answer.status, answer.body)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, object]:
        """Parse an answer; unlike the library's own, log nothing of it: it may hold a resident's words."""
        answer = read_json(payload, dict[str, object])
        if answer is None:
            raise TelegramError("malformed answer")
        sent = answer.get("result")
        if isinstance(sent, dict) and "message_id" in sent:
            answer["result"] = {name: sent[name] for name in SENT if name in sent}
        return answer


def _target(url: str, agent: str) -> Target:
    """Find out where a call goes; nowhere by wire when its address wants a name and a password, or is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return Target(None, "")
    if parts.username is not None or not parts.hostname or parts.scheme not in PORTS:
        return Target(None, "")
    head = f"POST {quote(parts.path, safe=IN_A_PATH)} HTTP/1.1\r\nHost: {parts.netloc}\r\nUser-Agent: {agent}\r\n"
    if not head.isascii():
        return Target(None, "")  # a name that is still to be written in ASCII
    origin = Origin(parts.hostname, port or PORTS[parts.scheme], is_tls=parts.scheme == "https")
    return Target(origin, f"{head}Accept: application/json\r\nAccept-Encoding: gzip\r\n")


def _seconds(value: object, default: float | None) -> float | None:
    """Return a timeout as a call gives it, or the default where it gives none."""
    if value is BaseRequest.DEFAULT_NONE:
        return default
    if value is None or isinstance(value, int | float):
        return value
    raise TypeError(f"a timeout is a number of seconds, not {type(value).__name__}")


def _checked(method: str, url: str, status: int, body: bytes) -> tuple[int, bytes]:
    """Return status and body of what the Bot API wrote; raise for what others did: gateways, proxies, pages to log in on.

    Their 403 must not read as "blocked", nor their 404 as "token revoked".
    """
    if status in SUCCESS:
        if method != "POST" or read_json(body, _Answer) is not None:
            return status, body
        body = without_halves(body)  # one such update would hold up all others for ever
        if read_json(body, _Answer) is not None:
            return status, body
    refusal = read_json(body, _Refusal)
    if status in SUCCESS:
        status = _code_within(status, refusal)
    if refusal is None:
        # a gateway that stopped waiting had handed the request on; any other refusal comes instead of that
        raise (PerhapsSent if status == GATEWAY_TIMEOUT else NetworkError)(f"status {status}, not by the Bot API")
    if refusal.parameters is not None and refusal.parameters.retry_after:
        raise SlowDown(refusal.parameters.retry_after)
    for secret in SECRET.findall(url):
        body = body.replace(secret.encode(), b"...").replace(quote(secret, safe="").encode(), b"...")
    return status, body


def _code_within(status: int, refusal: _Refusal | None) -> int:
    """Return the code of a refusal that came as if the call had succeeded, as some servers between pass them on.

    Raises:
        PerhapsSent: it is none.
    """
    code = None if refusal is None or refusal.ok else refusal.error_code
    if not isinstance(code, int) or code not in FAILURE:
        raise PerhapsSent(f"status {status} without an answer")
    return code


def read_json(body: bytes, kind: type[Shape]) -> Shape | None:
    """Read JSON as a shape; None when it has another."""
    try:
        reader = READERS.get(kind)
        if reader is None:
            reader = READERS[kind] = msgspec.json.Decoder(kind)
        read: Shape = reader.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return read
