"""Lists of edits that the demonstration brings along, because the real ones are licensed."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from models.documents.reference import EditionFacts, EditionToImport, ReferenceRow
from models.documents.staff_act import StaffAct
from models.values.reference import Licence, ReferenceKind
from revcycle.connectors import clock
from revcycle.operations.reference.import_edition import find_imported, import_edition
from revcycle.settings import settings
from revcycle.store.session import transaction
from revcycle.synthetic.edit_lists import SINCE, WHY, invented_limits, invented_pairs

ACTOR: Final = "command:demo"
LISTS: Final[Mapping[ReferenceKind, Callable[[], Iterable[ReferenceRow]]]] = MappingProxyType(
    {
        ReferenceKind.PTP_PRACTITIONER: invented_pairs,
        ReferenceKind.PTP_HOSPITAL: invented_pairs,
        ReferenceKind.MUE_PRACTITIONER: invented_limits,
        ReferenceKind.MUE_HOSPITAL: invented_limits,
    }
)


def load_demo_lists() -> None:
    """Import the invented lists, each as an edition that says so; those that are there stay."""
    act = StaffAct(ACTOR, clock.now())
    for kind in LISTS:
        with transaction(settings().database) as session:
            content = _edition(kind)
            if find_imported(session, act, content) is None:
                import_edition(session, act, content)


def _edition(kind: ReferenceKind) -> EditionToImport:
    rows = list(LISTS[kind]())
    text = "\n".join(" ".join(map(str, row)) for row in rows)
    return EditionToImport(
        kind=kind,
        facts=EditionFacts(WHY, SINCE),
        file_name=WHY,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        licence=Licence.OWN,
        rows=iter(rows),
    )
