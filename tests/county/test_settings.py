"""What the environment may say, and what is said of one with mistakes; nothing that is said holds a secret."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.county import sample_county_path
from bot.env_file import read_env_file
from bot.errors import SettingsError
from bot.settings import VARIABLES, Address, LogFormat, PostgresLocation, Settings, SqliteLocation, Webhook

TOKEN = "123456:AAE-made_up_secret"
WEBHOOK = {"BOT_WEBHOOK_URL": "https://bot.example/hook", "BOT_WEBHOOK_SECRET": "hush_hush", "BOT_LISTEN": "0.0.0.0:8443"}


def mistakes_of(environ: dict[str, str], cwd: Path) -> list[str]:
    """Return what is said of an environment."""
    with pytest.raises(SettingsError) as caught:
        Settings.read(environ, cwd)
    return list(caught.value.mistakes)


def of_file(path: Path) -> tuple[dict[str, str], list[str]]:
    """Return what a file of settings sets, and what is wrong with it."""
    mistakes: list[str] = []
    return read_env_file(path, mistakes), mistakes


class TestDefaults:
    """An environment that says nothing."""

    def test_nothing_needs_to_be_set(self, tmp_path: Path) -> None:
        """Only `run` needs a token, and says so itself."""
        settings = Settings.read({"HOME": "/root"}, tmp_path)
        assert settings == Settings(
            token=None,
            api_base="https://api.telegram.org",
            proxy=None,
            database=SqliteLocation(tmp_path / "data" / "bot.db"),
            county=sample_county_path(),
            key_file=tmp_path / "data" / "master.key",
            sign_key_file=tmp_path / "data" / "sign.key",
            webhook=None,
            listen=None,
            log=LogFormat.JSON,
        )

    def test_on_a_terminal_the_log_is_text(self, tmp_path: Path) -> None:
        """Unless the operator says otherwise."""
        assert Settings.read({}, tmp_path, is_terminal=True).log is LogFormat.TEXT
        assert Settings.read({"BOT_LOG": "json"}, tmp_path, is_terminal=True).log is LogFormat.JSON

    def test_empty_is_not_set(self, tmp_path: Path) -> None:
        """Containers hand over empty variables for what nobody filled in."""
        empty = {variable.name: " " for variable in VARIABLES}
        assert Settings.read(empty, tmp_path) == Settings.read({}, tmp_path)

    def test_keys_lie_beside_the_sqlite_database(self, tmp_path: Path) -> None:
        """Whoever copies the folder has all of it."""
        settings = Settings.read({"BOT_DATABASE": "sqlite:////srv/bot/ledger.db"}, tmp_path)
        assert settings.key_file == Path("/srv/bot/master.key")
        assert settings.sign_key_file == Path("/srv/bot/sign.key")

    def test_keys_lie_in_data_with_a_database_elsewhere(self, tmp_path: Path) -> None:
        """A server's database has no folder to lie in."""
        settings = Settings.read({"BOT_DATABASE": "postgresql://localhost/bot"}, tmp_path)
        assert settings.key_file == tmp_path / "data" / "master.key"


