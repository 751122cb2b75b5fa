"""A claim as the form that it has on paper."""

from fastapi.responses import Response

from models.documents.finding import is_blocking
from models.documents.paper import NO_SHIFT, PaperMode
from models.documents.party import Organization
from models.documents.practice import PracticeFacts
from revcycle.formats.pdf.paper_form import fill_claim_form, render_claim_form
from revcycle.operations.submission.policies import practice_facts
from revcycle.operations.submission.print_claim_form import print_claim_form
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor
from workbench.pages.client_files import find_client_file
from workbench.pages.panes.pdf_answer import pdf_answer
from workbench.pages.practices import Practice, act_at, practice_of
from workbench.pages.records.record_page import (
    RecordId,
    record_router,
    require_opener,
    show_record,
)

router = record_router()
OPENED_AS = "837P"  # the form says what the file says


@router.get("/claims/{claim_id}/form.pdf")
def print_form(
    visitor: CurrentVisitor, client: str, claim_id: RecordId, mode: PaperMode = PaperMode.OUTLINE
) -> Response:
    """Give a claim as CMS-1500 or UB-04: with boxes to read, or the data for pre-printed stock.

    What does not fit its box is named and nothing is printed for the post: a text that is cut, or
    runs into the next box, is another claim.
    """
    practice = practice_of(visitor, client)
    require_opener(visitor, OPENED_AS)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        claim = print_claim_form(session, act, claim_id, practice=facts_of(practice))
    filled = fill_claim_form(claim, on=act.today)
    if mode is PaperMode.DATA and is_blocking(filled.findings):
        return show_record(
            visitor, "claim_form.html", practice, claim_id=claim_id, findings=filled.findings
        )
    config = find_client_file(practice.key)
    shift = config.paper.to_shift() if config else NO_SHIFT
    pdf = render_claim_form(claim, filled, mode=mode, on=act.today, shift=shift)
    return pdf_answer(pdf, f"claim-form-{str(claim_id)[-12:]}")


def facts_of(practice: Practice) -> PracticeFacts:
    """Read what claims say of a practice; without a client file only its name is known."""
    config = find_client_file(practice.key)
    return practice_facts(config) if config else PracticeFacts(Organization(practice.name))
