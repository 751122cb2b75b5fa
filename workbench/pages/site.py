"""What every page is given, and the one way a page is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.values.access import Right
from models.values.display import to_dollars, to_short_date
from revcycle.connectors.virus_scan import FileScanner, NoScanner
from revcycle.operations.access.person import Person
from revcycle.store import break_glass
from revcycle.store.session import transaction
from workbench.pages.filter_words import KnownWords
from workbench.pages.menu import MenuEntry, build_menu
from workbench.pages.provider_sign_in import ProviderSignIn
from workbench.pages.static_files import to_static_address
from workbench.pages.time_texts import to_age_text, to_instant_text

TEMPLATES = Path(__file__).parents[2] / "templates" / "workbench"


@cache
def page_templates() -> Environment:
    """Make the environment of all pages: everything is escaped, nothing may be undefined.

    One for a process, so that each template is compiled once.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["age"] = to_age_text
    environment.filters["instant"] = to_instant_text
    environment.filters["dollars"] = to_dollars
    environment.filters["day"] = to_short_date
    environment.filters["kept"] = without_empty
    environment.filters["static"] = to_static_address
    return environment


def without_empty(facts: dict[str, object]) -> dict[str, object]:
    """Leave out of an address what was not asked for."""
    return {name: value for name, value in facts.items() if value}


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages find what they show.

    Attributes:
        database_url: The database of all practices.
        key: What seals the secrets of authenticator apps.
        prefect_url: The address of Prefect's own pages; empty when nobody told us.
        mail_folder: Where the local mail catcher keeps mails; None when there is none.
        now: The clock.
        paths: The routes of the application, so that the menu has no dead link.
        scanner: Looks at what people send before anything of it is kept.
        provider: The company's own sign-in service; None when there is none.
        words: What lists can be narrowed to, as far as it was asked a moment ago.
    """

    database_url: str
    key: bytes = field(repr=False)
    prefect_url: str
    mail_folder: Path | None
    now: Callable[[], datetime]
    paths: frozenset[str] = frozenset()
    templates: Environment = field(default_factory=page_templates)
    scanner: FileScanner = field(default_factory=NoScanner)
    provider: ProviderSignIn | None = None
    words: KnownWords = field(default_factory=KnownWords)


async def _site_of(request: Request) -> Site:  # asks nothing: a thread of its own would cost
    site = request.app.state.site
    assert isinstance(site, Site), "create_app sets it"  # noqa: S101 - a programmer's promise
    return site


CurrentSite = Annotated[Site, Depends(_site_of)]


def show(
    site: Site,
    template: str,
    *,
    here: str,
    status_code: int = 200,
    person: Person | None = None,
    form_token: str = "",
    **facts: object,
) -> HTMLResponse:
    """Show a page.

    Args:
        site: What every page is given.
        template: The file in ``templates/workbench``.
        here: The name of the entry of the menu that is marked, ``account``, or nothing.
        status_code: What the browser is told.
        person: Who is signed in; decides what the menu offers.
        form_token: What every form of the page carries.
        facts: What this page says, as plain values; never a row of a table.
    """
    rights = frozenset(right for right in Right if person is not None and person.may(right))
    html = site.templates.get_template(template).render(
        here=here,
        person=person,
        form_token=form_token,
        rights=rights,
        menu=_menu(site, rights),
        glass_to_review=_count_glass(site, person),
        **facts,
    )
    return HTMLResponse(html, status_code=status_code)


def _menu(site: Site, rights: frozenset[Right]) -> Sequence[MenuEntry]:
    return build_menu(
        site.paths, rights, has_mails=site.mail_folder is not None, prefect_url=site.prefect_url
    )


def _count_glass(site: Site, person: Person | None) -> int:
    """Count the emergency accesses that wait for somebody like this person: the alarm."""
    if person is None or not person.may(Right.REVIEW_BREAK_GLASS):
        return 0
    with transaction(site.database_url) as session:
        return len(break_glass.list_to_review(session))
