"""What the simulated intake clerk does with an encounter that needs a fix."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.documents.act import Act
from models.documents.client_config import ClientConfig
from models.documents.finding import Finding, is_blocking
from models.errors import RejectedError
from models.states.encounter import EncounterState
from models.tables import Encounter, WorkItem
from revcycle.operations.intake.correct_encounter import (
    CoverageCorrection,
    EncounterCorrection,
    PatientCorrection,
    correct_encounter,
)
from revcycle.operations.intake.void_encounter import void_encounter
from revcycle.rules.intake.service_date import RULE_ID as SERVICE_DATE_RULE
from revcycle.rules.intake.service_date import SERVICE_AGE_DAYS_MAX
from revcycle.store import encounters
from revcycle.synthetic.answers import Answer
from workbench.commands.simulated_lookups import invented_member_id

CALLS_MAX = 3  # the clerk asks again for what a correction brought to light
NOTHING = EncounterCorrection()


@dataclass(frozen=True, slots=True)
class Clerk:
    """Looks into the answer key, or telephones, and corrects."""

    config: ClientConfig
    answers: Mapping[str, Answer]

    def fix(self, session: Session, act: Act, item: WorkItem) -> str:
        """Correct an encounter until no rule forbids it, or void one that nobody takes any more.

        Raises:
            RejectedError: the clerk knows nothing that would help.
        """
        encounter = encounters.get_encounter(session, act.client_id, item.subject_id)
        answer = self.answers.get(encounter.source_key)
        wrong: Sequence[str] = [item.field]
        for call in range(CALLS_MAX):
            correction = self._correction(encounter, answer, wrong)
            if correction == NOTHING and item.reason != SERVICE_DATE_RULE and not call:
                raise RejectedError(item.reason)
            findings = correct_encounter(session, act, encounter.id, correction)
            if encounter.state != EncounterState.NEEDS_FIX:
                return "intake: corrected an encounter"
            if _is_too_old(encounter, findings, act.today):
                void_encounter(session, act, encounter.id, reason="too_old")
                return "intake: voided a visit too old to bill"
            wrong = [finding.field for finding in findings if is_blocking([finding])]
            if not wrong:
                break  # another item of this visit is open
        return ""  # what was corrected is kept; the rest is for a person

    def _correction(
        self, encounter: Encounter, answer: Answer | None, wrong: Sequence[str]
    ) -> EncounterCorrection:
        """Take the right values from the answer key, or invent what a phone call would tell."""
        known = dict(answer.corrections) if answer else {}
        birth_date = known.get("patient.birth_date")
        npi = known.get("rendering_provider.npi")
        if npi is None and any("rendering_provider" in field for field in wrong):
            npi = self.config.providers[0].npi
        coverages: tuple[CoverageCorrection, ...] = ()
        if any("coverages" in field for field in wrong):
            coverages = (self._card(known, encounter.source_key),)
        return EncounterCorrection(
            patient=PatientCorrection(
                birth_date=date.fromisoformat(birth_date) if birth_date else None
            ),
            coverages=coverages,
            rendering_provider_npi=npi,
        )

    def _card(self, known: Mapping[str, str], source_key: str) -> CoverageCorrection:
        name = next((value for key, value in known.items() if key.endswith("payer_name")), "")
        payer = next((one for one in self.config.payers if one.name == name), None)
        key = payer.key if payer else self.config.payers[0].key
        return CoverageCorrection(1, key, invented_member_id(source_key))


def _is_too_old(encounter: Encounter, findings: Sequence[Finding], today: date) -> bool:
    day = encounter.service_date
    return (
        any(finding.rule_id == SERVICE_DATE_RULE for finding in findings)
        and day is not None
        and (today - day).days > SERVICE_AGE_DAYS_MAX
    )
