"""``revcycle refunds`` and ``revcycle credits``: money that goes back, by ids and amounts only."""

import json
from collections.abc import Sequence
from typing import Annotated, Final

import typer

from models.documents.patient_money import CreditClock, RefundPicture, StandingCredit
from models.states.refund import RefundState
from models.values.money import total
from revcycle.settings import settings
from revcycle.store import credit_balances, refunds
from revcycle.store.session import transaction
from workbench.commands.console import out, table_of
from workbench.commands.practices import chosen_practices

refunds_app = typer.Typer(help="Refunds of credits.", no_args_is_help=True)
credits_app = typer.Typer(help="Money that was paid too much.", no_args_is_help=True)
PAGE: Final = 50
RefundRow = dict[str, str]


@refunds_app.callback()
def of_refunds() -> None:
    """Keep ``list`` a sub-command although it is the only one."""


@credits_app.callback()
def of_credits() -> None:
    """Keep ``list`` a sub-command although it is the only one."""


@refunds_app.command("list")
def list_refunds(
    client: Annotated[str, typer.Argument(help="key of the practice")],
    state: Annotated[RefundState | None, typer.Option(help="one state")] = None,
    page: Annotated[int, typer.Option(min=1)] = 1,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """List refunds, the latest first."""
    ((_, client_id),) = chosen_practices(client)
    states = [state] if state else []
    with transaction(settings().database, client_id) as session:
        found = refunds.list_refunds(
            session, client_id, states=states, limit=PAGE, offset=(page - 1) * PAGE
        )
        count = refunds.count_refunds(session, client_id, states=states)
    _print([_refund(one) for one in found], as_json=as_json, otherwise="Nothing was refunded.")
    if not as_json and count > len(found):
        out.print(f"Page {page}; {count} refunds in all.")


@credits_app.command("list")
def list_credits(
    client: Annotated[str, typer.Argument(help="key of the practice")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """List what stands with the practice and is somebody else's, with the clocks that run."""
    ((_, client_id),) = chosen_practices(client)
    with transaction(settings().database, client_id) as session:
        standing = credit_balances.list_standing_credits(session, client_id)
        clocks = credit_balances.list_clocks(session, client_id)
    rows = [_credit(one, clocks) for one in standing]
    _print(rows, as_json=as_json, otherwise="No credit stands.")
    if standing and not as_json:
        out.print(f"Together {total(one.amount for one in standing)}.")


def _refund(one: RefundPicture) -> RefundRow:
    return {
        "id": str(one.id),
        "payee": one.payee,
        "amount": str(one.amount),
        "state": one.state,
        "asked by": one.requested_by,
        "decided by": one.decided_by,
        "check": one.instrument,
        "paid on": one.paid_on.isoformat() if one.paid_on else "",
    }


def _credit(one: StandingCredit, clocks: Sequence[CreditClock]) -> RefundRow:
    kind, subject_id = one.subject
    clock = next(
        (
            clock
            for clock in clocks
            if (clock.subject_kind, clock.subject_id) == (kind, subject_id)
            and clock.account is one.account
        ),
        None,
    )
    return {
        "account": one.account,
        "subject": f"{kind} {subject_id or ''}".strip(),
        "amount": str(one.amount),
        "known since": clock.identified_on.isoformat() if clock else "",
        "back by": clock.return_by.isoformat() if clock else "",
    }


def _print(rows: Sequence[RefundRow], *, as_json: bool, otherwise: str) -> None:
    if as_json:
        out.print_json(json.dumps(rows))
    elif not rows:
        out.print(otherwise)
    else:
        table = table_of()
        for name in rows[0]:
            table.add_column(name, overflow="fold", justify="right" if name == "amount" else "left")
        for row in rows:
            table.add_row(*row.values())
        out.print(table)
