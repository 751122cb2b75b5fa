"""What the wording of an appeal may name, read from the denial and all that it is about."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.documents.act import Act
from models.documents.denial import AppealFacts, AppealPicture, ClaimFiling, DenialPicture
from models.documents.party import Organization
from models.states.appeal import AppealState
from models.tables import Coverage, Patient
from models.values.billing_codes import CodeSystem, to_code_text
from models.values.display import to_dollars, to_long_date, to_phone_text, to_short_date
from revcycle.reference.adjustment_codes import adjustment_label
from revcycle.store import appeals, claims, eligibility, encounters, patients
from revcycle.store.denial_pictures import get_filing
from revcycle.store.encounter_documents import find_rendering_provider

LEVEL_WORDS = ("First appeal", "Second appeal", "Third appeal")
LATER_LEVEL = "Further appeal"


def load_appeal_facts(
    session: Session,
    act: Act,
    denial: DenialPicture,
    *,
    practice: Organization,
    time_zone: str,
    signer: str,
) -> AppealFacts:
    """Collect the facts of one denial, each written the way a letter prints it.

    Args:
        session: The open transaction.
        act: Who writes.
        denial: The denial.
        practice: Whose letter it is.
        time_zone: The practice's, for the days on which files came and went.
        signer: Who signs it.
    """
    claim = claims.get_claim(session, act.client_id, denial.claim_id)
    (coverage,) = eligibility.list_coverages_by_id(session, act.client_id, [claim.coverage_id])
    patient = (
        patients.get_patient(session, act.client_id, denial.patient_id)
        if denial.patient_id
        else None
    )
    earlier = sent_appeals(appeals.list_appeals(session, act.client_id, denial.id))
    filing = get_filing(session, act.client_id, denial.claim_id)
    return AppealFacts(
        practice_name=practice.name,
        practice_phone=to_phone_text(practice.contact_phone),
        practice_npi=practice.npi,
        practice_tax_id=practice.tax_id,
        signer=signer,
        **_decision(denial),
        **_person(patient, coverage),
        **_visit(session, act, denial),
        **_filing(filing, denial, ZoneInfo(time_zone)),
        level_words=level_words(len(earlier)),
        earlier_sent_on=_day(earlier[-1].sent_on) if earlier else "",
    )


def sent_appeals(found: list[AppealPicture]) -> list[AppealPicture]:
    """Keep the letters that left, whatever became of them."""
    return [one for one in found if one.sent_on and one.state is not AppealState.PREPARED]


def level_words(sent_before: int) -> str:
    """Name the level of the next letter."""
    return LEVEL_WORDS[sent_before] if sent_before < len(LEVEL_WORDS) else LATER_LEVEL


def _decision(denial: DenialPicture) -> dict[str, str]:
    return {
        "payer_name": denial.payer_name,
        "payer_claim_number": denial.payer_number,
        "procedure_code": denial.procedure_code,
        "denied_amount": to_dollars(denial.amount),
        "line_charge": to_dollars(denial.line_charge),
        "decided_on": _day(denial.decided_on),
        "reason_code": f"{denial.group}-{denial.reason}",
        "reason_words": adjustment_label(denial.reason),
        "remark_codes": ", ".join(denial.remarks),
    }


def _person(patient: Patient | None, coverage: Coverage) -> dict[str, str]:
    name = f"{patient.first_name} {patient.last_name}".strip() if patient else ""
    born = patient.birth_date if patient else None
    return {
        "patient_name": name,
        "patient_birth_date": to_short_date(born) if born else "not known",
        "member_id": coverage.member_id,
    }


def _visit(session: Session, act: Act, denial: DenialPicture) -> dict[str, str]:
    diagnoses = encounters.list_diagnoses(session, act.client_id, [denial.encounter_id])
    encounter = encounters.get_encounter(session, act.client_id, denial.encounter_id)
    provider = find_rendering_provider(session, act.client_id, encounter)
    return {
        "service_date": _day(denial.service_date),
        "diagnosis_codes": ", ".join(
            to_code_text(CodeSystem.ICD10CM, one.code) for one in diagnoses
        ),
        "rendering_provider": f"{provider.first_name} {provider.last_name}" if provider else "",
    }


def _filing(filing: ClaimFiling, denial: DenialPicture, zone: ZoneInfo) -> dict[str, str]:
    receipts = (f"{kind} of {_day_of(at, zone)}" for kind, at in filing.receipts)
    return {
        "claim_number": filing.control_number or denial.control_number,
        "filed_on": _day_of(filing.filed_at, zone) if filing.filed_at else "",
        "receipts": "; ".join(dict.fromkeys(receipts)),
    }


def _day(day: date | None) -> str:
    return to_long_date(day) if day else "not known"


def _day_of(at: datetime, zone: ZoneInfo) -> str:
    return to_long_date(at.astimezone(zone).date())
