"""What simulated coders do: take the next chart, code it, ask the provider now and then."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from models.documents.act import Act
from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_policy import CodingPolicy
from models.documents.finding import is_blocking
from models.states.work_item import Queue
from models.tables import Encounter, WorkItem
from revcycle.operations.coding.ask_provider import answer_query, ask_provider
from revcycle.operations.coding.assign_codes import assign_codes
from revcycle.operations.coding.complete_coding import complete_coding
from revcycle.settings import settings
from revcycle.store import encounters, work_items, work_leases
from revcycle.store.session import transaction
from revcycle.synthetic.answers import Answer

CODER, PROVIDER_DESK = "demo.coder", "demo.provider"
QUERY_ANSWERED = "coding.query_answered"  # the reason of a chart that comes back from its provider
CHARTS_MAX = 2000  # per round: nobody codes for ever
QUERY_EVERY = 12  # one chart in so many raises a question
GENERAL_EXAM = "Z0000"
OFFICE_VISITS = ("99213", "97110")  # what a chart without an answer is coded as, where priced
SERVICE_HOURS = 48


def usual_service(fees: Iterable[str]) -> str:
    """Choose the service of a plain visit among those the practice has a price for."""
    codes = sorted(fee for fee in fees if "-" not in fee)
    return next((code for code in OFFICE_VISITS if code in codes), codes[0])


@dataclass(slots=True)
class Coders:
    """The coders of one practice for one round of the day."""

    act: Act
    answers: Mapping[str, Answer]
    usual_service: str
    policy: CodingPolicy
    done: Counter[str] = field(default_factory=Counter)

    def work(self) -> Counter[str]:
        """Answer open questions, then code until the queue is empty; return what was done."""
        self._answer_queries()
        act = replace(self.act, actor=CODER)
        for number in range(1, CHARTS_MAX + 1):
            item = self._next(act)
            if item is None:
                break
            self._code(act, item, is_unclear=number % QUERY_EVERY == 0)
        return self.done

    def _next(self, act: Act) -> WorkItem | None:
        with transaction(settings().database, act.client_id) as session:
            return work_leases.lease_next_work_item(
                session, act.client_id, Queue.CODING, holder=act.actor, at=act.at
            )

    def _code(self, act: Act, item: WorkItem, *, is_unclear: bool) -> None:
        was_asked = item.reason == QUERY_ANSWERED
        with transaction(settings().database, act.client_id) as session:
            if is_unclear and not was_asked:
                ask_provider(
                    session,
                    act,
                    item.subject_id,
                    question="Please say which side, and whether it is acute.",
                    work_item_id=item.id,
                    token=item.lease_token,
                )
                self.done["coding: asked the provider"] += 1
                return
            encounter = encounters.get_encounter(session, act.client_id, item.subject_id)
            coding = self._coding(encounter)
            findings = assign_codes(session, act, encounter.id, coding, self.policy)
            if is_blocking(findings):
                self.done["coding: left for a person"] += 1
                return
            complete_coding(
                session,
                act,
                encounter.id,
                work_item_id=item.id,
                token=item.lease_token,
                policy=self.policy,
            )
        self.done["coding: coded a chart"] += 1

    def _coding(self, encounter: Encounter) -> CodingDocument:
        """Take the codes from the answer key; a chart without one is coded as the usual visit."""
        answer = self.answers.get(encounter.source_key)
        service_date = encounter.service_date or date.min
        if answer is None:
            return CodingDocument(
                (GENERAL_EXAM,), (CodedService(self.usual_service, (1,)),), service_date
            )
        services = tuple(
            CodedService(
                procedure_code=one.code,
                diagnosis_pointers=one.pointers,
                modifiers=one.modifiers,
                units=Decimal(one.units),
                revenue_code=one.revenue_code,
            )
            for one in answer.procedures
        )
        return CodingDocument(answer.icd10_codes, services, service_date)

    def _answer_queries(self) -> None:
        act = replace(self.act, actor=PROVIDER_DESK)
        with transaction(settings().database, act.client_id) as session:
            items = work_items.list_open_work_items(
                session, act.client_id, Queue.PROVIDER_QUERY, limit=CHARTS_MAX
            )
        for item in items:
            with transaction(settings().database, act.client_id) as session:
                answer_query(
                    session,
                    act,
                    item.subject_id,
                    answer="Left side, acute.",
                    service_hours=SERVICE_HOURS,
                )
            self.done["provider: answered a question"] += 1
