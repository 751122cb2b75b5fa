"""Was a record changed since a page showed it?"""

from collections.abc import Mapping, Sequence

from workbench.pages.item_page import ChangedRecordError
from workbench.pages.panes.fingerprint import fingerprint_of
from workbench.pages.panes.pane import Difference


def require_unchanged(
    seen: str, now: Mapping[str, str], typed: Mapping[str, str], labels: Sequence[tuple[str, str]]
) -> None:
    """Refuse to write over what somebody else wrote meanwhile.

    Args:
        seen: The fingerprint that the form brought back.
        now: What the record says now.
        typed: What the form would write.
        labels: The fields with their labels, in their order.

    Raises:
        ChangedRecordError: the record says something else now.
    """
    if seen == fingerprint_of(now):
        return
    raise ChangedRecordError(
        [
            Difference(label, now.get(name, ""), typed.get(name, now.get(name, "")))
            for name, label in labels
            if name in now
        ]
    )
