"""What a call brings with it. Invariant: GET, JSON, form and multipart calls look the same to a method."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

import msgspec
from aiohttp import BodyPartReader, web

from bot.sandbox.refusal import JsonObject, Refusal, bad_request

_UPLOAD_BYTES = 50 * 1024 * 1024
_TOO_LARGE = 413


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    content: bytes
    file_name: str
    mime_type: str


class Params:
    """Parameters by name, read as the type a method needs."""

    __slots__ = ("_uploads", "_values")

    def __init__(self, values: Mapping[str, object], uploads: Mapping[str, Upload] | None = None) -> None:
        self._values = values
        self._uploads = uploads or {}

    def names(self) -> Iterator[str]:
        """Return every name but those of attachments that another parameter refers to."""
        yield from self._values
        for name in self._uploads:
            if not any(isinstance(v, str) and f"attach://{name}" in v for v in self._values.values()):
                yield name

    def within(self, item: Mapping[str, object]) -> Params:
        """Return the fields of one item of a list, with the files of the whole call."""
        return Params(item, self._uploads)

    def record(self) -> JsonObject:
        """Return everything for the list of calls, files as their size."""
        return dict(self._values) | {name: f"{len(upload.content)} bytes" for name, upload in self._uploads.items()}

    def upload(self, name: str) -> Upload | None:
        """Return the file of that name, or the one it points to with attach://."""
        value = self._values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            name = value.removeprefix("attach://")
        return self._uploads.get(name)

    def text(self, name: str) -> str | None:
        """Return text, or None if it is missing."""
        value = self._values.get(name)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, bool | dict | list):
            raise bad_request(f'parameter "{name}" must be of type String')
        return str(value)

    def integer(self, name: str) -> int | None:
        """Return a whole number, or None if it is missing or empty."""
        value = self._values.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value) if isinstance(value, int | str) else int(str(value))
        except ValueError:
            raise bad_request(f'parameter "{name}" must be of type Integer') from None

    def seconds(self, name: str) -> float:
        """Return a duration in seconds, 0 if it is missing."""
        value = self.text(name)
        try:
            return float(value) if value else 0.0
        except ValueError:
            raise bad_request(f'parameter "{name}" must be a number') from None

    def number(self, name: str) -> float:
        """Return a number that must be there."""
        if self.text(name) in {None, ""}:
            raise bad_request(f'parameter "{name}" is required')
        return self.seconds(name)

    def is_true(self, name: str) -> bool:
        """Say whether a flag is set."""
        value = self._values.get(name)
        return value is True or (isinstance(value, str) and value.lower() in {"true", "1", "yes"})

    def chat_id(self) -> int | str | None:
        """Return the chat's number, or its @name as it stands."""
        value = self._values.get("chat_id")
        if isinstance(value, str) and value.lstrip("-").isdecimal():
            return int(value)
        return value if isinstance(value, int | str) else None

    def data(self, name: str) -> object:
        """Return structured data, sent as JSON text or as itself; None if it is missing."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return msgspec.json.decode(value)
        except msgspec.DecodeError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def strings(self, name: str) -> list[str] | None:
        """Return a list of texts, or None if it is missing."""
        value = self.data(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise bad_request(f'parameter "{name}" must be an Array of String')
        return value


async def read_params(request: web.Request) -> Params:
    """Read query and body of a call.

    Raises:
        Refusal: 400 for a body that cannot be read, 413 for more than 50 MB.
    """
    values: dict[str, object] = dict(request.query)
    if not request.can_read_body:
        return Params(values)
    kind = request.content_type
    if (request.content_length or 0) > _UPLOAD_BYTES:
        raise Refusal(_TOO_LARGE, "Request Entity Too Large")
    if kind == "multipart/form-data":
        return await _read_multipart(request, values)
    body = await request.read()
    if kind == "application/json":
        values |= read_object(body)
    else:
        try:
            values.update(parse_qsl(body.decode(), keep_blank_values=True))
        except UnicodeDecodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
    return Params(values)


def read_object(body: bytes) -> JsonObject:
    """Decode a JSON object.

    Raises:
        Refusal: it is none.
    """
    try:
        return msgspec.json.decode(body, type=dict[str, object]) if body else {}
    except msgspec.DecodeError:
        raise bad_request("can't parse JSON object") from None


async def _read_multipart(request: web.Request, values: dict[str, object]) -> Params:
    uploads: dict[str, Upload] = {}
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise bad_request("can't parse multipart body")
        content = bytes(await part.read(decode=True))
        size += len(content)
        if size > _UPLOAD_BYTES:
            raise Refusal(_TOO_LARGE, "Request Entity Too Large")
        if part.filename is None:
            values[part.name] = content.decode()
        else:
            uploads[part.name] = Upload(content, part.filename, part.headers.get("Content-Type", "application/octet-stream"))
    return Params(values, uploads)
