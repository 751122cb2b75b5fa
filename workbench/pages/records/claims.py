"""The page of a claim: what it is, who must act next, its money and its story."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi.responses import Response
from sqlmodel import Session

from models.documents.contract import Expectation
from models.documents.records import BookLine
from models.documents.work import WorkLine
from models.states.denial import DenialState
from models.states.work_item import WorkItemState
from models.values.accounts import Account
from models.values.money import ZERO, Money
from revcycle.rules.access.file_fields import may_open_file
from revcycle.rules.ledger.figures import Figures, add_by_account, figures_of
from revcycle.rules.work.who_acts import ClaimSituation, NextStep, next_step_of_claim
from revcycle.store import (
    audit,
    book_extracts,
    claim_picture,
    clocks,
    decisions,
    encounters,
    expected_amounts,
    work_lists,
)
from revcycle.store.claim_picture import BilledService, ClaimHead, DenialFacts
from revcycle.store.claim_story import tell_claim_story
from revcycle.store.decisions import DecidedLine, Decision
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor, person_of
from workbench.pages.clock_texts import show_clock
from workbench.pages.practices import Practice, act_at, practice_of
from workbench.pages.records.claim_form import OPENED_AS
from workbench.pages.records.code_titles import title_codes
from workbench.pages.records.payer_texts import texts_of_decisions
from workbench.pages.records.record_page import RecordId, record_router, show_record
from workbench.pages.records.story_texts import tell

router = record_router()
UNRESOLVED = (
    DenialState.OPEN,
    DenialState.RECORDS_REQUESTED,
    DenialState.WRITE_OFF_REQUESTED,
)


@dataclass(frozen=True, slots=True)
class ServiceMoney:
    """One line of a claim with its money.

    Attributes:
        figures: Of the whole charge, over all payers.
        paid_here: What came under this claim.
        said: What the payer says of the line now, if it said anything.
        postings: Every posting about the charge, oldest first.
        sums: Each account that ever moved, with its sum.
        expected: What the contract says of the line; None where nobody computed it.
    """

    service: BilledService
    figures: Figures
    paid_here: Money
    said: tuple[DecidedLine, ...]
    postings: tuple[BookLine, ...]
    sums: tuple[tuple[Account, Money], ...]
    expected: Expectation | None = None

    @property
    def allowed(self) -> Money | None:
        """What the payer allows, where it says so."""
        return next((line.allowed for line in self.said if line.allowed is not None), None)


@router.get("/claims/{claim_id}")
def show_claim(visitor: CurrentVisitor, client: str, claim_id: RecordId) -> Response:
    """Show a claim with its money and everything that happened to it."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        head = claim_picture.get_claim_head(session, practice.id, claim_id)
        audit.record_act(session, practice.id, act, "see_claim", "claim", claim_id)
        facts = _facts(session, practice, head, act.today)
        running = clocks.list_clocks_of_claim(session, practice.id, claim_id)
    may_print = may_open_file(person_of(visitor).access, OPENED_AS)
    return show_record(
        visitor,
        "claim.html",
        practice,
        head=head,
        may_print=may_print,
        clocks=[show_clock(one, act.today) for one in running],
        **facts,
    )


def _facts(session: Session, practice: Practice, head: ClaimHead, today: date) -> dict[str, object]:
    said = decisions.list_decisions_of_claims(session, practice.id, [head.id])
    lines = decisions.list_decided_lines(session, practice.id, [one.id for one in said])
    denials = claim_picture.list_denial_facts(session, practice.id, [head.id])
    subjects = [("claim", head.id), *(("denial", one.id) for one in denials)]
    open_work = [
        one
        for one in work_lists.list_work_of_subject(session, practice.id, subjects)
        if one.state is WorkItemState.OPEN
    ]
    money = service_money(session, practice.id, head.id, said, lines)
    found = encounters.list_diagnoses(session, practice.id, [head.encounter_id])
    codes = tuple(row.code for row in found)
    return {
        "money": money,
        "whole": _whole(money),
        "decisions": said,
        "said_lines": lines,
        "listed": texts_of_decisions(session, said, lines, _last_decided(said, today)),
        "denials": denials,
        "open_work": open_work,
        "next_step": _next_step(head, denials, open_work, money, practice),
        "diagnoses": codes,
        "titles": title_codes(session, codes, head.service_date),
        "edits": claim_picture.list_edits(session, practice.id, head.id),
        "versions": claim_picture.list_versions(session, practice.id, head.id),
        "siblings": [
            one
            for one in claim_picture.list_claim_heads(session, practice.id, [head.encounter_id])
            if one.id != head.id
        ],
        "story": tell(tell_claim_story(session, practice.id, head.id)),
    }


def _last_decided(said: list[Decision], today: date) -> date:
    return max((one.payment_date for one in said), default=today)


def service_money(
    session: Session,
    client_id: UUID,
    claim_id: UUID,
    said: list[Decision],
    lines: list[DecidedLine],
) -> list[ServiceMoney]:
    """Put the books and the payer's standing words beside each line of a claim."""
    services = claim_picture.list_services(session, client_id, claim_id)
    postings = book_extracts.list_postings_of_charges(
        session, client_id, [one.charge_id for one in services]
    )
    standing = {one.id for one in said if one.stands}
    expected = {
        one.claim_line_id: one
        for one in expected_amounts.list_expectations(session, client_id, [claim_id])
    }
    return [
        _money(
            service,
            claim_id,
            expected.get(service.id),
            tuple(one for one in postings if one.charge_id == service.charge_id),
            tuple(
                one
                for one in lines
                if one.claim_line_id == service.id and one.decision_id in standing
            ),
        )
        for service in services
    ]


def _money(
    service: BilledService,
    claim_id: UUID,
    expected: Expectation | None,
    postings: tuple[BookLine, ...],
    said: tuple[DecidedLine, ...],
) -> ServiceMoney:
    sums = add_by_account((one.account, one.amount) for one in postings)
    here = add_by_account((one.account, one.amount) for one in postings if one.claim_id == claim_id)
    return ServiceMoney(
        service=service,
        figures=figures_of(sums),
        paid_here=figures_of(here).paid_by_payers,
        said=said,
        postings=postings,
        sums=tuple(sums.items()),
        expected=expected,
    )


def _whole(money: list[ServiceMoney]) -> Figures:
    return figures_of(add_by_account(pair for one in money for pair in one.sums))


def _next_step(
    head: ClaimHead,
    denials: list[DenialFacts],
    open_work: list[WorkLine],
    money: list[ServiceMoney],
    practice: Practice,
) -> NextStep:
    zone = ZoneInfo(practice.time_zone)
    due: list[date] = [one.due_at.astimezone(zone).date() for one in open_work]
    denied = [one.due_on for one in denials if one.state in UNRESOLVED]
    situation = ClaimSituation(
        state=head.state,
        file_by=head.file_by,
        work_due=min(due, default=None),
        denial_due=min(denied, default=None),
        is_patients_turn=_whole(money).owed_by_patient > ZERO,
    )
    return next_step_of_claim(situation)
