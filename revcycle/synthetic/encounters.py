"""One invented encounter: as it was, as it is sent, and what is right about it."""

import random
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from models.documents.encounter import EncounterDocument, SourceNote
from models.documents.party import Person, Provider
from revcycle.synthetic.answers import Answer, AnswerProcedure
from revcycle.synthetic.defects import Defect, misspell, spoil
from revcycle.synthetic.panel import PanelPatient
from revcycle.synthetic.practice import SyntheticPractice, SyntheticSource
from revcycle.synthetic.visits import Visit, to_source_procedure

OWN_NUMBER: Final = "MR"  # the practice's own patient number, as HL7 table 0203 calls it
_PRONOUNS: Final = {"F": "She", "M": "He"}
_CLOSINGS: Final = (
    "Questions were answered.",
    "The plan was agreed on.",
    "Will call if it gets worse.",
    "A summary was handed over.",
)


@dataclass(frozen=True, slots=True, repr=False)
class SyntheticEncounter:
    """An encounter to write into a file, with its answer."""

    document: EncounterDocument
    answer: Answer
    visit: Visit
    patient: PanelPatient
    source: SyntheticSource


@dataclass(frozen=True, slots=True)
class EncounterPlan:
    """What was decided about an encounter before it is written down."""

    source_key: str
    service_date: date
    visit: Visit
    provider: Provider
    source: SyntheticSource
    arrives_coded: bool
    defect: Defect


def build_encounter(
    practice: SyntheticPractice, patient: PanelPatient, plan: EncounterPlan, rng: random.Random
) -> SyntheticEncounter:
    """Write an encounter down, with its planted error and its answer."""
    true = _document(patient, plan, rng)
    sent = spoil(true, plan.defect)
    document = sent.document
    if plan.defect is Defect.CHANGED_SPELLING:
        document = replace(document, patient=misspell(document.patient, rng))
    if not plan.arrives_coded:
        document = replace(document, diagnoses=(), procedures=())
    answer = _answer(practice, plan, sent.corrections)
    return SyntheticEncounter(document, answer, plan.visit, patient, plan.source)


def _document(patient: PanelPatient, plan: EncounterPlan, rng: random.Random) -> EncounterDocument:
    visit = plan.visit
    authorization = f"AUTH{rng.randrange(10**6):06d}" if visit.needs_authorization else ""
    services = (to_source_procedure(procedure) for procedure in visit.procedures)
    return EncounterDocument(
        source_key=plan.source_key,
        patient=patient.person,
        identifiers=((OWN_NUMBER, patient.number),),
        service_date=plan.service_date,
        coverages=patient.coverages,
        guarantor=patient.guarantor,
        rendering_provider=plan.provider,
        diagnoses=visit.source_diagnoses(),
        procedures=tuple(replace(one, service_date=plan.service_date) for one in services),
        notes=(_note(patient.person, plan, rng),),
        prior_authorization=authorization,
    )


def _note(person: Person, plan: EncounterPlan, rng: random.Random) -> SourceNote:
    """Write the visit down in plain sentences, without the patient's name."""
    visit = plan.visit
    pronoun = _PRONOUNS.get(person.sex, "The patient")
    text = "\n".join(
        (
            f"Reason: {pronoun} came because of {visit.reason}.",
            f"Findings: {visit.findings}",
            f"Assessment: {visit.assessment}",
            f"Plan: {visit.plan} {rng.choice(_CLOSINGS)}",
        )
    )
    author = f"{plan.provider.first_name} {plan.provider.last_name}".strip()
    return SourceNote(text, plan.service_date, author)


def _answer(
    practice: SyntheticPractice, plan: EncounterPlan, corrections: tuple[tuple[str, str], ...]
) -> Answer:
    return Answer(
        source_key=plan.source_key,
        icd10_codes=plan.visit.diagnoses,
        procedures=tuple(
            AnswerProcedure(one.code, one.modifiers, one.units, one.pointers, one.revenue_code)
            for one in plan.visit.procedures
        ),
        place_of_service=practice.place_of_service,
        arrives_coded=plan.arrives_coded,
        defect=plan.defect.value,
        corrections=corrections,
    )
