"""Cleaning a file in a process of its own, and what to make of its answer; one file at a time."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Final

from bot.ports.files import OpenedFile, WrongFile
from bot.rules.file import Media, Unwanted

PATIENCE: Final = 60.0
"""Seconds for one file."""

_ROOT: Final = Path(__file__).resolve().parents[2]


class Workshop:
    """Cleans files. One that brings its process down is broken, and that is all it does."""

    async def clean(self, media: Media, content: bytes) -> OpenedFile:
        """Clean a file.

        Raises:
            WrongFile: it is not taken.
        """
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.media", media.value, cwd=_ROOT, env={"PYTHONUTF8": "1", "PYTHONPATH": str(_ROOT)},
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            async with asyncio.timeout(PATIENCE):
                answer, _ = await process.communicate(content)
        except TimeoutError:
            raise WrongFile(Unwanted.BROKEN) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        head, _, body = answer.partition(b"\n")
        verdict, _, what = head.decode("ascii", errors="replace").partition(" ")
        if process.returncode != 0 or verdict not in {"kept", "refused"}:
            raise WrongFile(Unwanted.BROKEN)
        if verdict == "refused":
            raise WrongFile(Unwanted(what))
        return OpenedFile(what, body)
