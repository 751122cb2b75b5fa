"""A certificate that a server on this machine makes for itself, for its clients to pin."""

import ipaddress
import os
import ssl
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from revcycle.connectors.clock import now

VALIDITY: Final = timedelta(days=397)  # made anew at each start
CLOCK_DIFFERENCE: Final = timedelta(hours=1)
NAME: Final = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "revcycle local server")])


def server_context(certificate_path: Path, host: str) -> ssl.SSLContext:
    """Make a key and a certificate, publish the certificate, and return what the server needs.

    The key is never left on the disk.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(key, host).public_bytes(serialization.Encoding.PEM)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as private:  # ssl reads keys from files only
        chain = Path(private) / "chain.pem"
        chain.touch(mode=0o600)
        chain.write_bytes(certificate + _key_bytes(key))
        context.load_cert_chain(chain)
    part = certificate_path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(certificate)
    part.replace(certificate_path)
    return context


def _key_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _certificate(key: ec.EllipticCurvePrivateKey, host: str) -> x509.Certificate:
    public, instant = key.public_key(), now()
    return (
        x509.CertificateBuilder()
        .subject_name(NAME)
        .issuer_name(NAME)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(instant - CLOCK_DIFFERENCE)
        .not_valid_after(instant + VALIDITY)
        .add_extension(x509.SubjectAlternativeName(_names(host)), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )


def _names(host: str) -> list[x509.GeneralName]:
    names: list[x509.GeneralName] = [x509.DNSName("localhost")]
    for address in sorted({"127.0.0.1", "::1", host}):
        try:
            names.append(x509.IPAddress(ipaddress.ip_address(address)))
        except ValueError:
            names.append(x509.DNSName(address))
    return names


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
