"""Which pane each queue has."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.states.work_item import Queue
from workbench.pages.panes.by_hand import build_by_hand
from workbench.pages.panes.intake import build_intake
from workbench.pages.panes.pane import PaneBuilder

PANE_OF_QUEUES: Final[Mapping[Queue, PaneBuilder]] = MappingProxyType(
    {
        Queue.INTAKE: build_intake,
        Queue.TRANSPORT: build_by_hand,
    }
)


def pane_of(queue: Queue) -> PaneBuilder:
    """Find the pane of a queue; one of its own is not needed to finish work by hand."""
    return PANE_OF_QUEUES.get(queue, build_by_hand)
