"""The program's own certificate, with which it answers Telegram where no proxy before it does, and its renewal.

Source: Bot API, setWebhook, and core.telegram.org/bots/webhooks: a certificate that nobody else signed is sent along as PEM,
and is trusted for this address alone.
"""

from __future__ import annotations

import logging
import ssl
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from bot.errors import SettingsError
from bot.settings import Certificate

log = logging.getLogger(__name__)

CHAIN: Final = "BOT_WEBHOOK_CERTIFICATE"
KEY: Final = "BOT_WEBHOOK_KEY"

_Look: TypeAlias = "tuple[tuple[int, int, int] | None, ...]"
"""What tells one content of the two files from another: when it was written, how long it is, and which file it is."""


class OwnCertificate:
    """The certificate in use: what lies in its files, and once they change, what lies in them then.

    Invariant: what is in use can be used; a pair of files that cannot be is left lying.

    Raises:
        SettingsError: as `tls_context`.
    """

    def __init__(self, certificate: Certificate) -> None:
        self._certificate = certificate
        self._seen = _look(certificate)
        self._doubted: _Look | None = None
        self.context = tls_context(certificate)
        #: What Telegram has to be given to trust it, see `to_send_along`.
        self.sent_along = to_send_along(certificate)

    def renew(self) -> bool:
        """Take up what lies in the files if it has changed; say whether it is in use now.

        The two are written one after the other: what does not go together is told when it lies there at a second look.
        """
        look = _look(self._certificate)
        if look == self._seen:
            return False
        try:
            tls_context(self._certificate)  # on trial: what fails half-way would leave one half of it in use
            sent_along, until = to_send_along(self._certificate), good_until(self._certificate)
            _put(self._certificate, self.context)
        except SettingsError as error:
            if look == self._doubted:
                log.error("a renewed certificate cannot be used, the one before goes on: %s", "; ".join(error.mistakes))
                self._seen = look
            self._doubted = look
            return False
        self._seen, self.sent_along = look, sent_along
        log.info("the renewed certificate is in use, good until %s", f"{until:%Y-%m-%d}")
        return True


def _look(certificate: Certificate) -> _Look:
    return tuple(map(_mark, (certificate.chain, certificate.key)))


def _mark(path: Path) -> tuple[int, int, int] | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size, seen.st_ino


def tls_context(certificate: Certificate) -> ssl.SSLContext:
    """Return what answers with this certificate, by TLS 1.2 or newer.

    Raises:
        SettingsError: a file cannot be read, is no PEM, or the key is another's or locked.
    """
    _first(certificate)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    _put(certificate, context)
    return context


def _put(certificate: Certificate, context: ssl.SSLContext) -> None:
    try:
        context.load_cert_chain(certificate.chain, certificate.key, password="")
    except OSError as error:  # what TLS itself refuses is one, too, without the name of a system error
        why = error.strerror if not isinstance(error, ssl.SSLError) and error.strerror else _refused(error)
        raise SettingsError((f"{KEY}: {certificate.key} {why}",)) from error


def to_send_along(certificate: Certificate) -> bytes | None:
    """Return what Telegram has to be given to trust the certificate; None where it does by itself, as another signed it.

    Raises:
        SettingsError: as `tls_context`.
    """
    first = _first(certificate)
    return first.public_bytes(Encoding.PEM) if first.issuer == first.subject else None


def good_until(certificate: Certificate) -> datetime:
    """Return until when the certificate is good; raises SettingsError as `tls_context`."""
    return _first(certificate).not_valid_after_utc


def _first(certificate: Certificate) -> x509.Certificate:
    content = _content(certificate.chain)
    try:
        return x509.load_pem_x509_certificates(content)[0]
    except ValueError as error:
        raise SettingsError((f"{CHAIN}: {certificate.chain} is no certificate in PEM",)) from error


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError((f"{CHAIN}: {path} cannot be read: {error.strerror}",)) from error


def _refused(error: OSError) -> str:
    reason = getattr(error, "reason", None) or ""
    return "is the key of another certificate" if "MISMATCH" in reason else "is no private key in PEM without a password"
