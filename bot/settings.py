"""The settings of one machine: `BOT_` variables, from the environment or a `.env` file, read once and checked as a whole.

Invariant: no message and no repr of anything here holds a token, a secret, or a name and password out of an address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from importlib.resources import files
from ipaddress import ip_address
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias, TypeVar
from urllib.parse import SplitResult, urlsplit

from bot.env_file import read_env_file
from bot.errors import SettingsError

T = TypeVar("T")

PREFIX: Final = "BOT_"
PUBLIC_API: Final = "https://api.telegram.org"


class Variable(NamedTuple):
    """A setting as an operator sees it; `default` in words, as in the README."""

    name: str
    meaning: str
    default: str


VARIABLES: Final = (
    Variable("BOT_TOKEN", "Bot API token", "none; `run` refuses without it"),
    Variable("BOT_API_BASE", "root of the Bot API server, without `/bot`; files under `/file/bot`", f"`{PUBLIC_API}`"),
    Variable("BOT_PROXY", "`http://` proxy for reaching the Bot API server", "none"),
    Variable(
        "BOT_DATABASE", "`sqlite:///path` (`sqlite:////path` from the root) or `postgresql://…`", "`sqlite:///data/bot.db`"
    ),
    Variable("BOT_COUNTY", "county file (TOML)", "the sample county in the package"),
    Variable(
        "BOT_KEY_FILE",
        "master key of the vault; made on first run",
        "`master.key` beside the SQLite database, else in `data/`",
    ),
    Variable(
        "BOT_SIGN_KEY_FILE",
        "key that signs checkpoints; made on first run",
        "`sign.key` beside the SQLite database, else in `data/`",
    ),
    Variable("BOT_WEBHOOK_URL", "address at which Telegram reaches this program, instead of polling", "none: polling"),
    Variable("BOT_WEBHOOK_SECRET", "what Telegram sends along with each update; needed with a webhook", "none"),
    Variable(
        "BOT_WEBHOOK_CERTIFICATE",
        "the program's own certificate (PEM, with its chain), where no proxy speaks TLS for it",
        "none: a proxy does",
    ),
    Variable("BOT_WEBHOOK_KEY", "the private key of that certificate (PEM, without a password)", "none"),
    Variable("BOT_LISTEN", "`host:port` for health and metrics, and for the webhook, which needs it", "none"),
    Variable("BOT_LOG", "`text` or `json`", "`text` on a terminal, else `json`"),
)
"""Every setting there is, in the order of the README."""

OWN_PATHS: Final = ("/healthz", "/readyz", "/metrics")
"""Paths under which the program is asked how it is."""

_PATH: Final = re.compile(r"(/[A-Za-z0-9._~-]*)*")
_TOKEN: Final = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{1,128}")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
_ADDRESS: Final = re.compile(r"(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):(?P<port>[0-9]{1,5})")
_MOST_PORT: Final = 65_535


class LogFormat(StrEnum):
    """How the log is written."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class SqliteLocation:
    """A database in a file of this machine."""

    path: Path


@dataclass(frozen=True, slots=True, repr=False)
class PostgresLocation:
    """A database on a server; `url` may hold a password."""

    url: str

    def __repr__(self) -> str:
        """Show where it is, and nobody's name or password."""
        parts = urlsplit(self.url)
        return f"PostgresLocation(postgresql://{parts.netloc.rpartition('@')[2]}{parts.path})"


