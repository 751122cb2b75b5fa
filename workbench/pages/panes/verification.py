"""The pane of verification: what was asked, what the payer said, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.documents.eligibility import Benefit, EligibilityAnswer
from models.errors import RejectedError
from models.states.eligibility import EligibilityState
from models.states.file import InboundFileState
from models.tables import Coverage, EligibilityCheck
from models.values.access import FieldKind, FieldView
from models.values.display import to_dollars, to_short_date
from revcycle.formats.x12.t271 import read_answers
from revcycle.operations.verification.authorizations_left import list_authorizations_left
from revcycle.reference.eligibility_rejections import FOLLOW_UPS, eligibility_rejection_label
from revcycle.reference.eligibility_steps import (
    BENEFIT_KINDS,
    COVERAGE_LEVELS,
    PERIODS,
    explain_answer,
)
from revcycle.rules.access.field_masks import see_field
from revcycle.rules.access.rights import Access
from revcycle.store import clients, eligibility, inbound_files, patients
from revcycle.store.audit import record_act
from workbench.pages.authorization_texts import ShownAuthorization, shown
from workbench.pages.panes.coverage_correction import build_correction
from workbench.pages.panes.fingerprint import fingerprint_of
from workbench.pages.panes.pane import OpenedItem, Pane

READ_BYTES_MAX: Final = 2_000_000
BENEFITS_MAX: Final = 60
VERDICT_WORDS: Final = {
    "active": "active",
    "inactive": "not in force",
    "not_found": "not found",
    "other_payer": "another payer comes first",
    "limit_reached": "limit reached",
    "refused": "no answer",
    "not_verifiable": "cannot be asked",
}


@dataclass(frozen=True, slots=True, repr=False)
class ShownCoverage:
    """A coverage of the patient in words."""

    id: UUID
    rank: int
    payer_name: str
    member_id: str
    period: str
    is_asked: bool


def build_verification(session: Session, opened: OpenedItem) -> Pane:
    """Show a question with its answer, or a file of answers that fits nothing."""
    if opened.line.subject_kind == "inbound_file":
        return _build_file(session, opened)
    if opened.line.subject_kind == "coverage_correction":
        return build_correction(session, opened)
    return _build_check(session, opened)


def seen_of(check: EligibilityCheck, coverage: Coverage) -> dict[str, str]:
    """Give what a decision about a check rests on."""
    return {
        "state": check.state,
        "answer": f"{check.verdict} {check.reason}",
        "member_id": coverage.member_id,
        "valid_to": str(coverage.valid_to),
    }


def _build_check(session: Session, opened: OpenedItem) -> Pane:
    act, access, typed = opened.act, opened.person.access, opened.typed
    check = eligibility.get_check(session, act.client_id, opened.line.subject_id)
    record_act(session, act.client_id, act, "see_eligibility", "eligibility_check", check.id)
    (coverage,) = eligibility.list_coverages_by_id(session, act.client_id, [check.coverage_id])
    payers = clients.find_payers(session, act.client_id)
    meaning, step = explain_answer(opened.line.reason or check.reason)
    return Pane(
        "panes/verification.html",
        {
            "kind": "check",
            "meaning": meaning,
            "step": step,
            "verdict": VERDICT_WORDS.get(check.verdict or "", "none"),
            "service_date": check.service_date,
            "trace_number": check.trace_number,
            "answered_at": check.answered_at,
            "asked_file_id": check.outbound_file_id,
            "answer_file_id": check.inbound_file_id,
            "copay": check.copay,
            "deductible": check.deductible_remaining,
            "visits": check.visits_remaining,
            "other_payer": check.other_payer,
            "coverages": _coverages(session, opened, coverage),
            "authorizations": _authorizations(session, act, coverage.patient_id),
            "patient_id": coverage.patient_id,
            "answer": _answer(session, act.client_id, check),
            "can_ask": check.state in (EligibilityState.ANSWERED, EligibilityState.FAILED),
            "sees_number": access.view_of(FieldKind.MEMBER_ID) is FieldView.SHOWN,
            "member_id": typed.get(
                "member_id", see_field(access, FieldKind.MEMBER_ID, coverage.member_id)
            ),
            "payers": sorted(
                ((key, row.name) for key, row in payers.items()),
                key=lambda pair: pair[1].casefold(),
            ),
            "typed": {name: typed.get(name, "") for name in TYPED},
            "form": typed.get("form", ""),
            "seen": fingerprint_of(seen_of(check, coverage)),
        },
    )


def _authorizations(session: Session, act: Act, patient_id: UUID) -> list[ShownAuthorization]:
    found = list_authorizations_left(session, act.client_id, [patient_id])
    return [shown(one, today=act.today) for one in found]


TYPED: Final = (
    "who", "reference", "last_day", "payer_key", "new_member_id", "rank", "group_number",
    "valid_from", "ended_on",
)  # fmt: skip


def _build_file(session: Session, opened: OpenedItem) -> Pane:
    act = opened.act
    file = inbound_files.get_inbound_file(session, act.client_id, opened.line.subject_id)
    record_act(session, act.client_id, act, "see_file", "inbound_file", file.id)
    return Pane(
        "panes/verification.html",
        {
            "kind": "file",
            "file_id": file.id,
            "file_name": file.name,
            "can_read_again": file.state == InboundFileState.QUARANTINED,
            "what": opened.typed.get("what", ""),
        },
    )


def _coverages(session: Session, opened: OpenedItem, asked: Coverage) -> list[ShownCoverage]:
    client_id, access = opened.act.client_id, opened.person.access
    names = {row.id: row.name for row in clients.find_payers(session, client_id).values()}
    return [
        ShownCoverage(
            id=row.id,
            rank=row.rank,
            payer_name=names[row.payer_id],
            member_id=_number(access, row),
            period=_period(row),
            is_asked=row.id == asked.id,
        )
        for row in patients.list_coverages(session, client_id, [asked.patient_id])
    ]


def _number(access: Access, row: Coverage) -> str:
    return see_field(access, FieldKind.MEMBER_ID, row.member_id)


def _period(row: Coverage) -> str:
    begins = f"from {to_short_date(row.valid_from)}" if row.valid_from else ""
    ends = f"until {to_short_date(row.valid_to)}" if row.valid_to else ""
    return f"{begins} {ends}".strip() or "no dates known"


def _answer(session: Session, client_id: UUID, check: EligibilityCheck) -> list[str]:
    """Say in words what the 271 says of this question; its bytes are the record."""
    if check.inbound_file_id is None:
        return []
    file = inbound_files.get_inbound_file(session, client_id, check.inbound_file_id)
    if len(file.content) > READ_BYTES_MAX:
        return []
    try:
        answers, _ = read_answers(file.content)
    except RejectedError:  # it was read once; whoever wants it finds the bytes at the file
        return []
    answer = next((one for one in answers if one.trace_number == check.trace_number), None)
    return _told(answer) if answer else []


def _told(answer: EligibilityAnswer) -> list[str]:
    told = [
        f"{one.level}: {eligibility_rejection_label(one.reason)}"
        + (f"; {FOLLOW_UPS[one.follow_up]}" if one.follow_up in FOLLOW_UPS else "")
        for one in answer.rejections
    ]
    begins, ends = answer.plan_begin, answer.plan_end
    if begins or ends:
        told.append(
            " ".join(
                (
                    "the plan runs",
                    f"from {to_short_date(begins)}" if begins else "",
                    f"until {to_short_date(ends)}" if ends else "",
                )
            ).strip()
        )
    return [*told, *_benefits(answer.benefits)]


def _benefits(benefits: Sequence[Benefit]) -> list[str]:
    return list(dict.fromkeys(_benefit(one) for one in benefits))[:BENEFITS_MAX]


def _benefit(one: Benefit) -> str:
    """Say one benefit; what is said in words of the payer is quoted."""
    parts = [
        BENEFIT_KINDS.get(one.kind, f"kind {one.kind}"),
        COVERAGE_LEVELS.get(one.coverage_level, one.coverage_level),
        f"service types {', '.join(one.service_type_codes)}" if one.service_type_codes else "",
        one.plan_name,
        to_dollars(one.amount) if one.amount is not None else "",
        f"{one.fraction:.0%}" if one.fraction is not None else "",
        _quantity(one),
        PERIODS.get(one.period, one.period),
        {"Y": "in network", "N": "out of network"}.get(one.in_network, ""),
        one.related_payer_name,
        *(f"“{text}”" for text in one.messages),
    ]
    return ", ".join(part for part in parts if part)


def _quantity(one: Benefit) -> str:
    if one.quantity is None:
        return ""
    unit = "visits" if one.quantity_kind == "VS" else one.quantity_kind
    return f"{one.quantity.normalize():f} {unit}"
