"""What simulated staff at the desks do: fix intake, verify, release, follow denials up.

They stand in for people in ``revcycle demo``. Each act is one operation, the same that a page
calls; what they know beyond the database is the generator's answer key.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.approval import Approver
from models.documents.client_config import ClientConfig
from models.errors import RejectedError
from models.states.work_item import Queue, WorkItemEvent
from models.tables import WorkItem
from models.values.access import Role
from revcycle.operations.approvals.policies import to_approver
from revcycle.operations.denials.approve_write_off import approve_write_off
from revcycle.operations.denials.bill_patient import bill_patient
from revcycle.operations.denials.correct_claim import correct_claim
from revcycle.operations.denials.policies import terms_of
from revcycle.operations.denials.request_write_off import request_write_off
from revcycle.operations.intake.correct_encounter import settle_patient_match
from revcycle.operations.submission.approve_claim_write_off import approve_claim_write_off
from revcycle.operations.submission.bill_as_self_pay import bill_as_self_pay
from revcycle.operations.submission.bill_claim_to_patient import bill_claim_to_patient
from revcycle.operations.submission.build_claims import NO_COVERAGE
from revcycle.operations.submission.policies import claim_policy
from revcycle.operations.submission.redirect_claim import redirect_claim
from revcycle.operations.submission.release_held_claim import release_held_claim
from revcycle.operations.submission.request_claim_write_off import (
    WRITE_OFF_REQUESTED,
    request_claim_write_off,
)
from revcycle.operations.verification.add_coverage import NewCoverage, add_coverage
from revcycle.operations.verification.resolve_check import confirm_coverage, end_coverage
from revcycle.rules.submission import timely_filing, verified_coverage
from revcycle.settings import settings
from revcycle.store import denials, eligibility, encounters, patients, work_items
from revcycle.store.session import transaction
from revcycle.synthetic.answers import Answer
from workbench.commands.simulated_clerk import Clerk
from workbench.commands.simulated_lookups import (
    chance,
    claim_payer_key,
    doubtful_patient,
    invented_member_id,
)

PAGE = 500
HALF = 0.5
CLERK, VERIFIER, BILLER = "demo.clerk", "demo.verifier", "demo.biller"
DENIALS_CLERK, SUPERVISOR = "demo.denials", "demo.supervisor"
CORRECTED_REASONS = frozenset({"16", "11", "197", "4", "146"})
WRITTEN_OFF_REASONS = frozenset({"97", "18", "151"})


@dataclass(slots=True)
class Desk:
    """The desks of one practice for one round of the day."""

    config: ClientConfig
    act: Act
    answers: Mapping[str, Answer]
    done: Counter[str] = field(default_factory=Counter)

    def work(self) -> Counter[str]:
        """Go through every queue once; return what was done how often."""
        self._each(Queue.INTAKE, CLERK, self._fix_record)
        self._each(Queue.PATIENT_MATCH, CLERK, self._compare_patients)
        self._each(Queue.VERIFICATION, VERIFIER, self._call_payer)
        self._each(Queue.SCRUB, BILLER, self._release_claim)
        self._each(Queue.REJECTION, BILLER, self._resend_claim)
        self._each(Queue.DENIAL, DENIALS_CLERK, self._follow_denial)
        self._each(Queue.APPROVAL, SUPERVISOR, self._decide)
        return self.done

    def _each(self, queue: Queue, person: str, handle: Callable[[Act, WorkItem], str]) -> None:
        """Let one person go through a queue; what an operation refuses stays where it is."""
        act = replace(self.act, actor=person)
        with transaction(settings().database, act.client_id) as session:
            items = work_items.list_open_work_items(session, act.client_id, queue, limit=PAGE)
        for item in items:
            with suppress(RejectedError):
                if did := handle(act, item):
                    self.done[did] += 1

    def _fix_record(self, act: Act, item: WorkItem) -> str:
        with transaction(settings().database, act.client_id) as session:
            if item.subject_kind == "encounter":
                return Clerk(self.config, self.answers).fix(session, act, item)
            work_items.close_work_items(
                session,
                act.client_id,
                act,
                [item.cause_key],
                resolution="asked_practice",
                event=WorkItemEvent.COMPLETE,
            )
        return "intake: asked the practice to send a record again"

    def _compare_patients(self, act: Act, item: WorkItem) -> str:
        with transaction(settings().database, act.client_id) as session:
            encounter = encounters.get_encounter(session, act.client_id, item.subject_id)
            other_id = doubtful_patient(item)
            pair = patients.find_patients(
                session, act.client_id, {one for one in (encounter.patient_id, other_id) if one}
            )
            birth_dates = {one.birth_date for one in pair.values()}
            same = len(pair) > 1 and len(birth_dates) == 1
            settle_patient_match(session, act, encounter.id, same_as=other_id if same else None)
        return "patient match: joined two records" if same else "patient match: kept both"

    def _call_payer(self, act: Act, item: WorkItem) -> str:
        if item.subject_kind != "eligibility_check":
            raise RejectedError(item.reason)
        with transaction(settings().database, act.client_id) as session:
            check = eligibility.get_check(session, act.client_id, item.subject_id)
            if chance(check.trace_number) < HALF:
                confirm_coverage(session, act, check.id)
                return "verification: payer confirmed by phone"
            end_coverage(session, act, check.id, last_day=check.service_date - timedelta(days=1))
        return "verification: coverage had ended"

    def _release_claim(self, act: Act, item: WorkItem) -> str:
        with transaction(settings().database, act.client_id) as session:
            if item.reason == NO_COVERAGE:
                return self._cover(session, act, item.subject_id)
            if item.subject_kind != "claim":
                raise RejectedError(item.reason)
            return self._settle_held(session, act, item)

    def _decide(self, act: Act, item: WorkItem) -> str:
        if item.reason != WRITE_OFF_REQUESTED:
            raise RejectedError(item.reason)
        with transaction(settings().database, act.client_id) as session:
            approve_claim_write_off(session, act, item.subject_id, approver=self._supervisor())
        return "scrub: approved a write-off"

    def _settle_held(self, session: Session, act: Act, item: WorkItem) -> str:
        """Do what fits the reason for which a claim is held."""
        if item.reason == timely_filing.RULE_ID:
            request_claim_write_off(session, act, item.subject_id, reason="timely_filing")
            return "scrub: asked to write a late claim off"
        if item.reason == verified_coverage.RULE_ID:
            with suppress(RejectedError):
                bill_claim_to_patient(session, act, item.subject_id)
                return "scrub: billed a patient whose insurance had ended"
            with suppress(RejectedError):
                redirect_claim(session, act, item.subject_id, policy=claim_policy(self.config))
                return "scrub: sent a claim to the patient's other insurance"
        release_held_claim(session, act, item.subject_id)
        return "scrub: released a held claim"

    def _cover(self, session: Session, act: Act, encounter_id: UUID) -> str:
        """Ask the patient on the phone: half have a new insurance, half will pay themselves."""
        encounter = encounters.get_encounter(session, act.client_id, encounter_id)
        if encounter.patient_id is None or chance(encounter.source_key) < HALF:
            bill_as_self_pay(session, act, encounter_id, policy=claim_policy(self.config))
            return "scrub: billed a patient whose insurance had ended"
        card = NewCoverage(self.config.payers[0].key, invented_member_id(encounter.source_key))
        add_coverage(session, act, encounter.patient_id, card)
        return "scrub: wrote down a patient's new insurance"

    def _resend_claim(self, act: Act, item: WorkItem) -> str:
        with transaction(settings().database, act.client_id) as session:
            release_held_claim(session, act, item.subject_id)
        return "rejection: corrected and sent again"

    def _follow_denial(self, act: Act, item: WorkItem) -> str:
        with transaction(settings().database, act.client_id) as session:
            denial = denials.lock_denial(session, act.client_id, item.subject_id)
            if denial.group == "PR":
                bill_patient(session, act, denial.id)
                return "denial: billed the patient"
            if denial.reason in CORRECTED_REASONS:
                key = claim_payer_key(session, act.client_id, denial.claim_id)
                takes = terms_of(self.config.payer(key)).takes_replacements
                correct_claim(session, act, denial.claim_id, takes_replacements=takes)
                return "denial: sent a corrected claim"
            if denial.reason not in WRITTEN_OFF_REASONS:
                raise RejectedError(item.reason)
            request_write_off(session, act, denial.id, reason="bundled")
        self._approve(act, denial.id)
        return "denial: written off by two persons"

    def _approve(self, act: Act, denial_id: UUID) -> None:
        with transaction(settings().database, act.client_id) as session:
            second = replace(act, actor=SUPERVISOR)
            approve_write_off(session, second, denial_id, approver=self._supervisor())

    def _supervisor(self) -> Approver:
        return to_approver(SUPERVISOR, (Role.MANAGER,), self.config)
