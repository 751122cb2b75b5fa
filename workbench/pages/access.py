"""Who asks for a page, and whether that person may: the one gate of every route."""

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.routing import RouteContext, iter_route_contexts
from starlette.datastructures import FormData
from starlette.routing import Mount

from models.documents.staff_act import StaffAct
from models.values.access import Right
from revcycle.operations.access.person import Person
from revcycle.operations.access.resume_session import look_at_session, resume_session
from revcycle.rules.access.secret_texts import form_token, invent_token, is_form_token
from revcycle.rules.access.sign_in_steps import SignInStep
from revcycle.store.session import asking, transaction
from workbench.pages.site import CurrentSite, Site, show
from workbench.pages.static_files import STATIC_PATH

SESSION_COOKIE = "revcycle-session"
VISIT_COOKIE = "revcycle-visit"  # before anybody signed in; it only ties the form to the browser
FORM_FIELD = "form_token"
ADDRESS_OF_STEPS = {
    SignInStep.SECOND_FACTOR: "/sign-in/code",
    SignInStep.CHOOSE_PASSWORD: "/sign-in/password",
    SignInStep.ENROL: "/sign-in/app",
}
READING = frozenset({"GET", "HEAD"})


class SignInNeededError(Exception):
    """Nobody is signed in, or something is still asked; ``address`` is where it is asked."""

    def __init__(self, address: str = "/sign-in") -> None:
        self.address = address
        super().__init__("sign in first")


class NoRightError(Exception):
    """The person is signed in and may not do this."""


class ForeignFormError(Exception):
    """A form came that we did not give to this browser, or too long ago."""


@dataclass(frozen=True, slots=True, repr=False)
class Visitor:
    """Whoever asks. ``person`` is None while nobody has given a password."""

    site: Site
    token: str
    address: str
    is_https: bool
    person: Person | None

    @property
    def form_token(self) -> str:
        """What every form of a page for this visitor carries."""
        return form_token(self.token)

    @property
    def act(self) -> StaffAct:
        """Act now, in the name of the person if there is one."""
        return StaffAct(self.person.login if self.person else "", self.site.now(), self.address)

    def show(
        self, template: str, *, here: str, status_code: int = 200, **facts: object
    ) -> HTMLResponse:
        """Show a page to this visitor."""
        is_in = self.person is not None and self.person.is_signed_in
        return show(
            self.site,
            template,
            here=here,
            status_code=status_code,
            person=self.person if is_in else None,
            form_token=self.form_token,
            **facts,
        )

    def give_session(self, response: Response, token: str) -> None:
        """Let the browser keep a session."""
        self._give(response, SESSION_COOKIE, token)

    def give_visit(self, response: Response) -> None:
        """Let the browser keep what ties the form of signing in to it."""
        self._give(response, VISIT_COOKIE, self.token)

    def forget_session(self, response: Response) -> None:
        """Let the browser forget a session."""
        name = cookie_name(SESSION_COOKIE, is_https=self.is_https)
        response.delete_cookie(name, secure=self.is_https, httponly=True, samesite="lax")

    def _give(self, response: Response, name: str, token: str) -> None:
        response.set_cookie(
            cookie_name(name, is_https=self.is_https),
            token,
            path="/",
            secure=self.is_https,
            httponly=True,
            samesite="lax",
        )


def cookie_name(name: str, *, is_https: bool) -> str:
    """Name a cookie so that over https no other host and no other path can have set it.

    Source:
        RFC 6265bis, section 4.1.3.2.
    """
    return f"__Host-{name}" if is_https else name


def find_visitor(request: Request, site: CurrentSite) -> Visitor:
    """Look at the cookie; whose session it is, if any, is asked of the database each time."""
    is_https = request.url.scheme == "https"
    address = request.client.host[:45] if request.client else ""
    token = request.cookies.get(cookie_name(SESSION_COOKIE, is_https=is_https), "")
    person = None
    if token:
        person = _person_of(site, StaffAct("", site.now(), address), token)
    if person is None:
        visit = cookie_name(VISIT_COOKIE, is_https=is_https)
        token = request.cookies.get(visit, "") or invent_token()
    visitor = Visitor(site, token, address, is_https, person)
    request.state.visitor = visitor  # for the error pages
    return visitor


