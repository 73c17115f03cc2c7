"""The sample county file with something in it changed, and what is said of it then."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.county import read_county, sample_county_path
from bot.errors import SettingsError

SAMPLE = sample_county_path().read_text(encoding="utf-8")


def edited(*edits: tuple[str, str]) -> str:
    """Return the sample file with the first place of each text replaced by another."""
    text = SAMPLE
    for before, after in edits:
        assert before in text, f"the sample no longer says {before!r}"
        text = text.replace(before, after, 1)
    return text


def without(section: str) -> str:
    """Return the sample file without a section and what belongs to it."""
    kept: list[str] = []
    is_in = False
    for line in SAMPLE.splitlines(keepends=True):
        if line.startswith("["):
            is_in = line.lstrip("[").split("]")[0].split(".")[0] == section
        kept.extend([] if is_in else [line])
    return "".join(kept)


def mistakes_of(folder: Path, text: str | bytes) -> list[str]:
    """Return what is said of a county file, without the file's name in front."""
    path = folder / "county.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SettingsError) as caught:
        read_county(path)
    assert all(line.startswith("county.toml: ") and "\n" not in line for line in caught.value.mistakes)
    return [line.removeprefix("county.toml: ") for line in caught.value.mistakes]
