"""A company's own sign-in service, spoken to by OpenID Connect: authorization code with PKCE.

Source:
    OpenID Connect Core 1.0, section 3.1 (code flow) and 3.1.3.7 (checks of the ID token);
    OpenID Connect Discovery 1.0; RFC 7636 (PKCE); RFC 9207 (issuer of an answer).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, Final
from urllib.parse import quote, urlsplit

import httpx2
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from models.errors import RejectedError, UnavailableError

TIMEOUT: Final = httpx2.Timeout(10, connect=3)  # seconds; a person waits for it
LEEWAY_SECONDS: Final = 60  # by which two clocks may differ
# Signatures by keys of the provider only: ``none`` and those made with our own secret are refused.
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
SCOPE: Final = "openid email profile"
DISCOVERY: Final = "/.well-known/openid-configuration"
ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SECRET_IN_FORM: Final = "client_secret_post"  # noqa: S105 - a method; else the header is used
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class IdentityRefusedError(RejectedError):
    """What came is no proof of who somebody is. ``reason`` is a word for the trail."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"the answer of the sign-in service was refused: {reason}")


@dataclass(frozen=True, slots=True)
class ProviderAddress:
    """Where the service is, and who we are to it.

    Attributes:
        issuer: Its address, as its tokens name it.
        client_id: Our name there.
        client_secret: Our password there; empty for a client without one.
    """

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class Challenge:
    """What ties an answer to the question. All of it is secret but the address.

    Attributes:
        state: Comes back with the answer.
        nonce: Comes back inside the token.
        verifier: Only who asked knows it.
        redirect_uri: Where the browser is sent with the answer.
    """

    state: str
    nonce: str
    verifier: str
    redirect_uri: str


class IdentityProvider:
    """Asks the service; its description is fetched once, its keys anew when a key is unknown."""

    def __init__(self, address: ProviderAddress, *, timeout: httpx2.Timeout = TIMEOUT) -> None:
        """Say where the service is.

        Raises:
            RejectedError: the issuer is not reached by https, which only a test may do without.
        """
        _require_https(address.issuer)
        self.issuer = address.issuer
        self._address = address
        self._client = httpx2.Client(timeout=timeout, follow_redirects=False)
        self._lock = Lock()
        self._description: Mapping[str, Any] | None = None
        self._keys: KeySet | None = None

    def address_to_ask(self, challenge: Challenge) -> str:
        """Write the address to which a browser is sent to prove who its person is.

        Raises:
            UnavailableError: the service does not answer.
            IdentityRefusedError: its description is not one.
        """
        return str(
            prepare_grant_uri(
                self._describe()["authorization_endpoint"],
                client_id=self._address.client_id,
                response_type="code",
                redirect_uri=challenge.redirect_uri,
                scope=SCOPE,
                state=challenge.state,
                nonce=challenge.nonce,
                code_challenge=create_s256_code_challenge(challenge.verifier),
                code_challenge_method="S256",
            )
        )

    def fetch_identity(self, code: str, challenge: Challenge, *, at: datetime) -> dict[str, Any]:
        """Change a code for what the service says of a person, once it is known to be true.

        Args:
            code: What the browser brought.
            challenge: What was asked.
            at: The instant by which the token is judged.

        Raises:
            UnavailableError: the service does not answer.
            IdentityRefusedError: the code or the token is refused.
        """
        answer = self._exchange(code, challenge)
        token = answer.get("id_token")
        if not isinstance(token, str):
            reason = "no_token"
            raise IdentityRefusedError(reason)
        decoded = self._decode(token)
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            options={
                "iss": {"essential": True, "value": self.issuer},
                "aud": {"essential": True, "value": self._address.client_id},
            },
            params={
                "nonce": challenge.nonce,
                "client_id": self._address.client_id,
                "access_token": answer.get("access_token"),
            },
        )
        try:
            claims.validate(now=int(at.timestamp()), leeway=LEEWAY_SECONDS)
        except JoseError as error:
            raise IdentityRefusedError(_reason(error)) from error
        return dict(claims)

    def _exchange(self, code: str, challenge: Challenge) -> Mapping[str, Any]:
        described = self._describe()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": challenge.redirect_uri,
            "code_verifier": challenge.verifier,
            "client_id": self._address.client_id,
        }
        secret = self._address.client_secret
        if secret and SECRET_IN_FORM in described.get("token_endpoint_auth_methods_supported", ()):
            form["client_secret"], secret = secret, ""
        return self._ask("POST", described["token_endpoint"], form, secret=secret)

    def _decode(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, self._known_keys(), algorithms=list(ALGORITHMS))
        except (JoseError, ValueError):
            with self._lock:  # the service may sign with a key that it did not have before
                self._keys = None
        try:
            return jwt.decode(token, self._known_keys(), algorithms=list(ALGORITHMS))
        except (JoseError, ValueError) as error:
            reason = "signature"
            raise IdentityRefusedError(reason) from error

    def _known_keys(self) -> KeySet:
        with self._lock:
            keys = self._keys
        if keys is None:
            found = self._ask("GET", self._describe()["jwks_uri"])
            try:
                keys = KeySet.import_key_set({"keys": list(found.get("keys", ()))})
            except (JoseError, ValueError, TypeError) as error:
                reason = "keys"
                raise IdentityRefusedError(reason) from error
            with self._lock:
                self._keys = keys
        return keys

    def _describe(self) -> Mapping[str, Any]:
        with self._lock:
            described = self._description
        if described is None:
            described = self._ask("GET", self.issuer.rstrip("/") + DISCOVERY)
            if described.get("issuer") != self.issuer:
                reason = "issuer"
                raise IdentityRefusedError(reason)
            for name in ENDPOINTS:
                _require_https(str(described.get(name, "")))
            with self._lock:
                self._description = described
        return described

    def _ask(
        self,
        method: str,
        address: str,
        form: Mapping[str, str] | None = None,
        *,
        secret: str = "",
    ) -> Mapping[str, Any]:
        """Ask for an object; a secret travels in the header, encoded as RFC 6749 2.3.1 says."""
        name = quote(self._address.client_id, safe="")
        auth = (name, quote(secret, safe="")) if secret else None
        headers = {"Accept": "application/json"}
        try:
            answer = self._client.request(method, address, data=form, headers=headers, auth=auth)
        except httpx2.TransportError as error:
            msg = "the sign-in service does not answer"
            raise UnavailableError(msg) from error
        if answer.is_server_error:
            msg = f"the sign-in service failed with status {answer.status_code}"
            raise UnavailableError(msg)
        try:
            content = answer.json() if answer.is_success else None
        except ValueError:
            content = None
        if not isinstance(content, dict):
            reason = "code" if form else "description"
            raise IdentityRefusedError(reason)
        return content


def _require_https(address: str) -> None:
    """Refuse to send secrets unencrypted, but to a service on this machine.

    Raises:
        RejectedError: the address is another.
    """
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return
    msg = "the address of the sign-in service must begin with https://"
    raise RejectedError(msg)


def _reason(error: JoseError) -> str:
    """Name what was wrong: the claim if it is one, else the kind of error."""
    return str(getattr(error, "claim", "") or error.error)[:30]
