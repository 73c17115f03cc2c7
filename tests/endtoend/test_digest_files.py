"""`digest` as files: picture, PDF and table of a real database, and one line for what cannot be written."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from tests.support.program import program


async def test_a_digest_can_be_had_as_every_kind_of_file(tmp_path: Path) -> None:
    """Of a database without a case too; figures are the same in JSON and table; a language can be chosen."""
    async with program(tmp_path, []) as running:
        assert (await running.ask("migrate")).code == 0
        for form in ("png", "pdf", "xlsx", "json", "text"):
            file = tmp_path / f"digest.{form}"
            answer = await running.ask("digest", "--period", "2026-11", "--format", form, "-o", str(file))
            assert (answer.code, answer.out, answer.err) == (0, "", "")
        uyghur = tmp_path / "ug.pdf"
        answer = await running.ask("digest", "--language", "ug", "--format", "pdf", "-o", str(uyghur))
        assert answer.code == 0
    assert (tmp_path / "digest.png").read_bytes().startswith(b"\x89PNG")
    assert len(PdfReader(tmp_path / "digest.pdf").pages) == 2
    assert len(PdfReader(uyghur).pages) == 2
    figures = json.loads((tmp_path / "digest.json").read_bytes())["figures"]
    page = openpyxl.load_workbook(io.BytesIO((tmp_path / "digest.xlsx").read_bytes())).worksheets[0]
    assert page.max_row == 1 + len(figures)
    assert "月报" in (tmp_path / "digest.text").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(
            ["--format", "pdf", "-o", "nowhere/digest.pdf"], "nowhere/digest.pdf cannot be written", id="no folder"
        ),
        pytest.param(["--language", "de"], "'de' is not one; allowed: zh_Hans_CN, ug, sjo", id="no such language"),
        pytest.param(["--township", "mars"], "'mars' is not a township", id="no such township"),
    ],
)
async def test_what_cannot_be_made_is_said_in_a_line(tmp_path: Path, words: list[str], said: str) -> None:
    """Exit 2."""
    async with program(tmp_path, []) as running:
        assert (await running.ask("migrate")).code == 0
        answer = await running.ask("digest", *words)
    assert (answer.code, answer.out) == (2, "")
    (line,) = answer.err.strip().splitlines()
    assert said in line
