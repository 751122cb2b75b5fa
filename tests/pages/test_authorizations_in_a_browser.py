"""The page of a patient's authorizations in a browser: by keyboard, in every size and scheme."""

from dataclasses import replace

from sqlmodel import select

from models.documents.authorization import NewAuthorization
from models.states.work_item import Queue
from models.tables import Claim
from models.values.access import Role
from models.values.authorized import AuthorizationSource, Counted
from revcycle.operations.access.assign_staff import assign_queues
from revcycle.operations.verification.keep_authorizations import keep_authorizations
from revcycle.store.session import transaction
from tests.pages.browser import Desk, address, browser_tests, chromium, desk, fill
from tests.pages.money_examples import an_office_at
from tests.pages.page_examples import HOSTILE, NOON
from tests.pages.test_accessibility import judge
from tests.people import join

pytestmark = browser_tests
__all__ = ["address", "chromium", "desk"]


def test_a_verifier_writes_one_down_by_keyboard(desk: Desk, database_url: str) -> None:
    office = an_office_at(database_url, "lakeside")
    claim = office.bill(15_000)
    vera = join(database_url, "vera", [Role.VERIFIER], [office.act.client_id])
    with transaction(database_url, office.act.client_id) as session:
        assign_queues(session, office.act, vera.id, [Queue.VERIFICATION])
        payer_id = session.exec(select(Claim.payer_id)).first()
        assert payer_id is not None
        one = NewAuthorization(claim.patient_id, payer_id, "A-77", 12, procedures="97010-97799")
        more = [
            one,
            replace(one, number="UNITS-4", counts=Counted.UNITS, allowed=1, procedures=""),
            replace(one, number="", limit_of="PT", counted_from=NOON.date(), allowed=2),
            replace(one, number=HOSTILE[:50], valid_from=NOON.date(), valid_to=NOON.date()),
        ]
        keep_authorizations(session, office.act, more, source=AuthorizationSource.FILE)
    path = f"/practices/lakeside/patients/{claim.patient_id}/authorizations"
    page = desk.sign_in(vera, path)
    assert judge(page, path) == {}
    fill(page, "Number", "B-9")
    fill(page, "Allowed", "8")
    fill(page, "Procedures", "speech therapy")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Visits that use it name it on their claims.").wait_for()
    page.get_by_text("92507-92526").wait_for()
    assert desk.complaints == []