class TestValues:
    """What each variable may say."""

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ("sqlite:///bot.db", "{cwd}/bot.db"),
            ("sqlite:///data/qapqal/bot.db", "{cwd}/data/qapqal/bot.db"),
            ("sqlite:////var/lib/bot.db", "/var/lib/bot.db"),
            ("sqlite:///with space.db", "{cwd}/with space.db"),
        ],
    )
    def test_three_slashes_from_here_four_from_the_root(self, tmp_path: Path, text: str, path: str) -> None:
        """As SQLAlchemy and most others read it."""
        database = Settings.read({"BOT_DATABASE": text}, tmp_path).database
        assert database == SqliteLocation(Path(path.format(cwd=tmp_path)))

    @pytest.mark.parametrize("url", ["postgresql://bot:pass@db:5432/bot", "postgresql:///bot?host=/run/postgresql"])
    def test_a_server_is_a_url_as_it_stands(self, tmp_path: Path, url: str) -> None:
        """The driver reads the rest of it."""
        assert Settings.read({"BOT_DATABASE": url}, tmp_path).database == PostgresLocation(url)

    @pytest.mark.parametrize(
        ("text", "address"),
        [
            ("127.0.0.1:8080", Address("127.0.0.1", 8080)),
            ("localhost:1", Address("localhost", 1)),
            ("[::1]:8080", Address("::1", 8080)),
            ("0.0.0.0:65535", Address("0.0.0.0", 65535)),  # noqa: S104 (only read)
        ],
    )
    def test_listening_is_host_and_port(self, tmp_path: Path, text: str, address: Address) -> None:
        """Brackets belong to the way it is written, not to the host."""
        assert Settings.read({"BOT_LISTEN": text}, tmp_path).listen == address

    @pytest.mark.parametrize(
        ("name", "text", "attribute", "value"),
        [
            ("BOT_TOKEN", TOKEN, "token", TOKEN),
            ("BOT_TOKEN", f" {TOKEN}\n", "token", TOKEN),
            ("BOT_API_BASE", "http://127.0.0.1:8081/", "api_base", "http://127.0.0.1:8081"),
            ("BOT_API_BASE", "https://api.example/telegram//", "api_base", "https://api.example/telegram"),
            ("BOT_PROXY", "http://user:pass@proxy:3128", "proxy", "http://user:pass@proxy:3128"),
            ("BOT_LOG", "text", "log", LogFormat.TEXT),
            ("BOT_KEY_FILE", "/run/secrets/master", "key_file", Path("/run/secrets/master")),
        ],
    )
    def test_a_value_is_taken(self, tmp_path: Path, name: str, text: str, attribute: str, value: object) -> None:
        """Spaces around it are not part of it."""
        assert getattr(Settings.read({name: text}, tmp_path), attribute) == value

    def test_paths_begin_where_the_program_was_started(self, tmp_path: Path) -> None:
        """The county file must be there, a key file may come to be."""
        (tmp_path / "county.toml").touch()
        settings = Settings.read({"BOT_COUNTY": "county.toml", "BOT_SIGN_KEY_FILE": "keys/sign"}, tmp_path)
        assert settings.county == tmp_path / "county.toml"
        assert settings.sign_key_file == tmp_path / "keys" / "sign"

    def test_a_webhook_is_an_address_a_secret_and_a_place_to_listen(self, tmp_path: Path) -> None:
        """All three, or polling."""
        settings = Settings.read(WEBHOOK, tmp_path)
        assert settings.webhook == Webhook("https://bot.example/hook", "hush_hush")
        assert settings.listen is not None

    @pytest.mark.parametrize("url", ["http://127.0.0.1:9/x", "http://localhost/x", "http://[::1]:80/x", "https://a.example"])
    def test_on_this_machine_a_webhook_needs_no_encryption(self, tmp_path: Path, url: str) -> None:
        """The stand-in for Telegram calls it so."""
        settings = Settings.read(WEBHOOK | {"BOT_WEBHOOK_URL": url}, tmp_path)
        assert settings.webhook is not None
        assert settings.webhook.url == url


