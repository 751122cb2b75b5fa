"""``revcycle clients``: the practices and their client files."""

from pathlib import Path
from typing import Annotated

import typer

from models.documents.finding import Finding, is_blocking
from revcycle.client_config import check_client_configs, check_fee_coverage
from revcycle.settings import settings
from revcycle.store import clients, encounters
from revcycle.store.schema import is_database_ready
from revcycle.store.session import transaction
from workbench.commands.automations import sync_automations
from workbench.commands.console import out, table_of
from workbench.commands.deployments import SyncPlan, deployment_specs, sync_deployments
from workbench.commands.practices import read_clients, register_clients

clients_app = typer.Typer(help="Practices and their client files.", no_args_is_help=True)

Configs = Annotated[
    Path | None,
    typer.Option(help="folder of client files; REVCYCLE_CLIENT_CONFIGS, or client_configs/"),
]


@clients_app.command()
def check(configs: Configs = None) -> None:
    """Read every client file and compare them with each other; exit 1 if any has an error."""
    root = configs or settings().client_configs
    findings = check_client_configs(root)
    if not is_blocking(findings):
        findings = (*findings, *_check_fees(root))
    for finding in findings:
        line = f"{finding.severity} {finding.position}: {finding.field}: {finding.message}"
        out.print(line, markup=False, highlight=False)
    if is_blocking(findings):
        raise typer.Exit(1)
    out.print(f"All client files under {root} are good.", markup=False)


def _check_fees(root: Path) -> list[Finding]:
    """Look for codes in use without a price, where a database exists that could use them."""
    if not is_database_ready(settings().database):
        return []
    with transaction(settings().database) as session:
        registered = dict(clients.list_client_ids(session))
    findings: list[Finding] = []
    for config in read_clients(root):
        client_id = registered.get(config.key)
        if client_id is not None:
            with transaction(settings().database, client_id) as session:
                codes = encounters.list_codes_in_use(session, client_id)
            findings.extend(check_fee_coverage(config, codes))
    return findings


@clients_app.command("list")
def list_practices(configs: Configs = None) -> None:
    """List the practices with what differs most."""
    table = table_of("key", "practice", "form", "intake", "payers", "cycle", "time zone")
    for config in read_clients(configs):
        table.add_row(
            config.key,
            config.practice.name,
            config.practice.claim_form,
            ", ".join(source.format for source in config.intake),
            str(len(config.payers)),
            config.schedules.cycle,
            config.practice.time_zone,
        )
    out.print(table)


@clients_app.command()
def sync(
    configs: Configs = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what would change")] = False,
    force: Annotated[bool, typer.Option("--force", help="delete more than a fifth")] = False,
) -> None:
    """Make the database equal to the client files, and Prefect's deployments and automations."""
    practices = read_clients(configs)
    if not dry_run:
        register_clients(practices)
    plan = sync_deployments(deployment_specs(practices), is_dry_run=dry_run, is_forced=force)
    watches = sync_automations(settings().alert_url, is_dry_run=dry_run)
    for what, one in (("deployment", plan), ("automation", watches)):
        _say_plan(what, one, is_dry_run=dry_run)


def _say_plan(what: str, plan: SyncPlan, *, is_dry_run: bool) -> None:
    for verb, names in (("create", plan.create), ("update", plan.update), ("delete", plan.delete)):
        for name in names:
            out.print(f"{verb} {what} {name}", markup=False, highlight=False)
    summary = f"{len(plan.create)} created, {len(plan.update)} updated, {len(plan.delete)} deleted"
    lead = f"{what.capitalize()}s{', would be' if is_dry_run else ''}: "
    out.print(f"{lead}{summary}, {plan.same} unchanged.")
