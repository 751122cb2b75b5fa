"""An audit of coding from the sample to the figures, on SQLite and on PostgreSQL."""

from models.documents.act import Act
from models.states.audited_case import AuditedCaseState
from models.states.work_item import Queue
from revcycle.operations.audit.decide_case import decide_case
from revcycle.operations.audit.draw_samples import draw_samples
from revcycle.operations.audit.judge_coders import judge_coders
from revcycle.operations.audit.withdraw_stale_cases import withdraw_stale_cases
from revcycle.store import audited_cases, work_leases
from revcycle.store.audited_cases import CaseFilter
from revcycle.store.session import transaction
from tests.integration.audit.coding_office import (
    AUDITOR,
    CODER,
    LEAD,
    POLICY,
    VISIT,
    CodingOffice,
    a_coding,
)
from tests.pages.page_examples import NOON, add_practice

EVERYTHING = CaseFilter(NOON.date(), NOON.date())
HIGHER = a_coding("I10", "E119", procedure="99214")


def test_an_audit_goes_the_same_way_on_both_databases(either_database_url: str) -> None:
    client_id = add_practice(either_database_url, "lakeside")
    office = CodingOffice(either_database_url, Act(client_id, "tester", NOON, NOON.date()))
    office.receive(2)
    office.code([VISIT, VISIT])
    with transaction(office.url, client_id) as session:
        (sample,) = draw_samples(session, office.by("flow:coding"), POLICY)
    assert sample.drawn == 2
    with transaction(office.url, client_id) as session:
        queue = Queue.CODING_AUDIT
        for who, expected in ((CODER, False), (AUDITOR, True)):
            found = work_leases.lease_next_work_item(
                session, client_id, queue, holder=who, at=office.act.at
            )
            assert (found is not None) is expected
            if found:
                work_leases.give_back_lease(session, client_id, found.id, holder=who)
    assert office.audit(HIGHER) is AuditedCaseState.DISPUTED
    assert office.audit(VISIT) is AuditedCaseState.AGREED
    in_hand = office.take(Queue.ADJUDICATION, LEAD)
    with transaction(office.url, client_id) as session:
        rows = audited_cases.list_codes(session, client_id, in_hand.case_id)
        right = {row.number: "99214" for row in rows}
        assert decide_case(session, office.by(LEAD), in_hand, right, remark="", policy=POLICY) == 1
    with transaction(office.url, client_id) as session:
        (judged,) = judge_coders(session, [client_id], EVERYTHING)
        withdraw_stale_cases(session, office.act)
    assert (judged.figures.codes.right, judged.figures.codes.count) == (5, 6)
