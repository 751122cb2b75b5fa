"""Say of every chart that waits what it needs of whoever codes it."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import Session

from models.documents.act import Act
from models.states.work_item import Queue
from revcycle.reference.specialties import specialty_of
from revcycle.rules.work.needs import NeedsPolicy, write_needs
from revcycle.store import work_needs
from revcycle.store.audit import record_act


def list_needs(
    session: Session, client_id: UUID, encounter_ids: Collection[UUID], asks: NeedsPolicy
) -> dict[UUID, str]:
    """Map each of these encounters to what its coding needs."""
    taxonomies = (
        work_needs.find_taxonomies(session, client_id, encounter_ids) if asks.by_specialty else {}
    )
    return {one: write_needs(specialty_of(taxonomies.get(one, "")), asks) for one in encounter_ids}


def restate_needs(session: Session, act: Act, asks: NeedsPolicy) -> int:
    """Bring what charts need up to the client file of today; whoever holds one keeps it.

    Repeating it changes nothing.

    Returns:
        How many charts need something else than before.
    """
    charts = work_needs.list_charts_of_queue(session, act.client_id, Queue.CODING)
    needs = list_needs(session, act.client_id, {chart for chart, _ in charts.values()}, asks)
    changed = {item: needs[chart] for item, (chart, now) in charts.items() if needs[chart] != now}
    if changed:
        work_needs.restate_needs(session, act.client_id, changed)
        outcome = f"{len(changed)} charts"
        record_act(session, act.client_id, act, "restate_needs", "queue", None, outcome=outcome)
    return len(changed)
