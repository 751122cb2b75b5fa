"""The practice of whoever looks in: the only one that exists in the portal."""

from fastapi.responses import HTMLResponse

from models.errors import NotFoundError
from workbench.pages.access import Visitor
from workbench.pages.practices import Practice, list_practices


def own_practice(visitor: Visitor) -> Practice:
    """Find the practice of a person.

    Raises:
        NotFoundError: the person is assigned to none.
    """
    practices = list_practices(visitor)
    if not practices:
        msg = "you are assigned to no practice"
        raise NotFoundError(msg)
    return practices[0]


def show_portal(
    visitor: Visitor, template: str, practice: Practice, *, status_code: int = 200, **facts: object
) -> HTMLResponse:
    """Show a page of the portal.

    Args:
        visitor: Who asks.
        template: A file of ``templates/workbench/portal``.
        practice: Whose page it is.
        status_code: What the browser is told.
        facts: What the page says, as plain values.
    """
    return visitor.show(
        f"portal/{template}",
        here="portal",
        status_code=status_code,
        practice=practice,
        at=visitor.site.now(),
        **facts,
    )
