"""Coding, step by step. Coders' own acts are operations that pages and commands call."""

from datetime import date
from uuid import UUID

from models.states.encounter import EncounterState
from models.states.work_item import Queue
from revcycle.operations.audit.draw_samples import draw_samples
from revcycle.operations.audit.policies import audit_policy
from revcycle.operations.audit.withdraw_stale_cases import withdraw_stale_cases
from revcycle.operations.coding.policies import coding_policy, needs_policy, reminders
from revcycle.operations.coding.queue_encounters import queue_encounters
from revcycle.operations.coding.remind_practice import remind_practice
from revcycle.operations.coding.restate_needs import restate_needs
from revcycle.operations.statements.policies import statement_sender
from revcycle.settings import settings
from revcycle.store import encounters, work_leases
from tasks.runtime import (
    act_of,
    chunks,
    client_id_of,
    client_reading,
    client_transaction,
    config_of,
    step,
)

STAGE = "coding"
DEFAULT_SERVICE_HOURS = 48


@step("free-expired-leases")
def free_expired_leases_task(client_key: str, today: date) -> int:
    """Give items back whose holder let the lease run out."""
    with client_transaction(client_key) as session:
        act = act_of(client_key, STAGE, today)
        return work_leases.free_expired_leases(session, [act.client_id], act.at)


@step("list-registered-encounters")
def list_registered_chunks_task(client_key: str) -> list[list[UUID]]:
    """List encounters that nobody has judged for codes."""
    with client_reading(client_key) as session:
        return chunks(
            encounters.list_encounter_ids(
                session, client_id_of(client_key), EncounterState.REGISTERED
            )
        )


@step("queue-encounters")
def queue_encounters_task(client_key: str, encounter_ids: list[UUID], today: date) -> int:
    """Send a chunk on; return how many wait for a coder."""
    config = config_of(client_key)
    queue = config.queues.get(Queue.CODING)
    with client_transaction(client_key) as session:
        queued = queue_encounters(
            session,
            act_of(client_key, STAGE, today),
            encounter_ids,
            service_hours=queue.service_hours if queue else DEFAULT_SERVICE_HOURS,
            priority=queue.priority if queue else 5,
            policy=coding_policy(config),
            asks=needs_policy(config),
        )
    return queued.queued


@step("restate-needs")
def restate_needs_task(client_key: str, today: date) -> int:
    """Bring what waiting charts need up to the client file; return how many changed."""
    asks = needs_policy(config_of(client_key))
    with client_transaction(client_key) as session:
        return restate_needs(session, act_of(client_key, STAGE, today), asks)


@step("remind-practice")
def remind_practice_task(client_key: str, today: date) -> int:
    """Put mails about questions that nobody answers into the outbox; return how many."""
    config = config_of(client_key)
    sender = statement_sender(config, address=settings().statements_address)
    with client_transaction(client_key) as session:
        return remind_practice(
            session, act_of(client_key, STAGE, today), reminders(config), sender=sender
        )


@step("draw-audit-samples")
def draw_audit_samples_task(client_key: str, today: date) -> int:
    """Draw the charts that auditors code again; return how many are new in the audit."""
    policy = audit_policy(config_of(client_key))
    with client_transaction(client_key) as session:
        act = act_of(client_key, STAGE, today)
        withdraw_stale_cases(session, act)
        session.flush()
        return sum(one.drawn for one in draw_samples(session, act, policy))
