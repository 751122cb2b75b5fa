"""Is a coding still what somebody saw, and what is different?"""

import hashlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from itertools import zip_longest

from models.documents.coding import CodingDocument
from revcycle.rules.coding.typed_coding import TypedCoding, TypedService, type_coding


@dataclass(frozen=True, slots=True)
class CodingDifference:
    """One row that is not the same in two codings; empty where one has no such row."""

    label: str
    theirs: str
    mine: str


def coding_fingerprint(coding: CodingDocument) -> str:
    """Name the content of a coding, so that a page can tell later whether it is still the same.

    Source:
        NIST FIPS 180-4 (SHA-256).
    """
    typed = type_coding(coding)
    lines = ["\t".join(typed.diagnoses), *("\t".join(astuple(one)) for one in typed.services)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def compare_codings(theirs: CodingDocument, mine: CodingDocument) -> tuple[CodingDifference, ...]:
    """List the diagnoses and services that differ, row by row.

    Source:
        House rule: whoever lost a race sees both versions before one of them is kept.
    """
    there, here = type_coding(theirs), type_coding(mine)
    return (
        *_differing("Diagnosis", there.diagnoses, here.diagnoses),
        *_differing("Service", _service_texts(there), _service_texts(here)),
    )


def _differing(
    label: str, theirs: Sequence[str], mine: Sequence[str]
) -> tuple[CodingDifference, ...]:
    pairs = enumerate(zip_longest(theirs, mine, fillvalue=""), start=1)
    return tuple(
        CodingDifference(f"{label} {number}", there, here)
        for number, (there, here) in pairs
        if there != here
    )


def _service_texts(typed: TypedCoding) -> list[str]:
    return [write_service(service) for service in typed.services]


def write_service(service: TypedService) -> str:
    """Write a service in one line: ``99213 25; 1 unit(s); for 1, 2``.

    Source:
        House rule.
    """
    words = [
        f"{service.procedure} {service.modifiers}".strip(),
        f"{service.units or 1} unit(s)",
        f"for {service.pointers}" if service.pointers else "",
        f"on {service.service_date}" if service.service_date else "",
        f"revenue code {service.revenue_code}" if service.revenue_code else "",
    ]
    return "; ".join(word for word in words if word)
