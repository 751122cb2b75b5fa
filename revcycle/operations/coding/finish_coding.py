"""Finish a chart in one step: judge the codes, store them, hand the encounter on."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from models.documents.act import Act
from models.documents.coding import CodingDocument
from models.documents.coding_policy import CodingPolicy
from models.documents.finding import Finding, Severity, is_blocking
from revcycle.operations.coding.assign_codes import assign_codes
from revcycle.operations.coding.coding_in_hand import CodingInHand, require_in_hand
from revcycle.operations.coding.complete_coding import complete_coding
from revcycle.operations.coding.judge_coding import judge_coding
from revcycle.operations.coding.place_authorizations import lock_for
from revcycle.store import encounters, work_notes
from revcycle.store.audit import record_act


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The warnings that a coder has looked at and lets stand.

    Attributes:
        marks: ``finding_mark`` of each; a warning that has changed since is not among them.
        reason: Why, in the coder's words; it is kept as a note of the item.
    """

    marks: Collection[str] = ()
    reason: str = ""


def finding_mark(finding: Finding) -> str:
    """Name a finding as it stands, so that accepting it accepts nothing else."""
    text = f"{finding.rule_id}\t{finding.field}\t{finding.message}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def finish_coding(
    session: Session,
    act: Act,
    in_hand: CodingInHand,
    coding: CodingDocument,
    acceptance: Acceptance,
    policy: CodingPolicy,
) -> tuple[Finding, ...]:
    """Store a coding, move its encounter to coded and close the coder's item.

    Returns:
        What stops it: errors, or warnings that were not accepted. Nothing is changed then. Empty
        when it is finished.

    Raises:
        NotFoundError: this practice has no such encounter.
        StaleLeaseError: the coder does not hold the item any more.
        ChangedCodingError: somebody else changed the codes.
        IllegalTransitionError: the encounter is not with a coder.
    """
    require_in_hand(session, act, in_hand, coding)
    encounter = encounters.get_encounter(session, act.client_id, in_hand.encounter_id)
    lock_for(session, act.client_id, [encounter])
    findings = judge_coding(session, act.client_id, encounter, coding, policy)
    stopping = tuple(one for one in findings if _is_stopping(one, acceptance))
    if stopping:
        return stopping
    assign_codes(session, act, in_hand.encounter_id, coding, policy)
    _record_acceptance(session, act, in_hand, findings, acceptance)
    complete_coding(
        session,
        act,
        in_hand.encounter_id,
        work_item_id=in_hand.work_item_id,
        token=in_hand.token,
        policy=policy,
    )
    return ()


def _is_stopping(finding: Finding, acceptance: Acceptance) -> bool:
    if finding.severity is Severity.WARNING:
        return finding_mark(finding) not in acceptance.marks
    return is_blocking([finding])


def _record_acceptance(
    session: Session,
    act: Act,
    in_hand: CodingInHand,
    findings: Collection[Finding],
    acceptance: Acceptance,
) -> None:
    accepted = [one for one in findings if one.severity is Severity.WARNING]
    for finding in accepted:
        record_act(
            session,
            act.client_id,
            act,
            "accept_warning",
            "encounter",
            in_hand.encounter_id,
            outcome=finding.rule_id[:40],
        )
    if accepted and acceptance.reason.strip():
        work_notes.add_note(
            session, act.client_id, act, in_hand.work_item_id, acceptance.reason.strip()
        )
