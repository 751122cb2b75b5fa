"""What every page is given, and the one way a page is shown."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workbench.pages.time_texts import to_age_text, to_instant_text

TEMPLATES = Path(__file__).parents[2] / "templates" / "workbench"


def page_templates() -> Environment:
    """Make the environment of all pages: everything is escaped, nothing may be undefined."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["age"] = to_age_text
    environment.filters["instant"] = to_instant_text
    environment.filters["kept"] = without_empty
    return environment


def without_empty(facts: dict[str, object]) -> dict[str, object]:
    """Leave out of an address what was not asked for."""
    return {name: value for name, value in facts.items() if value}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages find what they show.

    Attributes:
        database_url: The database of all practices.
        prefect_url: The address of Prefect's own pages; empty when nobody told us.
        mail_folder: Where the local mail catcher keeps mails; None when there is none.
        now: The clock.
    """

    database_url: str
    prefect_url: str
    mail_folder: Path | None
    now: Callable[[], datetime]
    templates: Environment = field(default_factory=page_templates)


def _site_of(request: Request) -> Site:
    site = request.app.state.site
    assert isinstance(site, Site), "create_app sets it"  # noqa: S101 - a programmer's promise
    return site


CurrentSite = Annotated[Site, Depends(_site_of)]


def show(
    site: Site, template: str, *, here: str, status_code: int = 200, **facts: object
) -> HTMLResponse:
    """Show a page.

    Args:
        site: What every page is given.
        template: The file in ``templates/workbench``.
        here: The entry of the menu that is marked: queues, mails or nothing.
        status_code: What the browser is told.
        facts: What this page says, as plain values; never a row of a table.
    """
    html = site.templates.get_template(template).render(
        here=here,
        prefect_url=site.prefect_url,
        has_mails=site.mail_folder is not None,
        **facts,
    )
    return HTMLResponse(html, status_code=status_code)
