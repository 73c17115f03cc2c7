"""How the Bot API says no.

Invariant: every refusal a client sees was raised here and carries the words of the real server.
"""

from __future__ import annotations

#: A JSON object as it stands in a request or an answer.
JsonObject = dict[str, object]


class Refusal(Exception):
    """An answer with `ok` false; `code` is both HTTP status and `error_code`.

    Source: Bot API, section "Making requests".
    """

    def __init__(self, code: int, description: str, parameters: JsonObject | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_api(self) -> JsonObject:
        """Return the body of the answer."""
        body: JsonObject = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters is not None:
            body["parameters"] = self.parameters
        return body


def bad_request(why: str) -> Refusal:
    """Return the 400 that the real server words as "Bad Request: …"."""
    return Refusal(400, f"Bad Request: {why}")


def forbidden(why: str) -> Refusal:
    """Return the 403 that the real server words as "Forbidden: …"."""
    return Refusal(403, f"Forbidden: {why}")
