"""Book a claim of a remittance on the claim of ours that it was found to be about."""

from collections.abc import Sequence

from sqlmodel import Session

from models.documents.act import Act
from models.documents.playbook import Play
from revcycle.operations.posting.apply_pending_reversals import apply_pending_reversals
from revcycle.operations.posting.book_decisions import book_decisions, open_what_is_denied
from revcycle.operations.posting.prepare_match import PreparedMatch
from revcycle.operations.posting.reverse_decisions import reverse_decisions
from revcycle.operations.posting.take_decisions_back import negate
from revcycle.rules.posting.decision import DecisionKind
from revcycle.store.remittance_claims import give_to_claim


def book_match(session: Session, act: Act, prepared: PreparedMatch, plays: Sequence[Play]) -> None:
    """Take its money out of where it waits, book it, and write down whose it is.

    A reversal that waited for this decision takes it back at once.
    """
    progress, match = prepared.progress, prepared.match
    negate(session, act, progress, prepared.kept, on=progress.effective_date)
    if prepared.kind is DecisionKind.REVERSES:
        reverse_decisions(session, act, progress, [match], prepared.claims)
    else:
        decisions = [(match, prepared.claim)]
        book_decisions(session, act, progress, decisions, prepared.claims, plays)
        open_what_is_denied(session, act, progress)
    give_to_claim(
        session,
        act.client_id,
        progress.as_decided(match),
        outcome=progress.outcomes[match.remittance_claim_id],
        reverses_id=progress.reversed_ids.get(match.remittance_claim_id),
    )
    if prepared.kind is DecisionKind.DECIDES:
        claim_ids = [prepared.claim.claim_id]
        apply_pending_reversals(session, act, progress, claim_ids, prepared.claims)
