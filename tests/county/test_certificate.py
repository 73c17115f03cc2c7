"""The program's own certificate: what can be used, what Telegram has to be given, and what is said of one that is wrong."""

from __future__ import annotations

import contextlib
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from bot.certificate import OwnCertificate, good_until, tls_context, to_send_along
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


def shown(context: ssl.SSLContext) -> str:
    """Return whose certificate somebody is shown who connects now; nothing leaves memory."""
    client, server = (ssl.MemoryBIO(), ssl.MemoryBIO()), (ssl.MemoryBIO(), ssl.MemoryBIO())
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    asking, answering = trusting.wrap_bio(*client), context.wrap_bio(*server, server_side=True)
    for _ in range(4):
        for side, (_, written), (other, _) in ((asking, client, server), (answering, server, client)):
            with contextlib.suppress(ssl.SSLWantReadError):
                side.do_handshake()
            other.write(written.read())
    certificate = asking.getpeercert(binary_form=True)
    assert certificate is not None
    return x509.load_der_x509_certificate(certificate).subject.rfc4514_string()


def test_a_renewed_certificate_is_taken_up(tmp_path: Path) -> None:
    """By who connects from then on, and with what Telegram has to be given now; files that did not change are let be."""
    file = certificate_in(tmp_path, "first.example")
    own = OwnCertificate(Certificate(file, file))
    assert not own.renew()
    assert shown(own.context) == "CN=first.example"
    certificate_in(tmp_path, "second.example").replace(file)
    assert own.renew()
    assert shown(own.context) == "CN=second.example"
    assert own.sent_along == to_send_along(Certificate(file, file))
    certificate_in(tmp_path, "third.example", issuer="somebody").replace(file)
    assert own.renew()
    assert own.sent_along is None
    assert not own.renew()


def test_what_cannot_be_used_is_told_once_and_the_one_before_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Certificate and key are written one after the other: halves of two are told only when they stay so."""
    chain, key = (tmp_path / f"{name}.pem" for name in ("chain", "key"))
    first = certificate_in(tmp_path, "first.example").read_bytes()
    chain.write_bytes(first)
    key.write_bytes(first)
    own = OwnCertificate(Certificate(chain, key))
    second = certificate_in(tmp_path, "second.example").read_bytes()
    chain.write_bytes(second)
    assert [own.renew() for _ in range(4)] == [False] * 4
    assert shown(own.context) == "CN=first.example"
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 1
    assert said[0].endswith(f"BOT_WEBHOOK_KEY: {key} is the key of another certificate")
    key.unlink()
    assert not own.renew()
    key.write_bytes(second)
    assert own.renew()
    assert shown(own.context) == "CN=second.example"
    assert len([record for record in caplog.records if record.levelname == "ERROR"]) == 1
