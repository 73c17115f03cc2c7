"""What a log may say of an error: its kind and place, never its text, which may repeat what a person wrote."""

from __future__ import annotations

import traceback


def describe(error: BaseException) -> str:
    """Name an error's class and where it was raised, such as `KeyError at handlers/resident/draft.py:42`."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return type(error).__name__
    last = frames[-1]
    return f"{type(error).__name__} at {'/'.join(last.filename.split('/')[-3:])}:{last.lineno}"
