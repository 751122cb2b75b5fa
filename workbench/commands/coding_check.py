"""``revcycle coding check``: judge the codes of an encounter, or codes from outside."""

import getpass
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final
from uuid import UUID

import typer
from sqlmodel import Session

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.documents.finding import Finding, is_blocking
from models.errors import NotFoundError, RejectedError
from models.tables import Encounter
from revcycle.connectors import clock
from revcycle.operations.coding.judge_codes_alone import judge_codes_alone
from revcycle.operations.coding.judge_coding import judge_coding, judge_typed_codes
from revcycle.operations.coding.policies import coding_policy
from revcycle.rules.coding import CODING_RULES
from revcycle.rules.coding.coding_rule import CodingRule
from revcycle.rules.coding.typed_coding import read_coding
from revcycle.settings import settings
from revcycle.store import codings, encounters
from revcycle.store.audit import record_act
from revcycle.store.session import transaction
from workbench.commands.coding_file import FiledCoding, read_coding_file
from workbench.commands.console import out
from workbench.commands.practices import chosen_practices, read_client

RULES: Final[Mapping[str, CodingRule]] = {rule.id: rule for rule in CODING_RULES}
TYPED_FIX: Final = "Write the field in the form that the finding names."


def check(
    encounter: Annotated[
        str, typer.Argument(help="the practice's number of the encounter, or our id of it")
    ] = "",
    client: Annotated[str, typer.Option("--client", help="key of the practice")] = "",
    file: Annotated[
        Path | None, typer.Option("--file", help="JSON with codes to judge instead of the stored")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Judge codes by every rule of the practice; exit 1 when an error stands.

    Without --file the stored codes of ENCOUNTER are judged. With it the codes in the file: for
    ENCOUNTER, or without one by reference data alone. The file holds service_date, diagnoses, and
    services with procedure, modifiers, units and pointers; place_of_service, payer, birth_date and
    sex where no encounter says them. Nothing is stored but that somebody looked.
    """
    if not client or not (encounter or file):
        msg = "name the practice with --client, and an encounter or a --file"
        raise RejectedError(msg)
    filed = read_coding_file(file) if file else None
    findings = _judge(read_client(client), encounter, filed)
    if as_json:
        typer.echo(json.dumps({"encounter": encounter, "findings": _rows(findings)}, indent=2))
    else:
        _print(findings)
    if is_blocking(findings):
        raise typer.Exit(1)


def _judge(config: ClientConfig, encounter: str, filed: FiledCoding | None) -> tuple[Finding, ...]:
    ((_, client_id),) = chosen_practices(config.key)
    today = clock.today_in(config.zone())
    act = Act(client_id, f"command:coding:{getpass.getuser()}"[:80], clock.now(), today)
    with transaction(settings().database, client_id) as session:
        if encounter:
            return _judge_encounter(session, act, config, encounter, filed)
        return _judge_alone(session, config, filed) if filed else ()


def _judge_encounter(
    session: Session, act: Act, config: ClientConfig, number: str, filed: FiledCoding | None
) -> tuple[Finding, ...]:
    """Judge the codes of a file, or the stored ones, by all that is known of an encounter."""
    row = _find(session, act.client_id, number)
    policy = coding_policy(config)
    record_act(session, act.client_id, act, "check_coding", "encounter", row.id)
    if filed:
        if row.service_date not in {None, filed.service_date}:
            msg = "the file is of another date of service than the encounter"
            raise RejectedError(msg)
        return judge_typed_codes(session, act.client_id, row.id, filed.typed(), policy)
    coding = codings.list_codings(session, act.client_id, [row]).get(row.id)
    if coding is None:
        msg = "the encounter has no date of service yet: intake asks for it first"
        raise RejectedError(msg)
    return judge_coding(session, act.client_id, row, coding, policy)


def _judge_alone(session: Session, config: ClientConfig, filed: FiledCoding) -> tuple[Finding, ...]:
    coding, unreadable = read_coding(filed.typed(), filed.service_date)
    return judge_codes_alone(
        session, coding, filed.chart(), filed.patient(), unreadable, coding_policy(config)
    )


def _find(session: Session, client_id: UUID, number: str) -> Encounter:
    """Find an encounter by the practice's own number, else by our id.

    Raises:
        NotFoundError: this practice has none such.
    """
    known = encounters.find_encounters_by_source_key(session, client_id, [number])
    if number in known:
        return known[number]
    try:
        return encounters.see_encounter(session, client_id, UUID(number))
    except ValueError as error:
        msg = "no encounter of this number at this practice"
        raise NotFoundError(msg) from error


def _rows(findings: Sequence[Finding]) -> list[dict[str, str]]:
    return [
        {
            "rule": one.rule_id,
            "severity": one.severity,
            "field": one.field,
            "message": one.message,
            "fix": _fix(one),
        }
        for one in findings
    ]


def _fix(finding: Finding) -> str:
    return RULES[finding.rule_id].fix if finding.rule_id in RULES else TYPED_FIX


def _print(findings: Sequence[Finding]) -> None:
    if not findings:
        out.print("Nothing is wrong with these codes, as far as is known.")
        return
    for one in findings:  # no markup: codes from outside may hold brackets
        out.print(f"{one.severity}  {one.field}  {one.rule_id}", markup=False)
        out.print(f"    {one.message}", markup=False)
        out.print(f"    {_fix(one)}", markup=False)
