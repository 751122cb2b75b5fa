"""Which item an address of a pane's act names: the queue stands in it as a word."""

from typing import Any
from uuid import UUID

from fastapi import Depends

from models.states.work_item import Queue
from workbench.pages.item_page import ItemPlace


def place_in(queue: Queue) -> Any:
    """Make what reads the rest of an address below ``/queues/<queue>``."""

    def read(client: str, item_id: UUID) -> ItemPlace:
        return ItemPlace(queue, client, item_id)

    return Depends(read)


def prefix_of(queue: Queue) -> str:
    """Say where the acts of a queue's pane stand."""
    return f"/queues/{queue}/{{client}}/{{item_id}}"
