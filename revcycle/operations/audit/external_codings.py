"""Second codings of auditors outside: what they are sent, and what they send back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding import CodingDocument
from models.documents.coding_audit import AuditPolicy
from models.errors import RejectedError
from models.states.audited_case import AuditedCaseState
from models.tables import AuditedCase
from revcycle.operations.audit.audit_items import audit_cause
from revcycle.operations.audit.complete_second_coding import CaseInHand, complete_second_coding
from revcycle.rules.coding.compare_codings import coding_fingerprint
from revcycle.rules.coding.typed_coding import TypedCoding, TypedService, read_coding
from revcycle.store import audited_cases, work_items, work_leases
from revcycle.store.audit import record_act
from revcycle.store.frozen_codings import thaw_coding

COLUMNS: Final = ("case", "date_of_service", "kind", "code", "modifiers", "units", "diagnoses")
DIAGNOSIS, PROCEDURE = "diagnosis", "procedure"


@dataclass(frozen=True, slots=True, repr=False)
class SecondCodingRow:
    """One row of a returned sheet."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ImportedCodings:
    """What became of the cases of a sheet.

    Attributes:
        unchanged: Cases that the same auditor sent before, the same.
        refused: Line and reason; nothing of such a case was taken.
    """

    agreed: int
    disputed: int
    unchanged: int
    refused: tuple[tuple[int, str], ...]


def list_blank_rows(session: Session, act: Act) -> list[tuple[str, ...]]:
    """List the cases that wait for a second coding, for an auditor to fill in.

    They name neither patient nor coder nor code; whoever audits outside reads the chart where the
    practice shows it.
    """
    rows = audited_cases.list_sampled_cases(session, act.client_id)
    record_act(session, act.client_id, act, "export_audit_sheet", "audited_case", None)
    rest = ("",) * (len(COLUMNS) - 2)
    return [(str(row.id), row.service_date.isoformat(), *rest) for row in rows]


def import_second_codings(
    session: Session, act: Act, rows: Iterable[SecondCodingRow], policy: AuditPolicy
) -> ImportedCodings:
    """Take second codings in, case by case. A file that comes twice changes nothing.

    Args:
        session: The open transaction.
        act: Who audited; the audits stand in this name.
        rows: A row for each diagnosis and each procedure, in their order.
        policy: The practice's terms.
    """
    counts = {AuditedCaseState.AGREED: 0, AuditedCaseState.DISPUTED: 0}
    unchanged, refused = 0, []
    for group in _by_case(rows):
        try:
            with session.begin_nested():  # what is refused is in nobody's hands
                state = _take(session, act, group, policy)
        except RejectedError as error:
            refused.append((group[0].line, str(error)))
            continue
        if state is None:
            unchanged += 1
        else:
            counts[state] += 1
    return ImportedCodings(
        counts[AuditedCaseState.AGREED],
        counts[AuditedCaseState.DISPUTED],
        unchanged,
        tuple(refused),
    )


def _by_case(rows: Iterable[SecondCodingRow]) -> list[list[SecondCodingRow]]:
    """Group rows by case; a case whose rows say nothing was not audited yet."""
    groups: dict[str, list[SecondCodingRow]] = {}
    for row in rows:
        if row.cells["kind"] or row.cells["code"]:
            groups.setdefault(row.cells["case"], []).append(row)
    return list(groups.values())


def _take(
    session: Session, act: Act, rows: Sequence[SecondCodingRow], policy: AuditPolicy
) -> AuditedCaseState | None:
    case = _find(session, act, rows[0].cells["case"])
    coding = _read(rows, case.service_date)
    if case.state != AuditedCaseState.SAMPLED:
        _refuse_another(act, case, coding)
        return None
    in_hand = _lease(session, act, case)
    return complete_second_coding(session, act, in_hand, coding, policy)


def _find(session: Session, act: Act, text: str) -> AuditedCase:
    try:
        return audited_cases.get_case(session, act.client_id, UUID(text))
    except (ValueError, RejectedError) as error:
        msg = "no such case of this practice"
        raise RejectedError(msg) from error


def _refuse_another(act: Act, case: AuditedCase, coding: CodingDocument) -> None:
    """Let the same pass that came before.

    Raises:
        RejectedError: it is another coding, or of another auditor.
    """
    is_same = case.auditor == act.actor and case.auditor_coding
    if is_same and coding_fingerprint(thaw_coding(case.auditor_coding)) == coding_fingerprint(
        coding
    ):
        return
    msg = f"this case is {case.state} already; nothing was changed"
    raise RejectedError(msg)


def _lease(session: Session, act: Act, case: AuditedCase) -> CaseInHand:
    item_id = work_items.find_open_cause(session, act.client_id, audit_cause(case.id))
    item = item_id and work_leases.lease_work_item(
        session, act.client_id, item_id, holder=act.actor, at=act.at
    )
    if not item:
        msg = "somebody codes this case now; nothing was changed"
        raise RejectedError(msg)
    return CaseInHand(case.id, item.id, item.lease_token)


def _read(rows: Sequence[SecondCodingRow], service_date: date) -> CodingDocument:
    """Read the codes of one case.

    Raises:
        RejectedError: a row is neither diagnosis nor procedure, or a field cannot be read.
    """
    diagnoses, services = [], []
    for row in rows:
        kind = row.cells["kind"].lower()
        if kind == DIAGNOSIS:
            diagnoses.append(row.cells["code"])
        elif kind == PROCEDURE:
            services.append(_service(row.cells))
        else:
            msg = f"kind is {DIAGNOSIS} or {PROCEDURE}"
            raise RejectedError(msg)
    typed = TypedCoding(tuple(diagnoses), tuple(services))
    coding, unreadable = read_coding(typed, service_date)
    if unreadable:
        msg = f"{unreadable[0].field}: {unreadable[0].message}"
        raise RejectedError(msg)
    return coding


def _service(cells: Mapping[str, str]) -> TypedService:
    return TypedService(
        procedure=cells["code"],
        modifiers=cells["modifiers"],
        units=cells["units"],
        pointers=cells["diagnoses"],
    )
