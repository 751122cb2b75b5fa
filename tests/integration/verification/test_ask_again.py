"""A question that was asked wrongly is asked again, once, and only its new answer counts."""

from uuid import UUID

import pytest
from sqlmodel import Session, select

from models.documents.act import Act
from models.documents.eligibility import Benefit
from models.errors import RejectedError
from models.states.eligibility import EligibilityState, EligibilityVerdict
from models.states.transition import IllegalTransitionError
from models.states.work_item import Queue
from models.tables import Coverage, EligibilityCheck, Encounter, OutboundFile
from revcycle.formats.x12.t270 import read_inquiries
from revcycle.operations.verification.add_coverage import NewCoverage, add_coverage
from revcycle.operations.verification.ask_again import ask_again
from revcycle.operations.verification.ask_payers import ask_payers
from revcycle.store import work_items
from revcycle.store.session import transaction
from tests.integration.verification import test_verification as first_time

encounter_ids = first_time.encounter_ids
PRACTICE, ENVELOPE = first_time.PRACTICE, first_time.ENVELOPE


@pytest.fixture
def check_id(database_url: str, act: Act, encounter_ids: list[UUID]) -> UUID:
    """A question that the payer answered with: no such member."""
    first_time.ask(database_url, act, encounter_ids)
    first_time.answer(database_url, act, (Benefit("1"),), reason="72")
    with transaction(database_url) as session:
        return session.exec(select(EligibilityCheck.id)).one()


def again(database_url: str, act: Act, check_id: UUID, member_id: str | None = None) -> None:
    with transaction(database_url) as session:
        ask_again(session, act, check_id, member_id=member_id)


def verdicts(session: Session) -> set[str | None]:
    return set(session.exec(select(Encounter.verdict)).all())


def test_the_corrected_number_leaves_with_the_next_batch(
    database_url: str, act: Act, check_id: UUID
) -> None:
    with transaction(database_url) as session:
        old = session.exec(select(EligibilityCheck.trace_number)).one()
    again(database_url, act, check_id, "BHH0012341")
    with transaction(database_url) as session:
        ask_payers(session, act, practice=PRACTICE, envelopes={"sandbox": ENVELOPE})
        content = session.exec(select(OutboundFile.content).order_by("control_number")).all()[-1]
    (inquiry,), _ = read_inquiries(content)
    assert inquiry.member_id == "BHH0012341"
    assert inquiry.trace_number != old


def test_visits_wait_for_the_new_answer(database_url: str, act: Act, check_id: UUID) -> None:
    again(database_url, act, check_id)
    with transaction(database_url) as session:
        check = session.exec(select(EligibilityCheck)).one()
        assert (check.state, check.verdict, check.reason) == (EligibilityState.OPEN, None, "")
        assert verdicts(session) == {None, EligibilityVerdict.NOT_VERIFIABLE}
        assert not work_items.list_open_work_items(session, act.client_id, Queue.VERIFICATION)


def test_a_second_click_asks_nothing_twice(database_url: str, act: Act, check_id: UUID) -> None:
    again(database_url, act, check_id)
    with pytest.raises(IllegalTransitionError):
        again(database_url, act, check_id)


def test_a_number_is_not_empty_and_not_that_of_another_coverage(
    database_url: str, act: Act, check_id: UUID
) -> None:
    with transaction(database_url) as session:
        patient_id = session.exec(select(Coverage.patient_id)).one()
        add_coverage(session, act, patient_id, NewCoverage("blue_heron", "BHH9", rank=2))
    for member_id in (" ", "BHH9"):
        with pytest.raises(RejectedError):
            again(database_url, act, check_id, member_id)
