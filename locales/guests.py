"""A sentence for whoever writes in a language that the service does not speak; a catalogue of its own, in `guests.toml`.

Invariant: every guest's language has its sentence; a test counts them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.rules.guest import Guest
from locales.markup import RLM, Html, escape, isolated


@cache
def sentences() -> Mapping[Guest, str]:
    """Read the sentences, once."""
    text = files("locales").joinpath("guests.toml").read_text(encoding="utf-8")
    return {Guest(code): sentence for code, sentence in tomllib.loads(text).items()}


def greeting(guest: Guest, *, is_right_to_left: bool) -> Html:
    """Greet a guest, in a message that runs as the reader's own language does."""
    sentence = isolated(escape(sentences()[guest]))
    return Html(f"{RLM}{sentence}") if is_right_to_left else Html(sentence)
