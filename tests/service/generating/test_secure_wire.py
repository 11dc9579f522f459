"""Over TLS the endpoint has to be who it says, and is bounded and left as any other."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pincite.settings import Settings
from service.generating.endpoint import Endpoint as Asked
from service.generating.trouble import Trouble


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 that nobody knows, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "fake endpoint")])
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def secure(endpoint: Any, certificate: Path) -> Settings:
    """Settings that name the fake endpoint over TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    endpoint.speak_tls(context)
    return Settings(llm_url=endpoint.url.replace("http:", "https:"), llm_model="m", llm_seconds=20)


def wait() -> None:
    """Somebody waits."""


def test_a_known_endpoint_is_answered_to(
    endpoint: Any,
    steps: Any,
    secure: Settings,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    endpoint.will(steps.say("hello"))
    assert Asked(secure).reply("s", "u", None, wait) == "hello"


def test_an_unknown_endpoint_is_told_nothing(endpoint: Any, steps: Any, secure: Settings) -> None:
    endpoint.will(steps.say("hello"))
    with pytest.raises(Trouble, match="cannot be reached"):
        Asked(secure).reply("s", "u", None, wait)
    assert endpoint.requests == []


@pytest.mark.parametrize("name", ["hangs", "drips"])
def test_a_slow_endpoint_is_left(
    endpoint: Any,
    misbehaviours: Any,
    secure: Settings,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    endpoint.will(misbehaviours[name])
    quick = secure.model_copy(update={"llm_seconds": 0.5})
    with pytest.raises(Trouble, match="within"):
        Asked(quick).reply("s", "u", None, wait)
