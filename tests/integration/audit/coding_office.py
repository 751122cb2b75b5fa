"""A practice whose coders finish charts, and whose auditors code them again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from string import ascii_lowercase
from uuid import UUID

from sqlmodel import col, select

from models.documents.act import Act
from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_audit import AuditPolicy
from models.documents.coding_policy import AS_WRITTEN
from models.documents.encounter import IntakeRecord
from models.documents.finding import is_blocking
from models.states.audited_case import AuditedCaseState
from models.states.encounter import EncounterState
from models.states.work_item import Queue, WorkItemState
from models.tables import AuditedCase, Encounter, WorkItem
from revcycle.operations.audit.complete_second_coding import CaseInHand, complete_second_coding
from revcycle.operations.audit.decide_case import decide_case
from revcycle.operations.coding.assign_codes import assign_codes
from revcycle.operations.coding.complete_coding import complete_coding
from revcycle.operations.coding.queue_encounters import queue_encounters
from revcycle.operations.files.store_inbound_file import store_inbound_file
from revcycle.operations.intake.record_encounters import IntakePolicy, record_encounters
from revcycle.operations.work.open_item import open_item
from revcycle.store import encounters, work_leases
from revcycle.store.session import transaction
from tests.integration.intake_records import COVERAGE, WREN, a_record
from tests.integration.practice_rows import BLUE_HERON, COMMONWEAL, add_partners

SERVICE_DATE = date(2026, 11, 18)
CODER, AUDITOR, LEAD = "cleo", "ada", "tom"
POLICY = AuditPolicy(time_zone="America/New_York")


def a_coding(
    *diagnoses: str, procedure: str = "99213", units: int = 1, modifiers: Sequence[str] = ()
) -> CodingDocument:
    service = CodedService(procedure, (1,), tuple(modifiers), Decimal(units))
    return CodingDocument(diagnoses or ("I10",), (service,), SERVICE_DATE)


VISIT = a_coding("I10", "E119")


def _a_chart(number: int) -> IntakeRecord:
    """A visit of a patient like no other, so that nobody is asked who it was."""
    letters = "".join(ascii_lowercase[int(digit)] * 3 for digit in f"{number:03}")
    patient = replace(
        WREN,
        last_name=f"W{letters}",
        first_name=f"O{letters[::-1]}",
        birth_date=date(1940, 1, 1) + timedelta(days=97 * number),
    )
    return a_record(
        number,
        source_key=f"V-{number}",
        patient=patient,
        coverages=(replace(COVERAGE, member_id=f"BHH{number:07}"),),
        identifiers=(("lakeside-mrn", f"MRN-{number}"),),
    )


@dataclass(frozen=True)
class CodingOffice:
    """The practice, on the day of the act."""

    url: str
    act: Act

    def by(self, login: str, *, days: int = 0) -> Act:
        """Let somebody act, some days later."""
        later = timedelta(days=days)
        return replace(self.act, actor=login, at=self.act.at + later, today=self.act.today + later)

    def receive(self, count: int, *, first: int = 1) -> None:
        """Let charts without codes come in, and wait for a coder."""
        policy = IntakePolicy(payers=(BLUE_HERON, COMMONWEAL), place_of_service="11")
        numbers = range(first, first + count)
        records = [_a_chart(number) for number in numbers]
        with transaction(self.url, self.act.client_id) as session:
            if first == 1:
                add_partners(session, self.act.client_id)
            file = store_inbound_file(
                session, self.act, source="ehr", kind="FHIR", name="a.json",
                content=str(first).encode(),
            )  # fmt: skip
            record_encounters(session, self.act, file.id, records, policy=policy)
        with transaction(self.url, self.act.client_id) as session:
            found = encounters.list_encounter_ids(
                session, self.act.client_id, EncounterState.REGISTERED
            )
            queue_encounters(session, self.act, found, service_hours=48, policy=AS_WRITTEN)

    def code(self, codings: Sequence[CodingDocument], coder: str = CODER, *, days: int = 0) -> None:
        """Let a coder finish as many charts as there are codings."""
        act = self.by(coder, days=days)
        for coding in codings:
            with transaction(self.url, self.act.client_id) as session:
                item = work_leases.lease_next_work_item(
                    session, act.client_id, Queue.CODING, holder=coder, at=act.at
                )
                assert item is not None
                assign_codes(session, act, item.subject_id, coding, AS_WRITTEN)
                findings = complete_coding(
                    session,
                    act,
                    item.subject_id,
                    work_item_id=item.id,
                    token=item.lease_token,
                    policy=AS_WRITTEN,
                )
                assert not is_blocking(findings), findings

    def cases(self) -> list[AuditedCase]:
        """List the cases there are, in the order of their making."""
        with transaction(self.url, self.act.client_id) as session:
            return list(session.exec(select(AuditedCase).order_by(col(AuditedCase.id))))

    def items(self, queue: Queue) -> list[WorkItem]:
        """List what waits in a queue."""
        with transaction(self.url, self.act.client_id) as session:
            wanted = (WorkItem.queue == queue, WorkItem.state == WorkItemState.OPEN)
            return list(session.exec(select(WorkItem).where(*wanted).order_by(col(WorkItem.id))))

    def take(self, queue: Queue, who: str, *, days: int = 0) -> CaseInHand:
        """Take the oldest item of a queue."""
        item = self.items(queue)[0]
        act = self.by(who, days=days)
        with transaction(self.url, self.act.client_id) as session:
            line = open_item(session, act, item.id)
            return CaseInHand(line.subject_id, line.id, line.lease_token)

    def audit(self, coding: CodingDocument, who: str = AUDITOR) -> AuditedCaseState:
        """Code the oldest drawn chart a second time."""
        in_hand = self.take(Queue.CODING_AUDIT, who)
        with transaction(self.url, self.act.client_id) as session:
            return complete_second_coding(session, self.by(who), in_hand, coding, POLICY)

    def decide(self, right: dict[int, str], who: str = LEAD, remark: str = "") -> int:
        """Decide the oldest disputed chart."""
        in_hand = self.take(Queue.ADJUDICATION, who)
        with transaction(self.url, self.act.client_id) as session:
            return decide_case(session, self.by(who), in_hand, right, remark=remark, policy=POLICY)

    def state_of(self, encounter_id: UUID) -> str:
        """Look where a chart stands."""
        with transaction(self.url, self.act.client_id) as session:
            return session.exec(select(Encounter.state).where(Encounter.id == encounter_id)).one()
