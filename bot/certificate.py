"""The program's own certificate, with which it answers Telegram where no proxy before it does.

Source: Bot API, setWebhook, and core.telegram.org/bots/webhooks: a certificate that nobody else signed is sent along as PEM,
and is trusted for this address alone.
"""

from __future__ import annotations

import ssl
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from bot.errors import SettingsError
from bot.settings import Certificate

CHAIN: Final = "BOT_WEBHOOK_CERTIFICATE"
KEY: Final = "BOT_WEBHOOK_KEY"


def tls_context(certificate: Certificate) -> ssl.SSLContext:
    """Return what answers with this certificate, by TLS 1.2 or newer.

    Raises:
        SettingsError: a file cannot be read, is no PEM, or the key is another's or locked.
    """
    _first(certificate)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(certificate.chain, certificate.key, password="")
    except OSError as error:  # what TLS itself refuses is one, too, without the name of a system error
        why = error.strerror if not isinstance(error, ssl.SSLError) and error.strerror else _refused(error)
        raise SettingsError((f"{KEY}: {certificate.key} {why}",)) from error
    return context


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
