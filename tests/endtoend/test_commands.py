"""The command line: exit codes, one clear line for what cannot be done, the same facts for programs and people."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from bot.commands.arguments import parse
from bot.commands.digest import form_of
from bot.errors import SettingsError
from tests.endtoend.conftest import CommandLine
from tests.support.program import Program, program


async def asked(folder: Path, *words: str, settings: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Run a command where nothing has run before."""
    async with program(folder, [], settings) as running:
        answer = await running.ask(*words)
    return answer.code, answer.out, answer.err


@pytest.mark.parametrize(
    ("words", "form"),
    [([], "text"), (["--json"], "json"), (["--format", "pdf"], "pdf"), (["--json", "--format", "json"], "json")],
)
def test_a_digest_has_one_form(words: list[str], form: str) -> None:
    """Text where none is named; JSON may be asked for in both ways."""
    assert form_of(parse(["digest", *words]).arguments) == form


@pytest.mark.parametrize("form", ["text", "png", "pdf", "xlsx"])
@pytest.mark.parametrize("turned", [1, -1])
def test_two_forms_of_a_digest_are_refused(form: str, turned: int) -> None:
    """In either order: which one was meant is not guessed."""
    words = [["--json"], ["--format", form]][::turned]
    with pytest.raises(SettingsError, match=f"--format {form}; name one of the two"):
        form_of(parse(["digest", *words[0], *words[1]]).arguments)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["cases"], "migrate", id="no database yet"),
        pytest.param(["case", "CB-2026-000001"], "migrate", id="no database for a case"),
        pytest.param(["invite", "--role", "officer"], "--unit is needed for officer", id="an officer without a unit"),
        pytest.param(["invite", "--role", "officer", "--unit", "mars"], "'mars' is not a unit", id="a unit that is none"),
        pytest.param(["digest", "--period", "2026-W60"], "2026-W47", id="a week that is none"),
        pytest.param(["deadline", "--class", "soon", "--at", "2026-11-24"], "'soon' is no class", id="a class that is none"),
        pytest.param(["deadline", "--class", "petition", "--at", "noon"], "'noon' is no moment", id="a moment that is none"),
        pytest.param(
            ["deadline", "--class", "petition", "--at", "9999-12-31"], "in the years 1970 to 2999", id="too late a year"
        ),
        pytest.param(
            ["deadline", "--class", "petition", "--at", "0001-01-01"], "in the years 1970 to 2999", id="too early a year"
        ),
        pytest.param(["translations", "import", "ug", "/nowhere"], "No such file", id="a file that is none"),
        pytest.param(["copy", "--to", "postgresql://x@127.0.0.1:1/x"], "migrate", id="nothing to copy"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(command_line: CommandLine, words: list[str], said: str) -> None:
    """Exit 2, one line that names the mistake and what is allowed, and no trace of the program's inside."""
    code, out, err = command_line(*words)
    assert (code, out) == (2, "")
    (line,) = err.splitlines()
    assert said in line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param([], "required: COMMAND; `python -m bot --help`", id="no command"),
        pytest.param(["fly"], "invalid choice: 'fly'", id="a command that is none"),
        pytest.param(["cases", "--fast"], "unrecognized arguments: --fast", id="an option that is none"),
        pytest.param(["ledger", "sing"], "`python -m bot ledger --help`", id="an act that is none"),
        pytest.param(["digest", "--format", "doc"], "choose from 'text', 'json'", id="a format that is none"),
        pytest.param(["demo", "--port", "99999"], "'99999' is no port; allowed: 0 to 65535", id="a port that is none"),
        pytest.param(["inbox", "--retry", "x"], "invalid int value: 'x'", id="a number that is none"),
    ],
)
def test_a_wrong_command_line_is_told_in_a_line(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Like every other mistake; the line names the help that belongs to it."""
    with pytest.raises(SystemExit) as ended:
        parse(words)
    assert ended.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert "--help` says what it takes" in line


def test_a_new_database_out_of_reach_is_not_blamed_on_the_old(command_line: CommandLine) -> None:
    """Whoever moves is told to look at `--to`: the settings are right."""
    assert command_line("migrate")[0] == 0
    code, _, err = command_line("copy", "--to", "postgresql://x:secret@127.0.0.1:1/x")
    (line,) = err.splitlines()
    assert code == 2
    assert line.startswith("--to: the database there is out of reach")
    assert "BOT_DATABASE" not in line
    assert "secret" not in line


def test_without_a_database_keys_are_not_called_out_of_reach(command_line: CommandLine) -> None:
    """What is missing is told once: the line of the keys points at the one of the database."""
    code, out, _ = command_line("check", "--json")
    said = {each["check"]: each["said"] for each in json.loads(out)}
    assert code == 1
    assert "migrate" in said["database"]
    assert said["keys"] == "not tried: the database is not ready, see above"


async def test_run_without_a_token_says_how_to_get_one(tmp_path: Path) -> None:
    """One line: whom to ask, where to put it, and that the demo needs none."""
    code, _, err = await asked(tmp_path, "run", settings={"BOT_TOKEN": ""})
    assert code == 2
    (line,) = err.strip().splitlines()
    assert "@BotFather" in line
    assert "make demo" in line


async def test_a_broken_county_file_is_told_whole(tmp_path: Path) -> None:
    """Every mistake of the file is a line of its own."""
    county = tmp_path / "county.toml"
    county.write_text("[county]\nname = 5\n", encoding="utf-8")
    code, _, err = await asked(
        tmp_path, "deadline", "--class", "x", "--at", "2026-11-24", settings={"BOT_COUNTY": str(county)}
    )
    assert code == 2
    assert len(err.strip().splitlines()) > 5
    assert all(line.startswith("county.toml: ") for line in err.strip().splitlines())


async def test_a_deadline_can_be_asked_for(tmp_path: Path) -> None:
    """A complaint of the evening before the National Day holiday has until the middle of October, and three reminders."""
    async with program(tmp_path, []) as running:
        answer = await running.ask("deadline", "--class", "complaint", "--at", "2026-09-30T19:00", "--json")
    told = answer.json()
    assert (told["filed_at"], told["due_at"]) == ("2026-09-30T11:00:00Z", "2026-10-15T10:30:00Z")
    before = [each for each in told["reminders"] if each["stage"].startswith("before:")]
    assert [each["stage"] for each in before] == ["before:50%", "before:1d", "before:4h"]
    assert all(told["filed_at"] < each["at"] < told["due_at"] for each in before)


async def test_texts_are_guessed_about_line_by_line(tmp_path: Path) -> None:
    """One answer for each line, in order, an empty or broken one too."""
    lines = "村口的路灯坏了\n\nئۆيگە ئوت كەتتى\n".encode() + b"\xff\xfe\n"
    async with program(tmp_path, []) as running:
        answer = await running.ask("guess", "--json", given=lines)
        people = await running.ask("guess", given=lines)
    found = [json.loads(line) for line in answer.out.splitlines()]
    assert [len(each["categories"]) for each in found] == [3, 3, 3, 3]
    assert [each["categories"][0] for each in (found[0], found[1], found[3])] == ["roads", "other", "other"]
    assert [(each["kind"], each["urgency"]) for each in found][2] == ("request", "emergency")
    assert found[0]["because"] == ["路灯", "坏了"]
    assert people.out.splitlines()[0].startswith("道路交通 > ")


async def test_a_county_without_cases_says_so(tmp_path: Path) -> None:
    """Empty is an answer: a word for people, an empty array for programs, a ledger that holds."""
    async with program(tmp_path, []) as running:
        assert (await running.ask("migrate")).code == 0
        assert (await running.ask("cases")).out == "no case yet\n"
        assert (await running.ask("cases", "--json")).json() == []
        assert (await running.ask("ledger", "verify", "--json")).json()["entries"] == 0
        missing = await running.ask("case", "CB-2026-000009")
        assert (missing.code, missing.err) == (2, "there is no such case\n")


async def test_a_changed_entry_is_found(tmp_path: Path) -> None:
    """After a change by hand, verify names the entry and ends with 1."""
    async with program(tmp_path, []) as running:
        assert (await running.ask("invite", "--role", "admin")).code == 0
        assert (await running.ask("ledger", "verify")).code == 0
        _tamper(running)
        found = await running.ask("ledger", "verify", "--json")
    assert found.code == 1
    assert found.json()["first_bad"]["seq"] == 1


def _tamper(running: Program) -> None:
    with sqlite3.connect(running.folder / "bot.db") as database:
        database.execute("DROP TRIGGER ledger_keeps_entries")
        database.execute("UPDATE ledger SET facts = replace(facts, 'admin', 'officer') WHERE seq = 1")
    database.close()


async def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    """A database of a newer program is left alone, in one line."""
    async with program(tmp_path, []) as running:
        await running.ask("migrate")
        with sqlite3.connect(running.folder / "bot.db") as database:
            database.execute("PRAGMA user_version = 999")
        database.close()
        for words in (["cases"], ["migrate"], ["run"]):
            answer = await running.ask(*words)
            assert answer.code == 2
            assert "newer program" in answer.err


async def test_a_lost_key_is_told(tmp_path: Path) -> None:
    """With another key file the program does not start, and says which file is missing."""
    async with program(tmp_path, []) as running:
        await running.ask("migrate")
        (tmp_path / "master.key").unlink()
        answer = await running.ask("run")
    assert answer.code == 2
    assert "BOT_KEY_FILE" in answer.err


async def test_check_names_what_is_wrong(tmp_path: Path) -> None:
    """One line a check; with a server that answers all is well, and a stranger's token is not."""
    async with program(tmp_path, []) as running:
        await running.ask("migrate")
        right = await running.ask("check", "--json")
        assert right.code == 0, right.out
        assert {each["check"]: each["ok"] for each in right.json()} == dict.fromkeys(
            ["settings", "county file", "database", "keys", "disk", "Bot API", "clock"], True
        )
        running.settings = {"BOT_TOKEN": "1:stranger"}
        wrong = await running.ask("check", "--json")
        assert wrong.code == 1
        assert [each["check"] for each in wrong.json() if not each["ok"]] == ["Bot API"]
        assert "stranger" not in wrong.out
