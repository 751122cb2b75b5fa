"""The workbench's web application. For now it only shows, and only on this machine."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from revcycle.connectors import clock
from workbench.pages import health, mails, queues, work_items
from workbench.pages.error_pages import add_error_pages
from workbench.pages.headers import SecurityHeaders
from workbench.pages.site import Site

STATIC = Path(__file__).parents[1] / "static"
# A page of the internet that has its own name resolve to this machine is refused by the Host.
LOOPBACK_HOSTS: Final = ("127.0.0.1", "localhost")


def create_app(
    database_url: str,
    *,
    prefect_url: str = "",
    mail_folder: Path | None = None,
    now: Callable[[], datetime] = clock.now,
) -> FastAPI:
    """Make the application.

    Args:
        database_url: The database of all practices, with the present schema.
        prefect_url: The address of Prefect's own pages, for the link in the menu.
        mail_folder: Where the local mail catcher keeps mails; without it there is no mail page.
        now: The clock.
    """
    app = FastAPI(title="Revcycle workbench", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.site = Site(database_url, prefect_url, mail_folder, now)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(LOOPBACK_HOSTS))
    app.add_middleware(SecurityHeaders)
    for module in (queues, work_items, mails, health):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    add_error_pages(app)
    return app
