"""What simulated coders do: take the next chart, code it, ask the provider now and then."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_policy import CodingPolicy
from models.documents.finding import Severity
from models.states.work_item import Queue
from models.tables import Encounter, WorkItem
from revcycle.connectors.code_book import get_code_book
from revcycle.operations.coding.ask_provider import answer_query, ask_provider
from revcycle.operations.coding.coding_in_hand import CodingInHand
from revcycle.operations.coding.finish_coding import Acceptance, finding_mark, finish_coding
from revcycle.operations.coding.judge_coding import judge_coding
from revcycle.operations.work.keep_item import give_back_item
from revcycle.rules.coding.compare_codings import coding_fingerprint
from revcycle.settings import settings
from revcycle.store import codings, encounters, work_items, work_leases
from revcycle.store.encounter_picture import get_coded_encounter
from revcycle.store.session import transaction
from revcycle.synthetic.answers import Answer
from workbench.pages.panes.coding_suggestions import show_suggestions

PROVIDER_DESK = "demo.provider"
CODERS = ("cleo.reed", "nell.wade")  # of the invented staff: their figures are somebody's own
QUERY_ANSWERED = "coding.query_answered"  # the reason of a chart that comes back from its provider
CHARTS_MAX = 2000  # per round: nobody codes for ever
QUERY_EVERY = 12  # one chart in so many raises a question
GENERAL_EXAM = "Z0000"
OFFICE_VISITS = ("99213", "97110")  # what a chart without an answer is coded as, where priced
SERVICE_HOURS = 48
WHY_IT_STANDS = "The note says so."


def usual_service(fees: Iterable[str]) -> str:
    """Choose the service of a plain visit among those the practice has a price for."""
    codes = sorted(fee for fee in fees if "-" not in fee)
    return next((code for code in OFFICE_VISITS if code in codes), codes[0])


@dataclass(slots=True)
class Coders:
    """The coders of one practice for one round of the day, who take charts in turns.

    Attributes:
        answers: The generator's answer key.
        are_suggested: Whether the practice wants suggestions beside the notes.
    """

    act: Act
    answers: Mapping[str, Answer]
    usual_service: str
    policy: CodingPolicy
    are_suggested: bool
    done: Counter[str] = field(default_factory=Counter)

    def work(self) -> Counter[str]:
        """Answer open questions, then code until the queue is empty; return what was done."""
        self._answer_queries()
        if self.are_suggested:
            get_code_book(settings().home)  # made once for each home; a page does not make it
        given_up = []
        for number in range(1, CHARTS_MAX + 1):
            act = replace(self.act, actor=CODERS[number % len(CODERS)])
            item = self._next(act)
            if item is None:
                break
            if not self._code(act, item, is_unclear=number % QUERY_EVERY == 0):
                given_up.append((act, item))
        self._give_back(given_up)
        return self.done

    def _next(self, act: Act) -> WorkItem | None:
        with transaction(settings().database, act.client_id) as session:
            return work_leases.lease_next_work_item(
                session, act.client_id, Queue.CODING, holder=act.actor, at=act.at
            )

    def _code(self, act: Act, item: WorkItem, *, is_unclear: bool) -> bool:
        """Complete a chart or ask about it; False leaves it to somebody else."""
        was_asked = item.reason == QUERY_ANSWERED
        with transaction(settings().database, act.client_id) as session:
            if is_unclear and not was_asked:
                self._ask(session, act, item)
                return True
            encounter = encounters.get_encounter(session, act.client_id, item.subject_id)
            if self.are_suggested:
                self._look_at_suggestions(session, act, encounter)
            is_coded = self._finish(session, act, item, encounter)
        self.done["coding: coded a chart" if is_coded else "coding: left for a person"] += 1
        return is_coded

    def _ask(self, session: Session, act: Act, item: WorkItem) -> None:
        ask_provider(
            session,
            act,
            item.subject_id,
            question="Please say which side, and whether it is acute.",
            work_item_id=item.id,
            token=item.lease_token,
        )
        self.done["coding: asked the provider"] += 1

    def _look_at_suggestions(self, session: Session, act: Act, encounter: Encounter) -> None:
        """See what the page shows beside a note; what becomes of it counts with the codes."""
        notes = get_coded_encounter(session, act.client_id, encounter.id).notes
        if notes and encounter.service_date:
            show_suggestions(session, act, encounter.id, notes, encounter.service_date, typed=())

    def _finish(self, session: Session, act: Act, item: WorkItem, encounter: Encounter) -> bool:
        """Complete a chart with the lease's token; every warning was looked at and stands."""
        coding = self._coding(encounter)
        stored = codings.list_codings(session, act.client_id, [encounter])[encounter.id]
        in_hand = CodingInHand(encounter.id, item.id, item.lease_token, coding_fingerprint(stored))
        findings = judge_coding(session, act.client_id, encounter, coding, self.policy)
        marks = {finding_mark(one) for one in findings if one.severity is Severity.WARNING}
        accepted = Acceptance(marks, WHY_IT_STANDS)
        return not finish_coding(session, act, in_hand, coding, accepted, self.policy)

    def _give_back(self, given_up: Iterable[tuple[Act, WorkItem]]) -> None:
        """Free what nobody here could code; sooner, the next coder would be given it again."""
        for act, item in given_up:
            with transaction(settings().database, act.client_id) as session:
                give_back_item(session, act, item.id)

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
