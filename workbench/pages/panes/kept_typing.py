"""What a person typed and did not save, put back where the same person left it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from models.documents.coding import CodingDocument
from models.states.work_item import WorkItemState
from revcycle.rules.coding.compare_codings import coding_fingerprint, compare_codings
from revcycle.rules.coding.typed_coding import TypedCoding, read_coding
from revcycle.store.typed_codings import TypedForm, find_typed
from workbench.pages.panes.coding_form import rows_of
from workbench.pages.panes.pane import Difference, OpenedItem

SHOWN = "shown"  # the fingerprint of the stored codes that the page was made from
DIAGNOSES, QUESTION = "diagnoses", "question"


@dataclass(frozen=True, slots=True, repr=False)
class Restored:
    """An item with what its person typed before.

    Attributes:
        opened: The item; its typed fields are those that were kept, if any.
        kept_at: When they were typed; None when the page shows nothing that was kept.
        differences: What somebody changed in the record since, beside what was typed.
    """

    opened: OpenedItem
    kept_at: datetime | None = None
    differences: Sequence[Difference] = ()


def find_kept(session: Session, opened: OpenedItem, field: str) -> TypedForm | None:
    """Find what the person typed for an open item, unless the page was made from the form anyway.

    Args:
        session: The open transaction.
        opened: The item.
        field: One that the pane's form always sends.
    """
    line = opened.line
    if line.state is not WorkItemState.OPEN or field in opened.typed:
        return None
    return find_typed(session, line.client_id, line.id, opened.act.actor)


def restore(opened: OpenedItem, kept: TypedForm | None) -> Restored:
    """Put what was kept where the typed text of a refused form stands."""
    if kept is None:
        return Restored(opened)
    fields = {name: text for name, text in kept.fields.items() if name != SHOWN}
    return Restored(replace(opened, typed={**fields, **opened.typed}), kept.kept_at)


def restore_coding(session: Session, opened: OpenedItem, stored: CodingDocument) -> Restored:
    """Put back the codes that were typed; the same as are stored need no words.

    Args:
        session: The open transaction.
        opened: The item.
        stored: The coding as it is saved now, empty where nothing of it may be shown.
    """
    kept = find_kept(session, opened, DIAGNOSES)
    if kept is None:
        return Restored(opened)
    mine, unreadable = read_coding(rows_of(kept.fields) or TypedCoding(), stored.service_date)
    if mine == stored and not unreadable and not kept.fields.get(QUESTION):
        return Restored(opened)
    was = kept.fields.get(SHOWN, "")
    found = compare_codings(stored, mine) if was and was != coding_fingerprint(stored) else ()
    differences = [Difference(one.label, one.theirs, one.mine) for one in found]
    return replace(restore(opened, kept), differences=differences)