PORT = "is not an address that can be read: look at its brackets and its port"
HOST_PORT = "must be host:port, such as 127.0.0.1:8080 or [::1]:8080, with a port from 1 to 65535"
SAFE = "must begin with https://, as Telegram calls nothing else (http:// only on this machine)"
FILE = "must name a file: sqlite:///path from here, or sqlite:////path from the root"


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("BOT_TOKEN", "secret", "must be digits, a colon and a secret, as @BotFather gave it"),
        ("BOT_TOKEN", "123456:", "must be digits, a colon and a secret, as @BotFather gave it"),
        ("BOT_TOKEN", "123:a b", "must be digits, a colon and a secret, as @BotFather gave it"),
        ("BOT_API_BASE", "api.telegram.org", "must be an address such as https://api.telegram.org"),
        ("BOT_API_BASE", "ftp://x", "must be an address such as https://api.telegram.org, not ftp://"),
        ("BOT_API_BASE", "https://", "must name a host after the two slashes"),
        ("BOT_API_BASE", "https://me:pass@x", "must have no user, question mark or fragment in it"),
        ("BOT_API_BASE", "https://x:port", PORT),
        ("BOT_API_BASE", "https://[::1", PORT),
        ("BOT_API_BASE", "https://a b", "must have no spaces in it"),
        ("BOT_PROXY", "socks5://me:pass@proxy:1080", "only http://host:port proxies can be used, not socks5://"),
        ("BOT_PROXY", "https://proxy:1080", "only http://host:port proxies can be used, not https://"),
        ("BOT_PROXY", "http://:1080", "must name a host after the two slashes"),
        ("BOT_PROXY", "proxy:1080", "only http://host:port proxies can be used"),
        (
            "BOT_DATABASE",
            "mysql://me:pass@db/bot",
            "must be sqlite:///path or postgresql://user@host/name, not mysql://",
        ),
        ("BOT_DATABASE", "data/bot.db", "must be sqlite:///path or postgresql://user@host/name"),
        ("BOT_DATABASE", "sqlite://bot.db", FILE),
        ("BOT_DATABASE", "sqlite:///", FILE),
        ("BOT_DATABASE", "sqlite:///:memory:", FILE),
        ("BOT_DATABASE", "sqlite:///.", "must be a file, not a directory"),
        ("BOT_DATABASE", "postgresql://me:pass@db:x/bot", PORT),
        ("BOT_COUNTY", "nowhere.toml", "there is no file {cwd}/nowhere.toml"),
        ("BOT_COUNTY", ".", "must be a file, not a directory"),
        ("BOT_COUNTY", "x" * 5000, "is not a path that can be used"),
        ("BOT_KEY_FILE", "..", "must be a file, not a directory"),
        ("BOT_SIGN_KEY_FILE", "a\0b", "is not a path that can be used"),
        ("BOT_LISTEN", "8080", HOST_PORT),
        ("BOT_LISTEN", ":8080", HOST_PORT),
        ("BOT_LISTEN", "::1:8080", HOST_PORT),
        ("BOT_LISTEN", "localhost:0", HOST_PORT),
        ("BOT_LISTEN", "localhost:65536", HOST_PORT),
        ("BOT_LISTEN", "localhost:٨٠", HOST_PORT),
        ("BOT_LOG", "xml", "must be text or json"),
        ("BOT_WEBHOOK_SECRET", "a b", "must be 1 to 256 characters of A to Z, a to z, 0 to 9, _ and -"),
        ("BOT_WEBHOOK_SECRET", "a" * 257, "must be 1 to 256 characters of A to Z, a to z, 0 to 9, _ and -"),
        ("BOT_WEBHOOK_URL", "http://bot.example/hook", SAFE),
        ("BOT_WEBHOOK_URL", "http://127.0.0.1.example/hook", SAFE),
        ("BOT_WEBHOOK_URL", "https://", SAFE),
        ("BOT_WEBHOOK_URL", "https://me:pass@bot.example", "must have no user and no fragment in it"),
        ("BOT_TOKN", "x", "no such setting (did you mean BOT_TOKEN?)"),
        ("BOT_COLOUR_OF_THE_SKY", "x", "no such setting"),
    ],
)
def test_a_mistake_is_one_line_that_names_the_variable(tmp_path: Path, name: str, text: str, reason: str) -> None:
    """And nothing else is complained of because of it."""
    assert mistakes_of({name: text}, tmp_path) == [f"{name}: {reason.format(cwd=tmp_path)}"]


def test_a_webhook_without_secret_or_place_to_listen_is_told_of_both(tmp_path: Path) -> None:
    """Telegram would call, and nobody could tell that it is Telegram."""
    assert mistakes_of({"BOT_WEBHOOK_URL": "https://bot.example/hook"}, tmp_path) == [
        "BOT_WEBHOOK_SECRET must be set, because BOT_WEBHOOK_URL is",
        "BOT_LISTEN must be set, because BOT_WEBHOOK_URL is",
    ]


def test_two_keys_are_not_one_file(tmp_path: Path) -> None:
    """The second would be read as the first."""
    environ = {"BOT_KEY_FILE": "key", "BOT_SIGN_KEY_FILE": "key"}
    assert mistakes_of(environ, tmp_path) == ["BOT_KEY_FILE and BOT_SIGN_KEY_FILE must be two files"]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """Those of the `.env` file too."""
    (tmp_path / ".env").write_text("BOT_LOG=xml\nwhat is this\n", encoding="utf-8")
    told = mistakes_of({"BOT_TOKEN": "x", "BOT_PROXI": "x", "BOT_DATABASE": "x"}, tmp_path)
    assert [line.split(":")[0] for line in told] == [".env", "BOT_PROXI", "BOT_DATABASE", "BOT_TOKEN", "BOT_LOG"]


