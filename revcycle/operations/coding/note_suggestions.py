"""Note which codes a coder was shown, and later what became of each."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from revcycle.rules.suggestions.outcomes import judge_outcomes
from revcycle.rules.suggestions.suggest import Suggestion
from revcycle.store import suggested_codes
from revcycle.store.suggested_codes import RankedCode


def note_suggestions(
    session: Session,
    act: Act,
    encounter_id: UUID,
    model_sha256: str,
    found: Sequence[Suggestion],
) -> None:
    """Note a list of suggestions as shown to whoever acts, once for a chart and a model.

    Args:
        session: The open transaction.
        act: Who sees them, and when.
        encounter_id: The chart.
        model_sha256: What had learned from the practice's charts; empty: the book alone spoke.
        found: The whole list, the best first, codes that are typed already among them.
    """
    if suggested_codes.has_list(session, act.client_id, encounter_id, model_sha256):
        return
    ranked = [
        RankedCode(
            one.code, one.source, (one.evidence.start, one.evidence.end) if one.evidence else None
        )
        for one in found
    ]
    suggested_codes.insert_suggested_codes(
        session, act.client_id, act, encounter_id, model_sha256, ranked
    )


def settle_suggestions(
    session: Session, act: Act, encounter_id: UUID, final: Collection[str]
) -> None:
    """Say what became of what was suggested for a chart that is completed now.

    A chart without suggestions changes nothing; one that came back and is completed again is
    judged anew.
    """
    suggested = suggested_codes.list_codes_suggested(session, act.client_id, encounter_id)
    if not suggested:
        return
    outcomes = judge_outcomes(suggested, final)
    suggested_codes.set_outcomes(
        session, act.client_id, act, encounter_id, outcomes, len(set(final))
    )
