"""Post a remittance file: all of it, or nothing and one work item."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.finding import Finding, Severity
from models.documents.posting import PostingOutcome
from models.documents.remittance import RemittanceDocument
from models.states.file import INBOUND_FILE_TRANSITIONS, InboundFileEvent, InboundFileState
from models.states.work_item import Queue
from models.tables import InboundFile
from revcycle.formats.x12.checks.envelope import check_envelopes
from revcycle.formats.x12.diagnostics import findings_of
from revcycle.formats.x12.interchange_keys import interchange_keys
from revcycle.formats.x12.remittances.balance import remittance_gaps
from revcycle.formats.x12.t835 import read_remittances
from revcycle.operations.posting.answer_remittance_file import answer_remittance_file
from revcycle.operations.posting.policies import RemittancePolicy
from revcycle.operations.posting.post_remittance import count_outcomes, post_remittance
from revcycle.operations.posting.progress import PostingProgress
from revcycle.reference.playbook import standard_plays
from revcycle.rules.posting.refusal import Refusal, refusal_of, trace_key
from revcycle.store import remittances, work_items, work_lists
from revcycle.store.audit import record_act
from revcycle.store.inbound_files import add_interchanges, find_interchanges, get_inbound_file
from revcycle.store.state_changes import move
from revcycle.store.work_items import NewWorkItem

DETAIL_LENGTH = 400
FINDINGS_SHOWN = 5
MISROUTED = "the payee of this file is not this practice"
# What an item says where the reader's findings say nothing, or must not be shown.
TITLES: Final[Mapping[Refusal, str]] = MappingProxyType(
    {
        Refusal.WRONG_PAYEE: MISROUTED,
        Refusal.DUPLICATE_TRACE: "a payment that was posted before",
        Refusal.TRACE_REUSED: "another payment under a trace number that was used before",
        Refusal.INTERCHANGE_REUSED: "other content under an interchange number that was used",
    }
)


@dataclass(frozen=True, slots=True)
class PostingCount:
    """What a remittance file came to.

    Attributes:
        state: Where the file stands now; RECEIVED never comes back.
        reason: Why it stands in quarantine.
        was_posted_before: The file had been dealt with; this call changed nothing.
        questions: What people are asked, by reason, and how often.
    """

    state: InboundFileState
    reason: str = ""
    was_posted_before: bool = False
    remittances: int = 0
    claims: int = 0
    decided: int = 0
    reversed: int = 0
    unapplied: int = 0
    denials_opened: int = 0
    questions: tuple[tuple[str, int], ...] = ()


def post_remittance_file(
    session: Session, act: Act, inbound_file_id: UUID, *, policy: RemittancePolicy
) -> PostingCount:
    """Read a stored 835 file and post every payment in it, or put it in quarantine.

    Repeating it is safe: a file that was posted or refused is reported and left alone.

    Raises:
        NotFoundError: this client has no such file.
    """
    file = get_inbound_file(session, act.client_id, inbound_file_id)
    state = InboundFileState(file.state)
    if state is not InboundFileState.RECEIVED:
        return PostingCount(state, file.reason, was_posted_before=True)
    documents, diagnostics = read_remittances(file.content)
    if file.source in policy.answered_connections:
        answer_remittance_file(session, act, file, diagnostics)
    # A file that was cut off between two payments can be read, and has lost the second one.
    findings = findings_of([*check_envelopes(file.content), *diagnostics])
    gaps = [gap for document in documents for gap in remittance_gaps(document)]
    refusal = _refusal(session, act, file, documents, findings, gaps, policy)
    if refusal is not None:
        return _quarantine(session, act, file, refusal, [*findings, *gaps])
    plays = (*policy.plays, *standard_plays())
    posted = [
        post_remittance(
            session,
            act,
            file.id,
            ordinal,
            document,
            plays=plays,
            capitated_payers=policy.capitated_payers,
        )
        for ordinal, document in enumerate(documents, start=1)
    ]
    add_interchanges(session, act.client_id, file.id, interchange_keys(file.content))
    move(session, act.client_id, act, file, INBOUND_FILE_TRANSITIONS, InboundFileEvent.POST)
    record_act(session, act.client_id, act, "post_remittance_file", "inbound_file", file.id)
    return _count(posted)


def _refusal(
    session: Session,
    act: Act,
    file: InboundFile,
    documents: Sequence[RemittanceDocument],
    findings: Sequence[Finding],
    gaps: Sequence[Finding],
    policy: RemittancePolicy,
) -> Refusal | None:
    traces = {trace_key(document) for document in documents}
    return refusal_of(
        documents,
        findings,
        gaps,
        payee_npis=policy.payee_npis,
        payee_tin=policy.payee_tin,
        posted=remittances.posted_payments(session, act.client_id, traces),
        is_known_interchange=_is_known_interchange(session, act, file),
    )


def _is_known_interchange(session: Session, act: Act, file: InboundFile) -> bool:
    """Tell whether its number was used, and nobody released the file in spite of it."""
    held = find_interchanges(session, act.client_id, interchange_keys(file.content))
    if not held:
        return False
    about = [("inbound_file", file.id)]
    asked = work_lists.list_work_of_subject(session, act.client_id, about)
    return all(one.reason != Refusal.INTERCHANGE_REUSED for one in asked)


def _quarantine(
    session: Session, act: Act, file: InboundFile, refusal: Refusal, findings: Sequence[Finding]
) -> PostingCount:
    move(session, act.client_id, act, file, INBOUND_FILE_TRANSITIONS, InboundFileEvent.QUARANTINE)
    file.reason = str(refusal)
    worst_first = sorted(findings, key=lambda finding: finding.severity is not Severity.ERROR)
    detail = "; ".join(
        f"{finding.position} {finding.field}: {finding.message}"
        for finding in worst_first[:FINDINGS_SHOWN]
    )
    # A file for somebody else is no question of posting, and shows patients of others.
    is_misrouted = refusal is Refusal.WRONG_PAYEE
    item = NewWorkItem(
        queue=Queue.BPO_INBOX if is_misrouted else Queue.POSTING,
        cause_key=f"posting:{file.id}",
        subject_kind="inbound_file",
        subject_id=file.id,
        reason=str(refusal),
        detail=TITLES.get(refusal, detail[:DETAIL_LENGTH]),
        service_hours=24,
        priority=2,
    )
    work_items.open_work_items(session, act.client_id, act, [item])
    record_act(
        session,
        act.client_id,
        act,
        "post_remittance_file",
        "inbound_file",
        file.id,
        outcome=str(refusal),
    )
    return PostingCount(InboundFileState(file.state), file.reason)


def _count(posted: Sequence[PostingProgress]) -> PostingCount:
    return PostingCount(
        state=InboundFileState.POSTED,
        remittances=len(posted),
        claims=sum(len(progress.outcomes) for progress in posted),
        decided=sum(count_outcomes(one, PostingOutcome.DECIDED) for one in posted),
        reversed=sum(count_outcomes(one, PostingOutcome.REVERSED) for one in posted),
        unapplied=sum(count_outcomes(one, PostingOutcome.UNAPPLIED) for one in posted),
        denials_opened=sum(progress.denials_opened for progress in posted),
        questions=tuple(
            sorted(Counter(item.reason for one in posted for item in one.items).items())
        ),
    )
