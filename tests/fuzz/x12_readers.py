"""Everything that reads bytes of a partner: none may fail, hang or grow, whatever the bytes."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType

from revcycle.formats.x12 import t270, t271, t276, t277, t277ca, t835, t837i, t837p, t999, ta1
from revcycle.formats.x12.answers.acknowledge import reply
from revcycle.formats.x12.canonical import canonical_form
from revcycle.formats.x12.check import check_file, passage_checker
from revcycle.formats.x12.explanations.explain import explain
from revcycle.formats.x12.listing import to_json
from revcycle.formats.x12.repairs import repair

ANSWERED_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def _explained(data: bytes) -> object:
    return list(explain(data, passage_checker()))


def _answered(data: bytes) -> object:
    return reply(data, passage_checker(), control_number=1, created_at=ANSWERED_AT)


READERS: Mapping[str, Callable[[bytes], object]] = MappingProxyType(
    {
        "check": check_file,
        "json": to_json,
        "explain": _explained,
        "ack": _answered,
        "repair": repair,
        "canonical": canonical_form,
        "837P": t837p.read_batches,
        "837I": t837i.read_batches,
        "835": t835.read_remittances,
        "270": t270.read_inquiries,
        "271": t271.read_answers,
        "276": t276.read_status_inquiries,
        "277": t277.read_statuses,
        "277CA": t277ca.read_claim_acknowledgements,
        "999": t999.read_functional_acknowledgements,
        "TA1": ta1.read_interchange_acknowledgements,
    }
)
