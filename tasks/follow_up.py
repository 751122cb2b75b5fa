"""Follow-up, step by step: questions about silent claims, their answers, and clocks."""

from datetime import date
from uuid import UUID

from models.states.work_item import Queue
from revcycle.operations.follow_up.apply_statuses import (
    apply_statuses,
    fail_unanswered_checks,
)
from revcycle.operations.follow_up.ask_about_claims import ask_about_claims
from revcycle.operations.follow_up.keep_clocks import keep_clocks
from revcycle.operations.follow_up.policies import clock_policy
from revcycle.operations.follow_up.question_claims import question_silent_claims
from revcycle.operations.submission.policies import practice_facts, work_terms
from tasks.runtime import (
    act_of,
    client_transaction,
    config_of,
    envelope_of,
    received_file_ids,
    step,
)

STAGE = "follow_up"
STATUS_KIND = "277"


@step("question-silent-claims")
def question_silent_claims_task(client_key: str, today: date) -> int:
    """Open questions about claims whose payers are silent; return how many."""
    config = config_of(client_key)
    with client_transaction(client_key) as session:
        questioned = question_silent_claims(
            session,
            act_of(client_key, STAGE, today),
            policy=clock_policy(config),
            terms=work_terms(config, Queue.FOLLOW_UP),
        )
    return questioned.questions


@step("ask-about-claims")
def ask_about_claims_task(client_key: str, today: date) -> int:
    """Write all open questions as 276 files; return how many questions were written."""
    config = config_of(client_key)
    envelopes = {section.key: envelope_of(section) for section in config.connections}
    written = 0
    while True:
        with client_transaction(client_key) as session:
            asked = ask_about_claims(
                session,
                act_of(client_key, STAGE, today),
                practice=practice_facts(config),
                envelopes=envelopes,
                terms=work_terms(config, Queue.FOLLOW_UP),
            )
        if asked.questions + asked.refused == 0:
            return written
        written += asked.questions


@step("list-status-files")
def list_status_files_task(client_key: str) -> list[UUID]:
    """List 277 files that nothing was made of yet."""
    return received_file_ids(client_key, [STATUS_KIND])


@step("apply-statuses")
def apply_statuses_task(client_key: str, inbound_file_id: UUID, today: date) -> int:
    """Put what one 277 says on our questions; return how many were answered."""
    terms = work_terms(config_of(client_key), Queue.FOLLOW_UP)
    with client_transaction(client_key) as session:
        act = act_of(client_key, STAGE, today)
        return apply_statuses(session, act, inbound_file_id, terms=terms).answered


@step("keep-clocks")
def keep_clocks_task(client_key: str, today: date) -> int:
    """Run, move and stop clocks, and tell people; return how many items were opened."""
    config = config_of(client_key)
    terms = work_terms(config, Queue.FOLLOW_UP)
    with client_transaction(client_key) as session:
        act = act_of(client_key, STAGE, today)
        unanswered = fail_unanswered_checks(session, act, terms=terms)
        kept = keep_clocks(session, act, policy=clock_policy(config), terms=terms)
    return unanswered + kept.items
