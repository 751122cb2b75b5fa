"""``revcycle work``: the queues from the command line."""

import getpass
from typing import Annotated
from uuid import UUID

import typer
from sqlmodel import Session

from models.documents.act import Act
from models.errors import NotFoundError
from models.states.work_item import Queue
from models.tables import WorkItem
from revcycle.connectors import clock
from revcycle.operations.work.open_item import TAKEN
from revcycle.settings import settings
from revcycle.store import work_items, work_leases
from revcycle.store.audit import record_act
from revcycle.store.session import transaction
from workbench.commands.console import out, table_of
from workbench.commands.practices import chosen_practices, today_at

work_app = typer.Typer(help="Work items and queues.", no_args_is_help=True)
PAGE = 50


@work_app.command("list")
def list_items(
    client: Annotated[str, typer.Option(help="key of one practice; all without it")] = "",
    queue: Annotated[Queue | None, typer.Option(help="one queue")] = None,
    page: Annotated[int, typer.Option(min=1)] = 1,
) -> None:
    """List what waits, most urgent first."""
    table = table_of("client", "id", "queue", "priority", "due", "reason", "subject", "held by")
    for key, client_id in chosen_practices(client):
        with transaction(settings().database, client_id) as session:
            rows = work_items.list_open_work_items(
                session, client_id, queue, limit=PAGE, offset=(page - 1) * PAGE
            )
            for row in rows:
                table.add_row(key, *_cells(row))
    out.print(table if table.row_count else "Nothing waits.")


@work_app.command("next")
def take_next(
    client: Annotated[str, typer.Argument(help="key of the practice")],
    queue: Annotated[Queue, typer.Argument(help="which queue")],
    holder: Annotated[str, typer.Option(help="who takes it")] = "",
) -> None:
    """Lease the most urgent item that nobody holds."""
    ((_, client_id),) = chosen_practices(client)
    with transaction(settings().database, client_id) as session:
        act = _act(session, client_id, holder)
        item = work_leases.lease_next_work_item(
            session, client_id, queue, holder=act.actor, at=act.at
        )
        if item is None:
            out.print("Nothing waits.")
        else:
            record_act(session, client_id, act, TAKEN, "work_item", item.id)
            out.print(*_cells(item), f"token {item.lease_token}")


@work_app.command()
def show(client: str, work_item_id: UUID) -> None:
    """Show one item. Its detail may name a patient, so look at it where nobody else does."""
    ((_, client_id),) = chosen_practices(client)
    with transaction(settings().database, client_id) as session:
        item = work_items.get_work_item(session, client_id, work_item_id)
        if item is None:
            msg = f"no work item {work_item_id}"
            raise NotFoundError(msg)
        act = _act(session, client_id)
        record_act(session, client_id, act, "see_work_item", "work_item", work_item_id)
        for name in ("queue", "state", "priority", "due_at", "reason", "field", "detail"):
            out.print(f"{name}: {getattr(item, name)}", markup=False)
        out.print(f"subject: {item.subject_kind} {item.subject_id}")


def _act(session: Session, client_id: UUID, actor: str = "") -> Act:
    return Act(client_id, actor or getpass.getuser(), clock.now(), today_at(session, client_id))


def _cells(row: WorkItem) -> tuple[str, ...]:
    return (
        str(row.id),
        row.queue,
        str(row.priority),
        f"{row.due_at:%Y-%m-%d %H:%M}",
        row.reason,
        f"{row.subject_kind} {row.subject_id}",
        row.lease_holder or "",
    )
