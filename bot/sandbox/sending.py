"""Methods that put something into a chat or change it. Invariant: each check runs before anything is changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from telegram.constants import ChatAction, MessageLimit

from bot.sandbox.keyboard import check_markup
from bot.sandbox.markup import parse_html, trim, with_found
from bot.sandbox.media import file_fields, image_type, location_fields, photo_fields
from bot.sandbox.message import Chat, Message
from bot.sandbox.params import Params
from bot.sandbox.refusal import JsonObject, bad_request
from bot.sandbox.scene import Scene, StoredFile

#: A Bot API method: parameters in, `result` out.
Method = Callable[[Params], object]

_PHOTO_BYTES = 10 * 1024 * 1024
_DELETABLE = timedelta(hours=48)
_GROUP_SIZES = range(2, 11)
_TOAST_LIMIT = 200
_FOLDERS = {
    "photo": "photos", "document": "documents", "voice": "voice",
    "video": "videos", "audio": "music", "animation": "animations",
}  # fmt: skip
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


class Sending:
    """Carry out what the bot says to people."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def methods(self) -> dict[str, Method]:
        """Return the methods by their names in lower case."""
        table: dict[str, Method] = {
            "sendmessage": self.send_message,
            "sendlocation": self.send_location,
            "sendmediagroup": self.send_media_group,
            "sendchataction": self.send_chat_action,
            "editmessagetext": self.edit_message_text,
            "editmessagecaption": self.edit_message_caption,
            "editmessagereplymarkup": self.edit_message_reply_markup,
            "deletemessage": self.delete_message,
            "answercallbackquery": self.answer_callback_query,
        }
        return table | {f"send{kind}": self._sender_of(kind) for kind in _FOLDERS}

    # ── New messages ─────────────────────────────────────────────────────────

    def send_message(self, params: Params) -> object:
        """Send text.

        Source: Bot API, sendMessage.
        """
        chat = self._scene.chat_for_sending(params.chat_id())
        text, entities = _message_text(params)
        return self._post(params, chat, text, entities, {})

    def send_location(self, params: Params) -> object:
        """Send a place.

        Source: Bot API, sendLocation.
        """
        chat = self._scene.chat_for_sending(params.chat_id())
        return self._post(params, chat, "", [], location_fields(params.number("latitude"), params.number("longitude")))

    def _sender_of(self, kind: str) -> Method:
        def send(params: Params) -> object:
            chat = self._scene.chat_for_sending(params.chat_id())
            caption, entities = _caption(params)
            return self._post(params, chat, caption, entities, self._media(params, kind, kind))

        return send

    def send_media_group(self, params: Params) -> object:
        """Send an album.

        Source: Bot API, sendMediaGroup.
        """
        chat = self._scene.chat_for_sending(params.chat_id())
        items = params.data("media")
        if not isinstance(items, list) or len(items) not in _GROUP_SIZES:
            raise bad_request("media group must include 2-10 items")
        drafts: list[tuple[str, list[JsonObject], JsonObject]] = []
        for item in items:
            if not isinstance(item, dict) or item.get("type") not in {"photo", "document", "video", "audio"}:
                raise bad_request("can't parse InputMedia: unsupported type")
            one = params.within(item)
            drafts.append((*_caption(one), self._media(one, str(item["type"]), "media")))
        album = str(self._scene.new_message_id() * 1_000_003)
        return [self._post(params, chat, *draft, album=album) for draft in drafts]

    def send_chat_action(self, params: Params) -> object:
        """Show what the bot is doing.

        Source: Bot API, sendChatAction.
        """
        chat = self._scene.chat_for_sending(params.chat_id())
        action = params.text("action") or ""
        if action not in set(ChatAction):
            raise bad_request("wrong parameter action in request")
        chat.action = action
        self._scene.publish("action", chat)
        return True

    def _post(
        self,
        params: Params,
        chat: Chat,
        text: str,
        entities: list[JsonObject],
        media: JsonObject,
        *,
        album: str | None = None,
    ) -> JsonObject:
        markup = check_markup(params.data("reply_markup"))
        reply_to = _reply_target(params, chat)
        if markup is not None and "inline_keyboard" not in markup:
            chat.reply_keyboard = markup if "keyboard" in markup else None
            self._scene.publish("chat", chat)
            markup = None
        scene = self._scene
        message = Message(scene.new_message_id(), chat, scene.bot_account, scene.clock.now(), text, entities, media)
        message.reply_markup, message.reply_to, message.media_group_id = markup, reply_to, album
        return scene.post(message).as_api()

    def _media(self, params: Params, kind: str, name: str) -> JsonObject:
        """Return the media field of a message, from an upload or from a file that is already here."""
        upload = params.upload(name)
        if upload is not None:
            if not upload.content:
                raise bad_request("file must be non-empty")
            mime_type = image_type(upload.content) if kind == "photo" else upload.mime_type
            stored = self._scene.store(_FOLDERS[kind], upload.content, mime_type, upload.file_name)
        else:
            stored = self._known_file(params.text(name), kind)
        if kind == "photo":
            if stored.size > _PHOTO_BYTES:
                raise bad_request("file is too big for a photo")
            return photo_fields(stored)
        return file_fields(kind, stored, params.integer("duration"))

    def _known_file(self, file_id: str | None, kind: str) -> StoredFile:
        if not file_id:
            raise bad_request(f"there is no {kind} in the request")
        stored = self._scene.files.get(file_id)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return stored

    # ── Changes ──────────────────────────────────────────────────────────────

    def edit_message_text(self, params: Params) -> object:
        """Replace text and keyboard; leaving the keyboard out removes it.

        Source: Bot API, editMessageText.
        """
        message = self._editable(params)
        text, entities = _message_text(params)
        if message.media:
            raise bad_request("there is no text in the message to edit")
        return self._change(message, text, entities, check_markup(params.data("reply_markup")))

    def edit_message_caption(self, params: Params) -> object:
        """Replace caption and keyboard.

        Source: Bot API, editMessageCaption.
        """
        message = self._editable(params)
        if not message.media:
            raise bad_request("there is no caption in the message to edit")
        return self._change(message, *_caption(params), check_markup(params.data("reply_markup")))

    def edit_message_reply_markup(self, params: Params) -> object:
        """Replace the keyboard alone.

        Source: Bot API, editMessageReplyMarkup.
        """
        message = self._editable(params)
        return self._change(message, message.text, message.entities, check_markup(params.data("reply_markup")))

    def delete_message(self, params: Params) -> object:
        """Take a message away, for everyone.

        Source: Bot API, deleteMessage.
        """
        chat = self._scene.chat_for_sending(params.chat_id())
        message = chat.messages.get(params.integer("message_id") or 0)
        if message is None:
            raise bad_request("message to delete not found")
        if self._scene.clock.now() - message.sent_at > _DELETABLE:
            raise bad_request("message can't be deleted for everyone")
        del chat.messages[message.message_id]
        self._scene.publish("deleted", chat, message)
        return True

    def answer_callback_query(self, params: Params) -> object:
        """End the waiting of a pressed button.

        Source: Bot API, answerCallbackQuery.
        """
        text = params.text("text") or ""
        if len(text) > _TOAST_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
        self._scene.answer_press(params.text("callback_query_id") or "", text, is_alert=params.is_true("show_alert"))
        return True

    def _editable(self, params: Params) -> Message:
        chat = self._scene.chat_for_sending(params.chat_id())
        message = chat.messages.get(params.integer("message_id") or 0)
        if message is None:
            raise bad_request("message to edit not found")
        if message.sender is not self._scene.bot_account:
            raise bad_request("message can't be edited")
        return message

    def _change(self, message: Message, text: str, entities: list[JsonObject], markup: JsonObject | None) -> JsonObject:
        if markup is not None and "inline_keyboard" not in markup and markup:
            raise bad_request("inline keyboard expected")
        markup = markup if markup and markup["inline_keyboard"] else None
        if (message.text, message.entities, message.reply_markup) == (text, entities, markup):
            raise bad_request(_NOT_MODIFIED)
        is_new_text = (message.text, message.entities) != (text, entities)
        message.text, message.entities, message.reply_markup = text, entities, markup
        if is_new_text:
            message.edited_at = self._scene.clock.now()
        self._scene.publish("message", message.chat, message)
        return message.as_api()


