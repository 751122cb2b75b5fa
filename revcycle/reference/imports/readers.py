"""Which reader reads which kind of file."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.values.reference import ReferenceKind
from revcycle.reference.imports.edition_reader import EditionReader
from revcycle.reference.imports.ptp_pairs import PTP_HOSPITAL, PTP_PRACTITIONER

READERS: Final[Mapping[ReferenceKind, EditionReader]] = MappingProxyType(
    {
        ReferenceKind.PTP_PRACTITIONER: PTP_PRACTITIONER,
        ReferenceKind.PTP_HOSPITAL: PTP_HOSPITAL,
    }
)