DatabaseLocation: TypeAlias = SqliteLocation | PostgresLocation


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen; `host` is a name or an IP address without brackets."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files with which this program itself speaks TLS: the certificate with its chain, and its key."""

    chain: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram brings updates, what proves that it is Telegram, and what proves that it is us; None: a proxy does."""

    url: str
    secret: str = field(repr=False)
    certificate: Certificate | None = None

    @property
    def path(self) -> str:
        """Return what is served of the address: a proxy before the program passes the path on as it is."""
        return urlsplit(self.url).path or "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the machine says about this run; see `VARIABLES` for the meanings.

    Attributes:
        token: None where none was given; `run` refuses then, other commands do without.
        api_base: without a slash at the end.
        webhook: None for polling.
        listen: None to serve nothing; never None with a webhook.
    """

    token: str | None = field(repr=False)
    api_base: str
    proxy: str | None = field(repr=False)
    database: DatabaseLocation
    county: Path
    key_file: Path
    sign_key_file: Path
    webhook: Webhook | None
    listen: Address | None
    log: LogFormat

    @property
    def speaks_tls(self) -> bool:
        """Say whether what listens answers with a certificate of its own."""
        return self.webhook is not None and self.webhook.certificate is not None

    @classmethod
    def read(cls, environ: Mapping[str, str], cwd: Path, *, is_terminal: bool = False) -> Settings:
        """Read everything from `environ`, and what it lacks from `.env` in `cwd`; relative paths begin at `cwd`.

        Args:
            environ: the environment; a variable that is empty counts as not set.
            cwd: the directory the program was started in.
            is_terminal: whether the log goes to a terminal; decides its format when nothing else does.

        Raises:
            SettingsError: one line for each mistake, all at once.
        """
        mistakes: list[str] = []
        from_file = read_env_file(cwd / ".env", mistakes)
        given = {name: value for name, value in {**from_file, **environ}.items() if name.startswith(PREFIX)}
        mistakes.extend(_unknown(given))
        settings = _settings(_Reader({name: value.strip() for name, value in given.items()}, cwd, mistakes), is_terminal)
        if mistakes:
            raise SettingsError(tuple(mistakes))
        return settings


def _unknown(names: Mapping[str, str]) -> list[str]:
    known = [variable.name for variable in VARIABLES]
    lines: list[str] = []
    for name in sorted(names.keys() - set(known)):
        close = get_close_matches(name, known, n=1)
        lines.append(f"{name}: no such setting" + (f" (did you mean {close[0]}?)" if close else ""))
    return lines


# Reading


class _Refused(Exception):
    """Write the reason down beside the variable's name."""


class _Reader:
    """Hands out values by name; a value that is refused is written down and counts as not given."""

    def __init__(self, given: Mapping[str, str], cwd: Path, mistakes: list[str]) -> None:
        self._given = given
        self._mistakes = mistakes
        self.cwd = cwd

    def get(self, name: str, read: Callable[[str], T]) -> T | None:
        """Return what `read` makes of a variable; None when it is not set, empty, or refused."""
        text = self._given.get(name)
        if not text:
            return None
        try:
            return read(text)
        except _Refused as refused:
            self._mistakes.append(f"{name}: {refused}")
            return None

    def require(self, name: str, because: str) -> None:
        """Complain if a variable is not set."""
        if not self._given.get(name):
            self._mistakes.append(f"{name} must be set, because {because} is")

    def path(self, text: str) -> Path:
        """Read a path to a file that may come to be."""
        if "\0" in text:
            raise _Refused("is not a path that can be used")
        path = self.cwd / text
        try:
            is_directory = path.is_dir()
        except OSError as error:  # no right to look, or a name too long
            raise _Refused("is not a path that can be used") from error
        if is_directory:
            raise _Refused("must be a file, not a directory")
        return path

    def existing(self, text: str) -> Path:
        """Read a path to a file that is there."""
        path = self.path(text)
        if not path.is_file():
            raise _Refused(f"there is no file {path}")
        return path

    def complain(self, mistake: str) -> None:
        """Write down what is wrong with values that are right by themselves."""
        self._mistakes.append(mistake)

    def database(self, text: str) -> DatabaseLocation:
        """Read where the database is."""
        scheme, _, rest = text.partition("://")
        if scheme == "postgresql":
            _address(text)
            return PostgresLocation(text)
        if scheme != "sqlite":
            raise _Refused("must be sqlite:///path or postgresql://user@host/name" + _instead_of(scheme, text))
        if not rest.startswith("/") or rest.rstrip("/") != rest or rest == "/:memory:":
            raise _Refused("must name a file: sqlite:///path from here, or sqlite:////path from the root")
        return SqliteLocation(self.path(rest[1:]))