class TestSecrets:
    """What never stands in a log."""

    ENVIRON = WEBHOOK | {
        "BOT_TOKEN": TOKEN,
        "BOT_PROXY": "http://me:proxy_pass@proxy:3128",
        "BOT_DATABASE": "postgresql://me:db_pass@db:5432/bot?sslpassword=key_pass",
    }

    def test_settings_do_not_show_them(self, tmp_path: Path) -> None:
        """Neither printed nor formatted; where the database is may be seen."""
        settings = Settings.read(self.ENVIRON, tmp_path)
        for shown in (repr(settings), str(settings), f"{settings.database}", repr(settings.webhook)):
            for secret in (TOKEN, "made_up", "hush", "proxy_pass", "db_pass", "key_pass", "me:"):
                assert secret not in shown
        assert repr(settings.database) == "PostgresLocation(postgresql://db:5432/bot)"

    @given(secret=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40))
    def test_mistakes_do_not_quote_them(self, tmp_path_factory: pytest.TempPathFactory, secret: str) -> None:
        """Whatever was put where a secret belongs."""
        told: list[str] = []
        for name in ("BOT_TOKEN", "BOT_WEBHOOK_SECRET", "BOT_PROXY", "BOT_DATABASE", "BOT_API_BASE", "BOT_WEBHOOK_URL"):
            try:
                Settings.read({name: f"§:{secret}§@"}, tmp_path_factory.getbasetemp())
            except SettingsError as error:
                told.extend(error.mistakes)
        assert len(told) == 6
        assert not any("§" in line for line in told)

    def test_a_line_of_the_env_file_is_told_by_number(self, tmp_path: Path) -> None:
        """It may be a token that lost its name."""
        (tmp_path / ".env").write_text(f"BOT_LOG=text\n{TOKEN}\n", encoding="utf-8")
        (line,) = mistakes_of({}, tmp_path)
        assert line.startswith(".env: line 2 is not KEY=VALUE")
        assert TOKEN not in line


class TestEnvFile:
    """The `.env` file."""

    @pytest.mark.parametrize(
        ("line", "value"),
        [
            ("BOT_X=plain", "plain"),
            ("  BOT_X = spaced  ", "spaced"),
            ("export BOT_X=exported", "exported"),
            ("BOT_X='it is \"quoted\"'", 'it is "quoted"'),
            ('BOT_X="a # b" # comment', "a # b"),
            ("BOT_X=a#b", "a#b"),
            ("BOT_X=a # comment", "a"),
            ("BOT_X= # comment", ""),
            ("BOT_X=", ""),
            ('BOT_X=""', ""),
            ("BOT_X=a=b", "a=b"),
            ("BOT_X=two words", "two words"),
            ("BOT_X=one\nBOT_X=two", "two"),
            ("# comment\n\nBOT_X=$HOME", "$HOME"),
        ],
    )
    def test_a_line_is_key_and_value(self, tmp_path: Path, line: str, value: str) -> None:
        """Quotes and comments go, nothing is expanded, the last one wins."""
        path = tmp_path / ".env"
        path.write_text(line, encoding="utf-8")
        assert of_file(path) == ({"BOT_X": value}, [])

    @pytest.mark.parametrize("line", ["BOT_X", "BOT-X=1", "=1", "BOT_X='open", "BOT_X='a'b", 'BOT_X="a"b"'])
    def test_anything_else_is_a_mistake(self, tmp_path: Path, line: str) -> None:
        """Told by its number."""
        path = tmp_path / ".env"
        path.write_text(f"\n{line}\n", encoding="utf-8")
        _, mistakes = of_file(path)
        assert mistakes == [".env: line 2 is not KEY=VALUE (a value with quotes in it goes between the other kind)"]

    def test_only_our_variables_are_taken(self, tmp_path: Path) -> None:
        """Other programs keep theirs in the same file."""
        (tmp_path / ".env").write_text("POSTGRES_PASSWORD=x\nBOT_LOG=text\n", encoding="utf-8")
        assert Settings.read({}, tmp_path).log is LogFormat.TEXT

    def test_no_file_sets_nothing(self, tmp_path: Path) -> None:
        """It need not be there."""
        assert of_file(tmp_path / ".env") == ({}, [])

    def test_what_cannot_be_read_is_a_mistake(self, tmp_path: Path) -> None:
        """A directory of that name, or bytes that are no text."""
        (tmp_path / ".env").mkdir()
        assert mistakes_of({}, tmp_path) == [".env: cannot be read: Is a directory"]
        path = tmp_path / "latin.env"
        path.write_bytes(b"BOT_LOG=\xff")
        assert of_file(path) == ({}, ["latin.env: is not UTF-8 text"])

    def test_the_real_environment_wins(self, tmp_path: Path) -> None:
        """What the file alone says still counts."""
        (tmp_path / ".env").write_text("BOT_LOG=json\nBOT_LISTEN=localhost:1\n", encoding="utf-8")
        settings = Settings.read({"BOT_LOG": "text"}, tmp_path)
        assert (settings.log, settings.listen) == (LogFormat.TEXT, Address("localhost", 1))


def test_every_variable_is_described_once() -> None:
    """The README's table is compared with this one."""
    names = [variable.name for variable in VARIABLES]
    assert len(names) == len(set(names)) == 13
    assert all(name.startswith("BOT_") for name in names)
    assert all(variable.meaning and variable.default for variable in VARIABLES)
