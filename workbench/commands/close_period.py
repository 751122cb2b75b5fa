"""``revcycle close-period``: nothing counts in a month any more."""

import getpass
from typing import Annotated

import typer

from models.documents.act import Act
from models.errors import RejectedError
from models.values.months import to_month_text
from revcycle.connectors import clock
from revcycle.operations.books.close_period import close_period as close
from revcycle.settings import settings
from revcycle.store.session import transaction
from workbench.commands.book_texts import read_month
from workbench.commands.console import out
from workbench.commands.practices import chosen_practices, today_at


def close_period(
    client: Annotated[str, typer.Argument(help="key of the practice")],
    month: Annotated[str, typer.Argument(help="such as 2026-11; the earliest open one")],
) -> None:
    """Close a month for ever; a second time changes nothing.

    It is refused while the month lasts, while an earlier one is open, and when an invariant of
    money does not hold.
    """
    ((_, client_id),) = chosen_practices(client)
    asked = read_month(month)
    if asked is None:
        msg = "name a month, such as 2026-11"
        raise RejectedError(msg)
    with transaction(settings().database, client_id) as session:
        act = Act(
            client_id,
            f"command:{getpass.getuser()}",
            clock.now(),
            today_at(session, client_id),
        )
        done = close(session, act, asked)
    was = "was closed before" if done.was_closed else "is closed"
    out.print(f"{to_month_text(done.month)} {was}", markup=False)