def _settings(reader: _Reader, is_terminal: bool) -> Settings:  # noqa: FBT001 (private, and named by its only caller)
    database = reader.get("BOT_DATABASE", reader.database) or SqliteLocation(reader.cwd / "data" / "bot.db")
    keys = database.path.parent if isinstance(database, SqliteLocation) else reader.cwd / "data"
    url = reader.get("BOT_WEBHOOK_URL", _webhook_url)
    secret = reader.get("BOT_WEBHOOK_SECRET", _secret)
    if url is not None:
        reader.require("BOT_WEBHOOK_SECRET", "BOT_WEBHOOK_URL")
        reader.require("BOT_LISTEN", "BOT_WEBHOOK_URL")
    certificate = _certificate(reader)
    key_file = reader.get("BOT_KEY_FILE", reader.path) or keys / "master.key"
    sign_key_file = reader.get("BOT_SIGN_KEY_FILE", reader.path) or keys / "sign.key"
    if key_file == sign_key_file:
        reader.complain("BOT_KEY_FILE and BOT_SIGN_KEY_FILE must be two files")
    return Settings(
        token=reader.get("BOT_TOKEN", _token),
        api_base=reader.get("BOT_API_BASE", _api_base) or PUBLIC_API,
        proxy=reader.get("BOT_PROXY", _proxy),
        database=database,
        county=reader.get("BOT_COUNTY", reader.existing) or Path(str(files("bot") / "qapqal.toml")),
        key_file=key_file,
        sign_key_file=sign_key_file,
        webhook=Webhook(url, secret, certificate) if url is not None and secret is not None else None,
        listen=reader.get("BOT_LISTEN", _listen),
        log=reader.get("BOT_LOG", _log) or (LogFormat.TEXT if is_terminal else LogFormat.JSON),
    )


def _certificate(reader: _Reader) -> Certificate | None:
    chain = reader.get("BOT_WEBHOOK_CERTIFICATE", reader.existing)
    key = reader.get("BOT_WEBHOOK_KEY", reader.existing)
    if chain is not None:
        reader.require("BOT_WEBHOOK_URL", "BOT_WEBHOOK_CERTIFICATE")
        reader.require("BOT_WEBHOOK_KEY", "BOT_WEBHOOK_CERTIFICATE")
    if key is not None:
        reader.require("BOT_WEBHOOK_CERTIFICATE", "BOT_WEBHOOK_KEY")
    return Certificate(chain, key) if chain is not None and key is not None else None


def _token(text: str) -> str:
    if not _TOKEN.fullmatch(text):
        raise _Refused("must be digits, a colon and a secret, as @BotFather gave it")
    return text


def _secret(text: str) -> str:
    if not _SECRET.fullmatch(text):
        raise _Refused("must be 1 to 256 characters of A to Z, a to z, 0 to 9, _ and -")
    return text


def _api_base(text: str) -> str:
    parts = _address(text)
    if parts.scheme not in {"http", "https"}:
        raise _Refused(f"must be an address such as {PUBLIC_API}" + _instead_of(parts.scheme, text))
    if not parts.hostname:
        raise _Refused("must name a host after the two slashes")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise _Refused("must have no user, question mark or fragment in it")
    return text.rstrip("/")


def _proxy(text: str) -> str:
    parts = _address(text)
    if parts.scheme != "http":
        raise _Refused("only http://host:port proxies can be used" + _instead_of(parts.scheme, text))
    if not parts.hostname:
        raise _Refused("must name a host after the two slashes")
    return text


def _webhook_url(text: str) -> str:
    parts = _address(text)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or ""))
    if not is_safe or not parts.hostname:
        raise _Refused("must begin with https://, as Telegram calls nothing else (http:// only on this machine)")
    if "@" in parts.netloc or parts.fragment:
        raise _Refused("must have no user and no fragment in it")
    if parts.path in OWN_PATHS:
        raise _Refused(f"must have another path than {', '.join(OWN_PATHS)}")
    if not _PATH.fullmatch(parts.path):
        raise _Refused("must have a path of letters, digits, / . _ ~ and - only")
    return text


def _listen(text: str) -> Address:
    found = _ADDRESS.fullmatch(text)
    if found is None or not 0 < int(found["port"]) <= _MOST_PORT:
        raise _Refused(f"must be host:port, such as 127.0.0.1:8080 or [::1]:8080, with a port from 1 to {_MOST_PORT}")
    return Address(found["host"].strip("[]"), int(found["port"]))


def _log(text: str) -> LogFormat:
    if text not in set(LogFormat):
        raise _Refused(f"must be {' or '.join(LogFormat)}")
    return LogFormat(text)


def _address(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 (only looked at to have it checked)
    except ValueError as error:
        raise _Refused("is not an address that can be read: look at its brackets and its port") from error
    if any(sign.isspace() for sign in text):
        raise _Refused("must have no spaces in it")
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _instead_of(scheme: str, text: str) -> str:
    """Name the scheme that was given, if one was; never the rest of the text, which may hold a password."""
    return f", not {scheme}://" if re.fullmatch("[a-z][a-z0-9+.-]{0,20}", scheme) and text.startswith(f"{scheme}://") else ""
