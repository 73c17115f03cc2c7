"""A file that goes with a message, written in the words of its reader's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A file to send: its name, its MIME type, its content."""

    name: str
    media_type: str
    content: bytes
