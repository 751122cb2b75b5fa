"""The claims behind each figure of an edit, and what the edit did since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.learned_edit import BackTest, EditEffect, EditPicture
from models.documents.practice import PracticeFacts
from models.values.money import Money, total
from revcycle.operations.prevention.past_claims import load_past_claims
from revcycle.operations.prevention.propose_edits import CLAIMS_MAX
from revcycle.rules.prevention.back_test import back_test
from revcycle.rules.prevention.concerns import concerned_denials
from revcycle.rules.prevention.measure_effect import measure_effect


@dataclass(frozen=True, slots=True)
class EditEvidence:
    """What speaks for and against an edit, claim by claim, and what it did.

    Attributes:
        denied: Claims denied in the pattern, with what was denied of each in it.
        tested: Claims of the payer that the edit was tried on.
    """

    denied: Mapping[UUID, Money]
    tested: tuple[UUID, ...]
    test: BackTest
    effect: EditEffect | None


def explain_edit(
    session: Session, act: Act, edit: EditPicture, *, practice: PracticeFacts
) -> EditEvidence:
    """Try an edit again on the claims of its period; count its pattern since it is on."""
    claims = load_past_claims(
        session,
        act.client_id,
        since=edit.since,
        until=edit.until,
        limit=CLAIMS_MAX,
        practice=practice,
    )
    return EditEvidence(
        denied={
            claim.id: total(denial.amount for denial in denials)
            for claim in claims
            if (denials := concerned_denials(edit.rule, claim))
        },
        tested=tuple(claim.id for claim in claims if claim.payer_key == edit.rule.payer_key),
        test=back_test(edit.rule, claims),
        effect=_effect(session, act, edit, practice),
    )


def _effect(
    session: Session, act: Act, edit: EditPicture, practice: PracticeFacts
) -> EditEffect | None:
    if edit.switched_on is None:
        return None
    days = max((act.today - edit.switched_on).days, 1)
    around = load_past_claims(
        session,
        act.client_id,
        since=edit.switched_on - timedelta(days=days),
        until=act.today,
        limit=2 * CLAIMS_MAX,
        practice=practice,
    )
    return measure_effect(edit.rule, around, switched_on=edit.switched_on, days=days)