def _person_of(site: Site, act: StaffAct, token: str) -> Person | None:
    """Ask whose session it is; only when something is to be written down does it wait to write."""
    with asking(site.database_url) as session:
        seen = look_at_session(session, act, token)
    if not seen.is_due:
        return seen.person
    with transaction(site.database_url) as session:
        return resume_session(session, act, token)


CurrentVisitor = Annotated[Visitor, Depends(find_visitor)]


class Gate:
    """Lets a request through if its visitor may, and its form is ours.

    Attributes:
        right: What the visitor must be allowed; None where signing in itself happens.
    """

    def __init__(self, right: Right | None) -> None:
        self.right = right

    async def __call__(self, request: Request, visitor: CurrentVisitor) -> None:
        """Judge a request.

        Raises:
            SignInNeededError: nobody is signed in.
            NoRightError: the person may not.
            ForeignFormError: the form is not ours.
        """
        if self.right is not None:
            self._require_right(request, visitor)
        if request.method not in READING and not _is_ours(visitor, await request.form()):
            raise ForeignFormError

    def _require_right(self, request: Request, visitor: Visitor) -> None:
        person = visitor.person
        if person is None:
            raise SignInNeededError(_sign_in_address(request))
        if not person.is_signed_in:
            raise SignInNeededError(ADDRESS_OF_STEPS[person.step])
        if self.right is None or not person.may(self.right):
            raise NoRightError


@dataclass(frozen=True, slots=True)
class GuardedRoute:
    """A route and the gate before it."""

    path: str
    methods: frozenset[str]
    gate: Gate


def needs(right: Right) -> Any:
    """Let only those pass who are signed in and may do this."""
    return Depends(Gate(right))


def open_to_all() -> Any:
    """Let everybody pass: for signing in, and for whoever asks whether we are well."""
    return Depends(Gate(None))


def person_of(visitor: Visitor) -> Person:
    """Return the person; for routes behind a gate with a right.

    Raises:
        SignInNeededError: there is none.
    """
    if visitor.person is None:
        raise SignInNeededError
    return visitor.person


def home_of(person: Person) -> str:
    """Name the page where a person's day begins."""
    if person.access.may(Right.SEE_WORK):
        return "/"
    return "/portal" if person.access.may(Right.SEE_REPORTS) else "/account"


def guarded_routes(app: FastAPI) -> list[GuardedRoute]:
    """List the routes with the gate before each.

    Raises:
        AssertionError: a route has no gate, or two: nobody has thought about who may ask.
    """
    contexts = iter_route_contexts(app.routes)
    return [_guarded(one) for one in contexts if not _is_static(one)]


def _is_static(context: RouteContext) -> bool:
    return isinstance(context.original_route, Mount) and context.path == STATIC_PATH


def _guarded(context: RouteContext) -> GuardedRoute:
    dependencies = getattr(getattr(context, "dependant", None), "dependencies", [])
    gates = [one.call for one in dependencies if isinstance(one.call, Gate)]
    if len(gates) != 1:
        msg = f"{context.path} has {len(gates)} gates; give it needs(...)"
        raise AssertionError(msg)
    return GuardedRoute(str(context.path), frozenset(context.methods or ()), gates[0])


def _is_ours(visitor: Visitor, form: FormData) -> bool:
    given = form.get(FORM_FIELD, "")
    return isinstance(given, str) and is_form_token(visitor.token, given)


def _sign_in_address(request: Request) -> str:
    """Name the sign-in page, which leads back to a page that was only to be read."""
    if request.method not in READING or request.url.path == "/":
        return "/sign-in"
    query = f"?{request.url.query}" if request.url.query else ""
    return "/sign-in?" + urlencode({"next": request.url.path + query})