def _formatted(params: Params, name: str) -> tuple[str, list[JsonObject]]:
    raw = (params.text(name) or "").replace("\r", "")
    mode = params.text("parse_mode")
    if mode and mode.lower() == "html":
        text, entities = parse_html(raw)
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        given = params.data("entities" if name == "text" else "caption_entities")
        text, entities = trim(
            raw, [entity for entity in given if isinstance(entity, dict)] if isinstance(given, list) else []
        )
    return text, with_found(text, entities)


def _message_text(params: Params) -> tuple[str, list[JsonObject]]:
    text, entities = _formatted(params, "text")
    if not text:
        raise bad_request("message text is empty")
    if len(text) > MessageLimit.MAX_TEXT_LENGTH:
        raise bad_request("message is too long")
    return text, entities


def _caption(params: Params) -> tuple[str, list[JsonObject]]:
    text, entities = _formatted(params, "caption")
    if len(text) > MessageLimit.CAPTION_LENGTH:
        raise bad_request("message caption is too long")
    return text, entities


def _reply_target(params: Params, chat: Chat) -> Message | None:
    wanted = params.data("reply_parameters")
    message_id = wanted.get("message_id") if isinstance(wanted, dict) else params.integer("reply_to_message_id")
    if not message_id:
        return None
    target = chat.messages.get(message_id)
    may_be_missing = isinstance(wanted, dict) and wanted.get("allow_sending_without_reply") is True
    if target is None and not may_be_missing:
        raise bad_request("message to be replied not found")
    return target
