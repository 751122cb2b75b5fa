"""Signing in through the company's own sign-in service, where one is configured."""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from models.errors import NotFoundError, UnavailableError
from revcycle.connectors.identity_provider import Challenge, IdentityRefusedError
from revcycle.operations.access.attempts import settle_attempt
from revcycle.operations.access.sign_in_by_provider import (
    Vouched,
    begin_provider_try,
    finish_provider_try,
    refuse_provider_try,
)
from revcycle.rules.access.provider_claims import find_login, has_several_factors
from revcycle.rules.access.sealing import WrongKeyError, seal, unseal
from revcycle.rules.access.secret_texts import invent_token
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, Visitor, cookie_name, open_to_all
from workbench.pages.form_texts import without_controls
from workbench.pages.provider_sign_in import ProviderSignIn
from workbench.pages.sign_in import SEE_OTHER, Address, ask_sign_in, lead_on, own_address

router = APIRouter(prefix="/sign-in/provider", dependencies=[open_to_all()])

COOKIE: Final = "revcycle-provider"  # what was asked, sealed, until the answer comes
OWNER: Final = "sign-in service"
TIME_TO_ANSWER: Final = timedelta(minutes=10)
UNAVAILABLE: Final = 503
REFUSED: Final = "The sign-in service's answer was refused. Try again, or use your password."
UNKNOWN: Final = (
    "Nobody may sign in here under the name that your company's sign-in gave. "
    "Ask an administrator to add you."
)
SILENT: Final = "Your company's sign-in does not answer now. Your password here still works."
Short = Annotated[str, Query(max_length=4000)]


@dataclass(frozen=True, slots=True, repr=False)
class _Asked:
    """What the cookie keeps."""

    challenge: Challenge
    after: str


@router.get("")
def ask_provider(request: Request, visitor: CurrentVisitor, next: Address = "") -> Response:  # noqa: A002 - the word in the address
    """Send the browser to the sign-in service.

    Raises:
        NotFoundError: none is configured.
    """
    sign_in = _configured(visitor)
    here = str(request.url.replace(path=f"{router.prefix}/done", query="", fragment=""))
    challenge = Challenge(invent_token(), invent_token(), invent_token(), here)
    try:
        address = sign_in.provider.address_to_ask(challenge)
    except UnavailableError:
        return ask_sign_in(visitor, next, problem=SILENT, status_code=UNAVAILABLE)
    except IdentityRefusedError:
        return ask_sign_in(visitor, next, problem=REFUSED)
    response = RedirectResponse(address, SEE_OTHER)
    _keep(visitor, response, _Asked(challenge, own_address(next)))
    return response


@router.get("/done")
def take_answer(
    request: Request,
    visitor: CurrentVisitor,
    code: Short = "",
    state: Short = "",
    iss: Annotated[str | None, Query(max_length=500)] = None,
) -> Response:
    """Take what the sign-in service said of a person; the browser forgets what was asked.

    Raises:
        NotFoundError: no service is configured.
        ThrottledError: too many tries failed lately.
    """
    sign_in = _configured(visitor)
    asked = _asked(request, visitor)
    is_ours = asked is not None and hmac.compare_digest(
        asked.challenge.state.encode(), state.encode()
    )
    if asked is None or not is_ours or not code or iss not in {None, sign_in.provider.issuer}:
        response = _refuse(visitor, "state", REFUSED)
    else:
        browser = without_controls(request.headers.get("user-agent", ""))
        response = _judge(visitor, sign_in, asked, code, browser)
    response.delete_cookie(
        cookie_name(COOKIE, is_https=visitor.is_https), secure=visitor.is_https, httponly=True
    )
    return response


def _judge(
    visitor: Visitor, sign_in: ProviderSignIn, asked: _Asked, code: str, browser: str
) -> Response:
    site, state = visitor.site, asked.challenge.state
    with transaction(site.database_url) as session:
        attempt_id = begin_provider_try(session, visitor.act, state)
    try:
        claims = sign_in.provider.fetch_identity(code, asked.challenge, at=site.now())
    except UnavailableError:
        with transaction(site.database_url) as session:
            settle_attempt(session, attempt_id)  # nobody was wrong
        return ask_sign_in(visitor, asked.after, problem=SILENT, status_code=UNAVAILABLE)
    except IdentityRefusedError as error:
        return _refuse(visitor, error.reason, REFUSED)
    with transaction(site.database_url) as session:
        token = finish_provider_try(
            session,
            visitor.act,
            attempt_id,
            _vouched(sign_in, claims),
            state=state,
            browser=browser,
        )
    if token is None:
        return ask_sign_in(visitor, asked.after, problem=UNKNOWN)
    return lead_on(visitor, token, asked.after)


def _vouched(sign_in: ProviderSignIn, claims: dict[str, Any]) -> Vouched:
    login = find_login(claims, sign_in.login_claim, sign_in.email_domain)
    return Vouched(login, sign_in.trusts_mfa and has_several_factors(claims))


def _refuse(visitor: Visitor, reason: str, problem: str) -> Response:
    with transaction(visitor.site.database_url) as session:
        refuse_provider_try(session, visitor.act, reason)
    return ask_sign_in(visitor, "", problem=problem)


def _configured(visitor: Visitor) -> ProviderSignIn:
    sign_in = visitor.site.provider
    if sign_in is None:
        msg = "no sign-in service is configured"
        raise NotFoundError(msg)
    return sign_in


def _keep(visitor: Visitor, response: Response, asked: _Asked) -> None:
    until = visitor.site.now() + TIME_TO_ANSWER
    text = json.dumps({**asdict(asked.challenge), "after": asked.after, "until": until.isoformat()})
    response.set_cookie(
        cookie_name(COOKIE, is_https=visitor.is_https),
        urlsafe_b64encode(seal(visitor.site.key, text, owner=OWNER)).decode(),
        max_age=int(TIME_TO_ANSWER.total_seconds()),
        path="/",
        secure=visitor.is_https,
        httponly=True,
        samesite="lax",  # the service leads back to us: strict would leave the cookie at home
    )


def _asked(request: Request, visitor: Visitor) -> _Asked | None:
    """Read what was asked; None when nothing was, or too long ago."""
    sealed = request.cookies.get(cookie_name(COOKIE, is_https=visitor.is_https), "")
    try:
        kept = json.loads(unseal(visitor.site.key, urlsafe_b64decode(sealed), owner=OWNER))
    except (WrongKeyError, ValueError):
        return None
    after, until = kept.pop("after"), datetime.fromisoformat(kept.pop("until"))
    return _Asked(Challenge(**kept), after) if visitor.site.now() < until else None
