"""The workbench's web application. Every page but signing in needs a person and a right."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter, FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from revcycle.connectors import clock
from revcycle.connectors.virus_scan import FileScanner, NoScanner
from workbench.pages import (
    account,
    audit_trail,
    bulk,
    clocks,
    coder_lists,
    codes,
    coding_anomalies,
    coding_audits,
    emergency,
    favourite_codes,
    first_day,
    health,
    items,
    mails,
    next_item,
    oidc,
    own_audits,
    patient_money_rooms,
    people,
    queues,
    reference_data,
    saved_views,
    search,
    sign_in,
    suggestion_figures,
    work_items,
)
from workbench.pages.access import guarded_routes
from workbench.pages.board import drills, front, run_now, stages
from workbench.pages.books import books_rooms
from workbench.pages.error_pages import add_error_pages
from workbench.pages.headers import SecurityHeaders
from workbench.pages.masked_failures import MaskedFailures
from workbench.pages.panes import (
    adjudication_acts,
    claim_desk,
    coding_acts,
    coding_audit_acts,
    coding_return_acts,
    deposit_acts,
    front_desk,
    money_desk,
    provider_query_acts,
    variance_acts,
)
from workbench.pages.portal import portal_rooms
from workbench.pages.provider_sign_in import ProviderSignIn
from workbench.pages.readable_address import ReadableAddress
from workbench.pages.records import record_rooms
from workbench.pages.same_origin import SameOrigin
from workbench.pages.site import Site
from workbench.pages.static_files import STATIC_PATH, KeptStaticFiles

# Asked one after the other which of them has a page: what people do all day stands first.
ROOMS = (
    next_item,
    queues,
    bulk,  # before single items: ``bulk`` is no practice
    saved_views,
    work_items,
    items,
    codes,
    search,
    health,
    coding_acts,
    coding_return_acts,
    coding_audit_acts,
    adjudication_acts,
    provider_query_acts,
    front_desk,
    claim_desk,
    variance_acts,
    deposit_acts,  # before the desk of money in any queue
    money_desk,
    patient_money_rooms,
    record_rooms,
    books_rooms,
    portal_rooms,
    sign_in,
    oidc,
    first_day,
    account,
    emergency,
    clocks,
    coding_anomalies,
    coding_audits,
    favourite_codes,
    suggestion_figures,
    reference_data,
    front,
    drills,
    stages,
    run_now,
    audit_trail,
    own_audits,
    coder_lists,
    people,
    mails,
)
# A page of the internet that has its own name resolve to this machine is refused by the Host.
LOOPBACK_HOSTS: Final = ("127.0.0.1", "localhost")


def create_app(
    database_url: str,
    *,
    key: bytes,
    hosts: Sequence[str] = LOOPBACK_HOSTS,
    prefect_url: str = "",
    mail_folder: Path | None = None,
    now: Callable[[], datetime] = clock.now,
    provider: ProviderSignIn | None = None,
    scanner: FileScanner | None = None,
) -> FastAPI:
    """Make the application.

    Args:
        database_url: The database of all practices, with the present schema.
        key: What seals the secrets of authenticator apps, 32 bytes.
        hosts: The names by which browsers may ask.
        prefect_url: The address of Prefect's own pages, for the link in the menu.
        mail_folder: Where the local mail catcher keeps mails; without it there is no mail page.
        now: The clock.
        provider: The company's own sign-in service.
        scanner: Looks at what people send before anything of it is kept; None: nobody looks.
    """
    app = _without_rooms()
    app.add_middleware(SameOrigin)
    app.add_middleware(ReadableAddress)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.add_middleware(MaskedFailures)
    app.add_middleware(SecurityHeaders)
    app.router, paths = _rooms()
    app.state.site = Site(
        database_url,
        key,
        prefect_url,
        mail_folder,
        now,
        paths,
        provider=provider,
        scanner=scanner or NoScanner(),
    )
    add_error_pages(app)
    return app


@cache
def _rooms() -> tuple[APIRouter, frozenset[str]]:
    """Build the routes and list their paths, once for a process: every site has the same.

    Raises:
        AssertionError: a route has no gate before it, or two.
    """
    app = _without_rooms()
    for module in ROOMS:
        app.include_router(module.router)
    paths = frozenset(route.path for route in guarded_routes(app))
    app.mount(STATIC_PATH, KeptStaticFiles(), name="static")
    return app.router, paths


def _without_rooms() -> FastAPI:
    return FastAPI(title="Revcycle workbench", docs_url=None, redoc_url=None, openapi_url=None)
