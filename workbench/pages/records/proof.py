"""Proof that a claim was filed in time, as a PDF."""

from zoneinfo import ZoneInfo

from fastapi.responses import Response

from revcycle.formats.pdf.proof_of_filing import render_proof_of_filing
from revcycle.operations.follow_up.gather_proof import gather_proof
from revcycle.store.claims import get_claim
from revcycle.store.session import transaction
from workbench.pages.access import CurrentVisitor
from workbench.pages.panes.payer_terms import letterhead_of
from workbench.pages.panes.pdf_answer import pdf_answer
from workbench.pages.practices import act_at, practice_of
from workbench.pages.records.claim_form import OPENED_AS
from workbench.pages.records.record_page import RecordId, record_router, require_opener

router = record_router()


@router.get("/claims/{claim_id}/proof.pdf")
def print_proof(visitor: CurrentVisitor, client: str, claim_id: RecordId) -> Response:
    """Give what left and what was acknowledged of a claim."""
    practice = practice_of(visitor, client)
    act = act_at(visitor, practice)
    with transaction(visitor.site.database_url, practice.id) as session:
        get_claim(session, practice.id, claim_id)  # what is not there is not refused but missing
        require_opener(visitor, OPENED_AS)
        proof = gather_proof(
            session,
            act,
            claim_id,
            practice=letterhead_of(practice),
            zone=ZoneInfo(practice.time_zone),
        )
    return pdf_answer(render_proof_of_filing(proof), f"proof-of-filing-{str(claim_id)[-12:]}")
