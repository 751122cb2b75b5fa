"""A small OpenID Connect service on the loopback interface, with faults to order."""

import json
import threading
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tests.people import NOON

CLIENT_ID, CLIENT_SECRET = "revcycle workbench", "a secret: between/two"
TOKEN_LIFE = timedelta(minutes=5)
Claims = dict[str, Any]


@dataclass
class IdentityService:
    """What the service knows, and what is wrong with it.

    Attributes:
        claims: What it says of whoever signs in, instead of or beside what is usual.
        signs_with: ``rsa``, ``another`` (a key that nobody publishes), ``secret`` or ``none``.
        is_down: It fails.
    """

    issuer: str
    at: datetime = NOON
    claims: Claims = field(default_factory=dict)
    signs_with: str = "rsa"
    is_down: bool = False
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    another: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def renew_key(self) -> None:
        """Sign with a new key from now on, and publish it."""
        self.key = RSAKey.generate_key(2048, {"kid": "second"})

    def approve(self, address: str) -> str:
        """Do what a person does there: sign in, and be sent back; return where to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT_ID
        code = token_urlsafe()
        self.asked[code] = asked
        answer = {"code": code, "state": asked["state"], "iss": self.issuer}
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def describe(self) -> Claims:
        """Answer a question for the description."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def exchange(self, form: dict[str, str], authorization: str) -> Claims | None:
        """Give a token for a code, once, to whoever knows the verifier and our secret."""
        asked = self.asked.pop(form.get("code", ""), None)
        name, _, secret = b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        is_known = (unquote(name), unquote(secret)) == (CLIENT_ID, CLIENT_SECRET)
        if asked is None or not is_known or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        digest = sha256(form["code_verifier"].encode()).digest()
        if urlsafe_b64encode(digest).decode().rstrip("=") != asked["code_challenge"]:
            return None
        return {"access_token": "unused", "token_type": "Bearer", "id_token": self._token(asked)}

    def _token(self, asked: dict[str, str]) -> str:
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": "248289761001",
            "iat": int(self.at.timestamp()),
            "exp": int((self.at + TOKEN_LIFE).timestamp()),
            "nonce": asked["nonce"],
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.signs_with == "secret":
            key = OctKey.import_key(CLIENT_SECRET.ljust(32, "."))
            return jwt.encode({"alg": "HS256"}, claims, key)
        if self.signs_with == "none":
            parts = ({"alg": "none"}, claims)
            texts = (urlsafe_b64encode(json.dumps(one).encode()).decode() for one in parts)
            return ".".join(text.rstrip("=") for text in texts) + "."
        key_of = self.another if self.signs_with == "another" else self.key
        return jwt.encode({"alg": "RS256", "kid": key_of.kid}, claims, key_of)


@contextmanager
def running_service() -> Generator[IdentityService]:
    """Run a service on a port of its own."""
    server = _Server(("127.0.0.1", 0), _Handler)
    service = server.service = IdentityService(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    service: IdentityService


class _Handler(BaseHTTPRequestHandler):
    @property
    def service(self) -> IdentityService:
        assert isinstance(self.server, _Server)
        return self.server.service

    def do_GET(self) -> None:
        """Give the description or the keys."""
        pages = {
            "/.well-known/openid-configuration": self.service.describe(),
            "/keys": {"keys": [self.service.key.as_dict(private=False)]},
        }
        self._answer(pages.get(self.path))

    def do_POST(self) -> None:
        """Give a token."""
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._answer(self.service.exchange(form, self.headers.get("authorization", "")))

    def _answer(self, content: Claims | None) -> None:
        status = 503 if self.service.is_down else 200 if content else 400
        body = json.dumps(content or {"error": "invalid_grant"}).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""
