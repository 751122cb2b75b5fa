"""A disputed audit at a practice with something of everything."""

from sqlmodel import Session

from models.documents.act import Act
from models.states.audited_case import AuditedCaseState
from models.tables import AuditedCase, AuditSample, Encounter
from models.values.coding_audit import SampleMethod
from models.values.identifiers import new_id
from revcycle.rules.audit.compare_for_audit import list_code_decisions
from revcycle.store import audited_cases
from revcycle.store.frozen_codings import freeze_coding
from tests.integration.audit.coding_office import VISIT, a_coding


def add_disputed_case(session: Session, act: Act, encounter: Encounter, words: str) -> None:
    """Let two people have coded a visit otherwise; what the coder learns holds ``words``."""
    first, second = VISIT, a_coding("I10", procedure="99214")
    sample = AuditSample(
        client_id=act.client_id, coder="cleo", first_day=act.today, last_day=act.today,
        method=SampleMethod.RANDOM, seed="7", population=1, drawn_at=act.at, drawn_by=act.actor,
    )  # fmt: skip
    case = AuditedCase(
        client_id=act.client_id, audit_sample_id=sample.id, encounter_id=encounter.id,
        completion_id=new_id(), coder="cleo", coded_at=act.at, coded_on=act.today,
        service_date=first.service_date, coder_coding=freeze_coding(first), sampled_at=act.at,
        state=AuditedCaseState.DISPUTED, auditor="ida", auditor_coding=freeze_coding(second),
        audited_at=act.at, education=words[:2000],
    )  # fmt: skip
    session.add(sample)
    session.add(case)
    session.flush()
    decisions = list_code_decisions(first, second)
    audited_cases.add_codes(session, act.client_id, case.id, decisions)
