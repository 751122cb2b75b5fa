"""The pane of what a second person decides: one builder for each kind of thing asked for."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sqlmodel import Session

from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.claim_edit import build_claim
from workbench.pages.panes.denial import build_denial
from workbench.pages.panes.money_approval import (
    build_balance_decision,
    build_refund_decision,
    build_variance_decision,
)
from workbench.pages.panes.pane import OpenedItem, Pane, PaneBuilder

BUILDER_OF_SUBJECTS: Final[Mapping[str, PaneBuilder]] = MappingProxyType(
    {
        "denial": build_denial,
        "claim": build_claim,
        "refund": build_refund_decision,
        "balance_write_off": build_balance_decision,
        "variance": build_variance_decision,
    }
)


def build_approval(session: Session, opened: OpenedItem) -> Pane:
    """Show what is asked for; a kind that nobody decides about here is finished by hand."""
    builder = BUILDER_OF_SUBJECTS.get(opened.line.subject_kind, build_by_hand)
    return builder(session, opened)
