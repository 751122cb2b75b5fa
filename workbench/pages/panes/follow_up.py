"""The pane of follow-up: what was sent and heard of a claim, its clocks, and what to do next."""

from datetime import timedelta

from sqlmodel import Session

from models.states.status_check import StatusCheckState, StatusVerdict
from revcycle.operations.follow_up.follow_up_items import SILENT_CALL, say_answer
from revcycle.operations.follow_up.policies import AskTerms, clock_policy
from revcycle.operations.follow_up.resend_claim import may_resend
from revcycle.operations.reference.list_texts import list_status_texts
from revcycle.store import claim_picture, clients, clocks, silent_claims, status_checks
from revcycle.store.audit import record_act
from workbench.pages.client_files import find_client_file
from workbench.pages.clock_texts import show_clock
from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.follow_up_texts import (
    CALL,
    FILE,
    NEXT_STEPS,
    list_sent_and_heard,
)
from workbench.pages.panes.pane import OpenedItem, Pane

CLAIM = "claim"
CLOCK_REASON = "clock."


def build_follow_up(session: Session, opened: OpenedItem) -> Pane:
    """Show a claim that waits; an item about anything else is finished by hand."""
    if opened.line.subject_kind != CLAIM:
        return build_by_hand(session, opened)
    act, claim_id = opened.act, opened.line.subject_id
    head = claim_picture.get_claim_head(session, act.client_id, claim_id)
    record_act(session, act.client_id, act, "see_claim", CLAIM, claim_id)
    checks = status_checks.list_status_checks_of_claim(session, act.client_id, claim_id)
    under_way = any(one.state in silent_claims.UNDER_WAY for one in checks)
    done = next((one for one in checks if one.state not in silent_claims.UNDER_WAY), None)
    waits = bool(silent_claims.undecided_among(session, act.client_id, [claim_id]))
    running = clocks.list_clocks_of_claim(session, act.client_id, claim_id)
    is_answer = done is not None and done.state == StatusCheckState.ANSWERED
    happened = list_sent_and_heard(session, act.client_id, claim_id)
    verdict = StatusVerdict(done.verdict) if done and done.verdict else None
    return Pane(
        "panes/follow_up.html",
        {
            "claim_id": claim_id,
            "number": head.control_number,
            "payer": head.payer_name,
            "state": head.state,
            "charge": head.charge_total,
            "service_date": head.service_date,
            "payer_number": head.payer_claim_control_number,
            "said": say_answer(done) if done else "",
            "is_answer": is_answer,
            "next_step": _next_step(opened.line.reason, verdict),
            "waits": waits,
            "under_way": under_way,
            "may_ask": waits and not under_way and _terms(session, opened).answers_status,
            "may_resend": may_resend(session, act.client_id, claim_id),
            "clocks": [show_clock(one, act.today) for one in running],
            "happened": happened,
            "listed": list_status_texts(session, (one.status for one in happened), act.today),
            "form": opened.typed.get("form", ""),
            "typed": opened.typed,
            "tomorrow": act.today + timedelta(days=1),
        },
    )


def _next_step(reason: str, verdict: StatusVerdict | None) -> str:
    if reason.startswith(CLOCK_REASON):
        return FILE
    if reason == SILENT_CALL or verdict is None:
        return CALL
    return NEXT_STEPS[verdict]


def _terms(session: Session, opened: OpenedItem) -> AskTerms:
    """Read how the payer of the claim is asked; without a client file, as most payers are."""
    config = find_client_file(opened.practice.key)
    if config is None:
        return AskTerms()
    names = {
        row.name: key for key, row in clients.find_payers(session, opened.act.client_id).items()
    }
    return clock_policy(config).ask_terms_of(names.get(opened.line.payer_name, ""))
