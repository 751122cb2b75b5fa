"""The pane of claims that wait for a person: held by an edit, refused, or not to be built."""

from typing import Final

from sqlmodel import Session

from models.documents.client_config import ClientConfig
from models.documents.finding import Finding
from models.states.work_item import Queue
from models.values.access import FieldKind, Right
from revcycle.operations.reference.list_texts import list_status_texts
from revcycle.operations.submission.build_claims import NO_COVERAGE
from revcycle.operations.submission.find_ways import find_ways
from revcycle.operations.submission.partner_words import status_of
from revcycle.operations.submission.policies import practice_facts, scrub_policy
from revcycle.operations.submission.request_claim_write_off import ACTION, WRITE_OFF_REQUESTED
from revcycle.operations.submission.scrub_claims import judge_claims
from revcycle.operations.submission.send_back_to_coder import WORDS_LENGTH_MAX
from revcycle.rules.access.field_masks import see_field
from revcycle.rules.denials.reasons import WRITE_OFF_REASONS
from revcycle.store import claims
from revcycle.store.audit import last_actor
from revcycle.store.claim_pictures import ClaimPicture, find_claim_picture, list_partner_words
from workbench.pages.client_files import find_client_file
from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.cause_party import PARTY_WORDS
from workbench.pages.panes.claim_texts import Edit, claim_values, mended, say_word
from workbench.pages.panes.fingerprint import fingerprint_of
from workbench.pages.panes.pane import OpenedItem, Pane

CLAIM_TEMPLATE: Final = "panes/claim.html"
UNBILLED_TEMPLATE: Final = "panes/unbilled.html"
NO_NEXT_PAYER: Final = "secondary.no_coverage"


def build_claim(session: Session, opened: OpenedItem) -> Pane:
    """Show a claim, or an encounter that no claim could be built for, with what can be done."""
    line = opened.line
    if line.subject_kind == "encounter" and line.queue is Queue.SCRUB:
        return _unbilled(opened)
    claim = (
        find_claim_picture(session, opened.act.client_id, line.subject_id)
        if line.subject_kind == "claim"
        else None
    )
    if claim is None:
        return build_by_hand(session, opened)
    ways = find_ways(session, opened.act, claim.id)
    decides = line.reason == WRITE_OFF_REQUESTED
    asked_by = last_actor(session, opened.act.client_id, ACTION, claim.id) if decides else ""
    words = list_partner_words(session, opened.act.client_id, claim.id)
    facts = {
        "claim": claim,
        "member_id": see_field(opened.person.access, FieldKind.MEMBER_ID, claim.member_id),
        "days_left": (claim.file_by - opened.act.today).days,
        "said": [say_word(word) for word in words],
        "listed": list_status_texts(
            session, (status_of(one.kind, one.code) for one in words), opened.act.today
        ),
        "edits": _edits(session, opened, claim),
        "ways": ways,
        "seen": fingerprint_of(claim_values(claim)),
        "is_worked": opened.is_mine and ways.is_unjudged and not decides and may_work(opened),
        "decides": decides and _may_decide(opened),
        "asked_by": asked_by or "",
        "asked_it": asked_by == opened.act.actor,
        "coder_words_max": WORDS_LENGTH_MAX,
        "write_off_reasons": WRITE_OFF_REASONS,
        "parties": PARTY_WORDS,
        "has_client_file": find_client_file(opened.practice.key) is not None,
    }
    return Pane(CLAIM_TEMPLATE, facts)


def may_work(opened: OpenedItem) -> bool:
    """Tell whether the person's roles put claims right in this queue."""
    if opened.line.queue is Queue.REJECTION:
        return opened.person.may(Right.TAKE_WORK)
    return opened.person.may(Right.RELEASE_CLAIMS)


def _unbilled(opened: OpenedItem) -> Pane:
    facts = {
        "encounter_id": opened.line.subject_id,
        "is_worked": opened.is_mine and may_work(opened),
        "may_bill_patient": opened.line.reason == NO_COVERAGE,
        "may_bill_rest": opened.line.reason == NO_NEXT_PAYER,
    }
    return Pane(UNBILLED_TEMPLATE, facts)


def _edits(session: Session, opened: OpenedItem, claim: ClaimPicture) -> list[Edit]:
    """List what stops the claim: as found when it was held, and as it is now."""
    client_id = opened.act.client_id
    then = [
        Edit(row.rule_id, row.severity, row.field, row.message)
        for row in claims.list_findings(session, client_id, [claim.id])
    ]
    config = find_client_file(opened.practice.key)
    if config is None:
        return then
    return mended(then, _judge(session, opened, claim, config))


def _judge(
    session: Session, opened: OpenedItem, claim: ClaimPicture, config: ClientConfig
) -> tuple[Finding, ...]:
    rows = claims.list_claims(session, opened.act.client_id, [claim.id])
    return judge_claims(
        session,
        opened.act,
        rows,
        policy=scrub_policy(config),
        practice=practice_facts(config),
    )[claim.id]


def _may_decide(opened: OpenedItem) -> bool:
    is_free = opened.line.holder in {"", opened.act.actor}
    return is_free and opened.person.may(Right.APPROVE_WRITE_OFFS)
