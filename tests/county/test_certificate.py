"""The program's own certificate: what can be used, what Telegram has to be given, and what is said of one that is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from bot.certificate import good_until, tls_context, to_send_along
from bot.errors import SettingsError
from bot.settings import Certificate, Settings
from tests.county.test_settings import WEBHOOK, mistakes_of
from tests.support.certificates import certificate_in


def test_one_that_nobody_else_signed_is_sent_along(tmp_path: Path) -> None:
    """Telegram trusts no other way; and the key, which lies in the same file here, never goes with it."""
    own = certificate_in(tmp_path, "bot.example")
    sent = to_send_along(Certificate(own, own))
    assert sent is not None
    assert sent.startswith(b"-----BEGIN CERTIFICATE-----")
    assert b"PRIVATE" not in sent
    signed = certificate_in(tmp_path, "other.example", issuer="somebody")
    assert to_send_along(Certificate(signed, signed)) is None


def test_until_when_it_is_good_is_told(tmp_path: Path) -> None:
    """To the day."""
    own = certificate_in(tmp_path, "bot.example", days=30)
    assert abs(good_until(Certificate(own, own)) - datetime.now(UTC) - timedelta(days=30)) < timedelta(hours=1)


def test_what_cannot_be_used_is_told_in_a_line(tmp_path: Path) -> None:
    """The key of another certificate, a file that is neither, and a key behind a password, for which nobody is asked."""
    own, other = certificate_in(tmp_path, "bot.example"), certificate_in(tmp_path, "other.example")
    locked = tmp_path / "locked.pem"
    secret = ec.generate_private_key(ec.SECP256R1())
    locked.write_bytes(secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"known to nobody")))
    text, gone = tmp_path / "text.pem", tmp_path / "gone"
    text.write_text("not a certificate", encoding="utf-8")
    for certificate, said in [
        (Certificate(own, other), f"BOT_WEBHOOK_KEY: {other} is the key of another certificate"),
        (Certificate(own, text), f"BOT_WEBHOOK_KEY: {text} is no private key in PEM without a password"),
        (Certificate(own, locked), f"BOT_WEBHOOK_KEY: {locked} is no private key in PEM without a password"),
        (Certificate(text, own), f"BOT_WEBHOOK_CERTIFICATE: {text} is no certificate in PEM"),
        (
            Certificate(gone, own),
            f"BOT_WEBHOOK_CERTIFICATE: {gone} cannot be read: No such file or directory",
        ),
    ]:
        with pytest.raises(SettingsError) as caught:
            tls_context(certificate)
        assert caught.value.mistakes == (said,)


def test_certificate_and_key_come_together_and_for_a_webhook(tmp_path: Path) -> None:
    """One without the other, or without an address, is a mistake."""
    file = certificate_in(tmp_path, "bot.example")
    both = {"BOT_WEBHOOK_CERTIFICATE": str(file), "BOT_WEBHOOK_KEY": str(file)}
    webhook = Settings.read(WEBHOOK | both, tmp_path).webhook
    assert webhook is not None
    assert webhook.certificate == Certificate(file, file)
    assert mistakes_of(both, tmp_path) == ["BOT_WEBHOOK_URL must be set, because BOT_WEBHOOK_CERTIFICATE is"]
    assert mistakes_of(WEBHOOK | {"BOT_WEBHOOK_KEY": str(file)}, tmp_path) == [
        "BOT_WEBHOOK_CERTIFICATE must be set, because BOT_WEBHOOK_KEY is"
    ]
    assert mistakes_of(WEBHOOK | {"BOT_WEBHOOK_CERTIFICATE": str(file)}, tmp_path) == [
        "BOT_WEBHOOK_KEY must be set, because BOT_WEBHOOK_CERTIFICATE is"
    ]
