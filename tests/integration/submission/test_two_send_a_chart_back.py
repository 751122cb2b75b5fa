"""Two people act on one held claim at once, over two connections: the chart goes back once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.documents.act import Act
from models.errors import RejectedError
from models.states.transition import IllegalTransitionError
from models.states.work_item import Queue
from models.tables import Client
from revcycle.operations.submission.build_claims import build_claims
from revcycle.operations.submission.release_held_claim import release_held_claim
from revcycle.store.session import transaction
from tests.conftest import NOON, TODAY
from tests.integration.submission.office import POLICY, Office, open_office
from tests.integration.submission.test_charts_go_back import (
    COUNT,
    code_anew,
    held,
    send_back,
    violations,
)


@pytest.fixture
def desk(either_database_url: str) -> Office:
    """A practice on either database."""
    client = Client(key="practice", name="Practice", time_zone="UTC")
    with transaction(either_database_url) as session:
        session.add(client)
    act = Act(client.id, "tester", NOON, TODAY)
    return open_office(either_database_url, client.id, act)


def did(work: Callable[[], None]) -> bool:
    """Do something in a connection of its own; tell whether it was done."""
    try:
        work()
    except (RejectedError, IllegalTransitionError):
        return False
    return True


def at_once(*works: Callable[[], None]) -> list[bool]:
    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(did, works))


def test_two_billers_send_one_chart_back_once(desk: Office) -> None:
    claim = held(desk)
    assert sorted(at_once(*[lambda: send_back(desk, claim)] * 2)) == [False, True]
    assert len(desk.open_items(Queue.CODING)) == 1
    assert violations(desk) == []


def test_a_claim_is_released_or_goes_back_and_never_both(desk: Office) -> None:
    claim = held(desk)

    def release() -> None:
        with transaction(desk.url, desk.act.client_id) as session:
            release_held_claim(session, desk.act, claim.id)

    done = at_once(lambda: send_back(desk, claim), release)
    assert True in done
    # A draft may go back as well, so both may be done: first released, then sent back.
    assert desk.claim_states() in (["recoding"], ["draft"])
    assert violations(desk) == []


def test_two_runs_build_one_claim_of_a_recoded_chart_once(desk: Office) -> None:
    claim = held(desk, "99213", "85025")
    send_back(desk, claim)
    code_anew(desk, claim, COUNT)

    def build() -> int:
        with transaction(desk.url, desk.act.client_id) as session:
            return build_claims(session, desk.act, [claim.encounter_id], policy=POLICY).claims

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(lambda _: build(), "12")) == [0, 1]
    assert desk.claim_states() == ["draft"]
    assert violations(desk) == []
