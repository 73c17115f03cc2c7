"""The stand-alone verifier as people start it, and the published exports and checkpoints as files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from tests.tools.test_ledger_vectors import published

TOOL: Final = Path(__file__).parents[2] / "tools" / "verify_ledger.py"

Run = Callable[..., subprocess.CompletedProcess[str]]
Lines = list[dict[str, Any]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Start the verifier in an empty place, isolated from this project."""

    def start(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", str(TOOL), *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)

    return start


@pytest.fixture
def export(tmp_path: Path) -> Callable[[Lines], str]:
    """Write an export."""

    def write_export(lines: Lines) -> str:
        path = tmp_path / "export.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        return str(path)

    return write_export


@pytest.fixture
def checkpoints(tmp_path: Path) -> list[str]:
    """Write the published checkpoints, of 0, 4 and 7 entries."""
    paths = []
    for name, note in zip(("0.txt", "4.txt", "7.txt"), published()["checkpoints"], strict=True):
        (tmp_path / name).write_bytes(note.encode())
        paths.append(str(tmp_path / name))
    return paths
