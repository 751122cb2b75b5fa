"""A claim as the form that it has on paper."""

from fastapi.responses import Response

from models.documents.finding import is_blocking
from models.documents.paper import NO_SHIFT, PaperMode
from revcycle.formats.pdf.paper_form import fill_claim_form, render_claim_form
from revcycle.operations.submission.print_claim_form import print_claim_form
from revcycle.store.claims import get_claim
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor
from workbench.pages.claim_facts import claim_facts_of
from workbench.pages.client_files import find_client_file
from workbench.pages.panes.pdf_answer import pdf_answer
from workbench.pages.practices import act_at, practice_of
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
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        get_claim(session, practice.id, claim_id)  # what is not there is not refused but missing
        require_opener(visitor, OPENED_AS)
        claim = print_claim_form(session, act, claim_id, practice=claim_facts_of(practice))
    filled = fill_claim_form(claim, on=act.today)
    if mode is PaperMode.DATA and is_blocking(filled.findings):
        return show_record(
            visitor, "claim_form.html", practice, claim_id=claim_id, findings=filled.findings
        )
    config = find_client_file(practice.key)
    shift = config.paper.to_shift() if config else NO_SHIFT
    pdf = render_claim_form(claim, filled, mode=mode, on=act.today, shift=shift)
    return pdf_answer(pdf, f"claim-form-{str(claim_id)[-12:]}")
