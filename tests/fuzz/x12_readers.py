"""Everything that reads bytes of a partner: none may fail, hang or grow, whatever the bytes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from revcycle.formats.x12 import t270, t271, t276, t277, t277ca, t835, t837i, t837p, t999, ta1
from revcycle.formats.x12.check import check_file
from revcycle.formats.x12.listing import to_json

READERS: Mapping[str, Callable[[bytes], object]] = MappingProxyType(
    {
        "check": check_file,
        "json": to_json,
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
