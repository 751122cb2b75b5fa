"""``revcycle contracts``: what payers agreed to, what a service should bring, and what if."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.documents.contract import ContractBook, ContractService
from models.errors import NotFoundError, RejectedError
from models.values.identifiers import new_id
from models.values.money import ZERO, Money, total
from revcycle.client_config.contracts import (
    CONTRACT_FILE,
    ContractError,
    read_contracts,
    read_proposed,
)
from revcycle.client_config.reader import ClientConfigError
from revcycle.connectors import clock
from revcycle.operations.contracts.fill_fee_schedule import fill_fee_schedule
from revcycle.operations.contracts.policies import ContractPolicy, contract_policy
from revcycle.operations.contracts.price_claims import price_claims
from revcycle.operations.contracts.what_if import last_quarter, price_under_other_terms
from revcycle.rules.contracts.price_claim import Pricer
from revcycle.settings import settings
from revcycle.store import contracts
from revcycle.store.ledger import in_chunks
from revcycle.store.schema import is_database_ready
from revcycle.store.session import reading, transaction
from workbench.commands.console import out, table_of
from workbench.commands.practices import chosen_practices, read_client

contracts_app = typer.Typer(help="Contracts with payers.", no_args_is_help=True)
GROUPS_SHOWN = 40

Client = Annotated[str, typer.Argument(help="key of the practice")]


@contracts_app.command()
def check(client: Client) -> None:
    """Read contracts.csv and mpfs.csv; exit 1 if a line is wrong or two terms tie."""
    try:
        book = _book(read_client(client))
    except (ClientConfigError, ContractError) as error:
        for finding in error.findings:
            line = f"{finding.severity} {finding.position}: {finding.field}: {finding.message}"
            out.print(line, markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(1) from None
    if not book.terms:
        out.print(f"{client} keeps no {CONTRACT_FILE}: nothing is expected of any payer.")
        return
    out.print(
        f"{len(book.terms)} terms of {len({term.payer_key for term in book.terms})} payers and "
        f"{len(book.mpfs)} fee schedule amounts are good; version {book.version}.",
        highlight=False,
    )


@contracts_app.command()
def price(  # noqa: PLR0913 - one option for each thing that a term may name
    client: Client,
    *,
    payer: Annotated[str, typer.Option(help="key of the payer")],
    code: Annotated[str, typer.Option(help="procedure code")],
    modifiers: Annotated[str, typer.Option(help="such as 26 or 50,RT")] = "",
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="day; today")] = None,
    charge: Annotated[str, typer.Option(help="of the line; the fee of fees.csv")] = "",
    units: Annotated[str, typer.Option(help="how many")] = "1",
    plan: Annotated[str, typer.Option(help="name of the plan")] = "",
    place: Annotated[str, typer.Option(help="place of service; the practice's own")] = "",
    npi: Annotated[str, typer.Option(help="of the provider who renders")] = "",
) -> None:
    """Say what one service should bring, and how that comes about; exit 1 if no term says it."""
    config = read_client(client)
    service = ContractService(
        claim_line_id=new_id(),
        claim_id=new_id(),
        number=1,
        payer_key=_known_payer(config, payer),
        payer_name=payer,
        plan=plan,
        rendering_npi=npi,
        group_npi=config.practice.npi,
        taxonomy=_taxonomy(config, npi),
        place_of_service=place or config.practice.place_of_service,
        service_date=on.date() if on else clock.today_in(config.zone()),
        code=code,
        modifiers=tuple(filter(None, modifiers.split(","))),
        units=_units(units),
        charge=_charge(config, code, modifiers, charge, units),
    )
    (found,) = Pricer(_book_for(config, code)).price_claim([service])
    out.print(found.arithmetic, markup=False, highlight=False, soft_wrap=True)
    if found.term:
        out.print(f"by {CONTRACT_FILE} line {found.term.line}, term {found.term.key}")
    if found.amount is None:
        raise typer.Exit(1)


@contracts_app.command("what-if")
def what_if(
    client: Client,
    proposed: Annotated[Path, typer.Argument(help="a changed contracts.csv")],
    *,
    since: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="first day of service")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="last day of service")
    ] = None,
) -> None:
    """Price services again under changed terms: last quarter, or a period. Nothing is kept."""
    config = read_client(client)
    book = _proposed(config, proposed)
    client_id, act = _act(config)
    first, last = last_quarter(act.today)
    period = (since.date() if since else first, until.date() if until else last)
    with transaction(settings().database, client_id) as session:
        repriced = price_under_other_terms(
            session, act, book, policy=_policy(config), period=period
        )
    groups = repriced.ordered()
    out.print(_sum_line(period, sum(one.lines for one in groups)), highlight=False)
    table = table_of("payer", "code", "lines", "now", "then", "difference", "lost", "gained")
    for one in groups[:GROUPS_SHOWN]:
        cells = (one.lines, one.now, one.then, one.difference, one.lost, one.gained)
        table.add_row(one.payer_key, one.code, *map(str, cells))
    table.add_section()
    now, then = total(one.now for one in groups), total(one.then for one in groups)
    table.add_row("all", "", "", str(now), str(then), str(then - now))
    out.print(table)
    if len(groups) > GROUPS_SHOWN:
        out.print(f"{len(groups) - GROUPS_SHOWN} more groups changed less.")


@contracts_app.command()
def recompute(client: Client) -> None:
    """Price the claims that wait for their payer anew, by the terms as they are now."""
    config = read_client(client)
    client_id, act = _act(config)
    with reading(settings().database, [client_id]) as session:
        ids: list[UUID] = contracts.list_claim_ids_with_payer(session, client_id)
    policy, priced, unknown = _policy(config), 0, 0
    for chunk in in_chunks(ids):
        with transaction(settings().database, client_id) as session:
            count = price_claims(session, act, chunk, policy=policy)
        priced, unknown = priced + count.priced, unknown + count.unknown
    out.print(
        f"{len(ids)} claims: {priced} lines have an amount, of {unknown} no term says it.",
        highlight=False,
    )


def _sum_line(period: tuple[date, date], lines: int) -> str:
    return f"{lines} lines with a service from {period[0]} to {period[1]}, first payers only."


def _book(config: ClientConfig) -> ContractBook:
    payers = [payer.key for payer in config.payers]
    return read_contracts(settings().client_configs / config.key, payers, home=settings().home)


def _book_for(config: ClientConfig, code: str) -> ContractBook:
    """Read the terms, and what imported fee schedules say of a code; without a database none."""
    book = _book(config)
    if not is_database_ready(settings().database):
        return book
    with reading(settings().database) as session:
        return fill_fee_schedule(session, book, [code])


def _policy(config: ClientConfig) -> ContractPolicy:
    return contract_policy(config, _book(config))


def _proposed(config: ClientConfig, path: Path) -> ContractBook:
    if not path.is_file():
        msg = f"no file {path}"
        raise NotFoundError(msg)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        msg = f"{path} is not UTF-8 text"
        raise RejectedError(msg) from None
    folder = settings().client_configs / config.key
    payers = [payer.key for payer in config.payers]
    book, findings = read_proposed(text, path.name, folder, payers, home=settings().home)
    if findings:
        raise ContractError(findings)
    return book


def _act(config: ClientConfig) -> tuple[UUID, Act]:
    ((_, client_id),) = chosen_practices(config.key)
    act = Act(client_id, "command:contracts", clock.now(), clock.today_in(config.zone()))
    return client_id, act


def _known_payer(config: ClientConfig, key: str) -> str:
    keys = [payer.key for payer in config.payers]
    if key not in keys:
        msg = f"no payer {key}; allowed: {', '.join(keys)}"
        raise NotFoundError(msg)
    return key


def _taxonomy(config: ClientConfig, npi: str) -> str:
    found = (one.taxonomy for one in config.providers if one.npi == npi)
    return next(found, config.practice.taxonomy)


def _units(text: str) -> Decimal:
    try:
        units = Decimal(text)
    except InvalidOperation:
        units = Decimal(0)
    if not units.is_finite() or units <= 0:
        msg = "units are a number above zero"
        raise RejectedError(msg)
    return units


def _charge(config: ClientConfig, code: str, modifiers: str, charge: str, units: str) -> Money:
    if not charge:
        fee = config.find_fee(code, tuple(filter(None, modifiers.split(","))))
        return fee.times(_units(units)) if fee else ZERO
    try:
        return Money.parse(charge)
    except ValueError:
        msg = "a charge is an amount such as 155.00"
        raise RejectedError(msg) from None
