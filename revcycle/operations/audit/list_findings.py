"""Everything that audits found, as rows for somebody outside."""

from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding_audit import JudgedCode
from revcycle.rules.audit.name_services import name_services
from revcycle.store import audited_cases
from revcycle.store.audit import record_act
from revcycle.store.audited_cases import CaseFilter

FINDING_COLUMNS: Final = (
    "case", "coder", "coded_on", "date_of_service", "chosen_by", "state", "auditor", "blind",
    "decided_by", "part", "coder_code", "auditor_code", "right_code", "weight", "verdict",
    "of_procedure",
)  # fmt: skip
PAGE: Final = 500


def list_finding_rows(session: Session, act: Act, wanted: CaseFilter) -> list[tuple[str, ...]]:
    """List closed cases, each decision a row; the trail notes that they left.

    Args:
        session: The open transaction.
        act: Who exports.
        wanted: Which days of coding, and whose.
    """
    record_act(session, act.client_id, act, "export_audit_findings", "audited_case", None)
    codes: dict[UUID, list[JudgedCode]] = {}
    for _, case_id, one in audited_cases.list_closed_codes(session, [act.client_id], wanted):
        codes.setdefault(case_id, []).append(one)
    rows: list[tuple[str, ...]] = []
    offset = 0
    while page := audited_cases.list_case_facts(
        session, act.client_id, wanted, limit=PAGE, offset=offset
    ):
        offset += PAGE
        for case in page:
            facts = (
                str(case.id), case.coder, case.coded_on.isoformat(), case.service_date.isoformat(),
                str(case.method), str(case.state), case.auditor, "yes" if case.is_blind else "no",
                case.decided_by,
            )  # fmt: skip
            rows += [(*facts, *_cells(one)) for one in name_services(codes.get(case.id, []))]
    return rows


def _cells(one: JudgedCode) -> tuple[str, ...]:
    cells = (one.part, one.coder, one.auditor, one.right, one.weight, one.verdict, one.service)
    return tuple(str(cell) for cell in cells)
