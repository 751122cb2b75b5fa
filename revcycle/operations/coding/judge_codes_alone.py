"""Judge codes from outside by reference data only: no encounter of ours stands behind them."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.coding import CodingDocument
from models.documents.coding_case import ChartFacts, CodingCase, PatientFacts
from models.documents.coding_policy import CodingPolicy
from models.documents.finding import Finding
from revcycle.operations.coding.gather_diagnosis_notes import gather_diagnosis_notes
from revcycle.operations.coding.gather_procedures import AskedCodes, gather_code_facts
from revcycle.rules.coding.judge_typed import judge_typed

NO_ENCOUNTER: Final = UUID(int=0)


def judge_codes_alone(
    session: Session,
    coding: CodingDocument,
    chart: ChartFacts,
    patient: PatientFacts,
    unreadable: tuple[Finding, ...],
    policy: CodingPolicy,
) -> tuple[Finding, ...]:
    """Judge a coding by the lists that answer for its date; nothing is known of the past.

    Args:
        session: The database.
        coding: The codes.
        chart: The place and the payer, as far as they were given.
        patient: Birth date and sex, as far as they were given.
        unreadable: What ``read_coding`` said of fields that it could not read.
        policy: How grave findings are for the practice.
    """
    asked = AskedCodes(
        coding.service_date,
        chart.payer,
        frozenset(one.procedure_code for one in coding.services),
        frozenset(modifier for one in coding.services for modifier in one.modifiers),
    )
    facts = gather_code_facts(session, {NO_ENCOUNTER: asked}, policy.form)[NO_ENCOUNTER]
    notes = gather_diagnosis_notes(session, {NO_ENCOUNTER: coding})[NO_ENCOUNTER]
    case = CodingCase(coding, patient, chart, facts=replace(facts, notes=notes))
    return judge_typed(case, unreadable, policy)
