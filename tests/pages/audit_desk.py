"""Charts in an audit, for tests of the auditor's pages."""

from uuid import UUID

from models.documents.act import Act
from models.states.work_item import Queue
from revcycle.operations.audit.draw_samples import draw_samples
from revcycle.store.session import transaction
from tests.integration.audit.coding_office import POLICY, VISIT, CodingOffice, a_coding
from tests.pages.page_examples import YESTERDAY, add_practice

KEY = "lakeside"
SECRET_CODES = ("M17.11", "M1711", "20610", "cleo")  # of the first coding, and who made it
FIRST = a_coding("M1711", "I10", procedure="20610", modifiers=("RT",))


def open_audit(url: str, key: str = KEY, *, charts: int = 2) -> CodingOffice:
    """Let one coder finish charts, and draw all of them."""
    client_id = add_practice(url, key)
    office = CodingOffice(url, Act(client_id, "tester", YESTERDAY, YESTERDAY.date()))
    office.receive(charts)
    office.code([FIRST] * charts)
    with transaction(url, client_id) as session:
        draw_samples(session, office.by("flow:coding"), POLICY)
    return office


def dispute(office: CodingOffice) -> UUID:
    """Let an auditor code the oldest chart otherwise; return the case."""
    case_id = office.items(Queue.CODING_AUDIT)[0].subject_id
    office.audit(VISIT, "ada")
    return case_id
