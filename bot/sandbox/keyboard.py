"""What may hang under a message.

Invariant: a keyboard that passes here would pass the real server, and a page can draw it.
"""

from __future__ import annotations

import re

from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit

from bot.sandbox.refusal import JsonObject, bad_request

_START = re.compile(r"^(?:https?://)?(?:t\.me|telegram\.me)/(?P<bot>\w+)\?start=(?P<payload>[^&#]*)$", re.ASCII)
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_ACTIONS = frozenset(
    {
        "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
    }
)  # fmt: skip


def start_payload(link: str) -> str | None:
    """Return the payload of a start link, or None where the link is of another sort."""
    match = _START.match(link)
    return match["payload"] if match else None


def is_payload(text: str) -> bool:
    """Say whether Telegram would carry this as a start payload: 1 to 64 of A-Z a-z 0-9 _ -."""
    return _PAYLOAD.fullmatch(text) is not None


def check_markup(markup: object) -> JsonObject | None:
    """Return the keyboard when the server would take it.

    Raises:
        Refusal: it is malformed, too big, or a button would not work.
    Source: Bot API, sections "InlineKeyboardMarkup" and "ReplyKeyboardMarkup".
    """
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], "inline keyboard")
        for button in (button for row in rows for button in row):
            _check_inline(button)
        if sum(map(len, rows)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
            raise bad_request("REPLY_MARKUP_TOO_LONG")
    elif "keyboard" in markup:
        rows = _rows(markup["keyboard"], "keyboard")
        if not any(rows):
            raise bad_request("reply keyboard must be non-empty")
    elif not (markup.get("remove_keyboard") is True or markup.get("force_reply") is True or markup == {}):
        raise bad_request("object expected as reply markup")
    return {str(key): value for key, value in markup.items()}


def _rows(value: object, what: str) -> list[list[object]]:
    if not isinstance(value, list):
        raise bad_request(f'field "{what.replace(" ", "_")}" of the ReplyMarkup must be of type Array')
    if not all(isinstance(row, list) for row in value):
        raise bad_request(f"can't parse {what} button: expected an Array of Arrays of buttons")
    return value


def _check_inline(button: object) -> None:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    text = button.get("text")
    if not isinstance(text, str) or not text.strip():
        raise bad_request("can't parse inline keyboard button: button text must be non-empty")
    actions = _ACTIONS & button.keys()
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one action must be specified")
    if "callback_data" in button:
        data = button["callback_data"]
        limit = InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= limit:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_url(button["url"])


def _check_url(url: object) -> None:
    if not isinstance(url, str) or not re.match(r"(?:https?|tg|tel)://?\S+$|tel:\S+$|[\w-]+\.\S+$", url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    payload = start_payload(url)
    if payload is not None and not is_payload(payload):
        raise bad_request("BUTTON_URL_INVALID")


def inline_buttons(markup: JsonObject | None) -> list[list[dict[str, str]]]:
    """Return the inline buttons row by row, with the string fields of each."""
    rows = (markup or {}).get("inline_keyboard")
    if not isinstance(rows, list):
        return []
    return [[{str(k): v for k, v in button.items() if isinstance(v, str)} for button in row] for row in rows]
