"""Which kind of edit could have prevented a denial?"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from models.documents.learned_edit import EditKind

KIND_OF_REASONS: Final[Mapping[str, EditKind]] = MappingProxyType(
    {
        "4": EditKind.REQUIRES_MODIFIER,
        "11": EditKind.REQUIRES_DIAGNOSIS,
        "50": EditKind.REQUIRES_DIAGNOSIS,
        "167": EditKind.REQUIRES_DIAGNOSIS,
        "15": EditKind.REQUIRES_AUTHORIZATION,
        "197": EditKind.REQUIRES_AUTHORIZATION,
        "26": EditKind.REQUIRES_COVERAGE,
        "27": EditKind.REQUIRES_COVERAGE,
        "31": EditKind.REQUIRES_COVERAGE,
        "96": EditKind.CODE_NOT_ACCEPTED,
        "181": EditKind.CODE_NOT_ACCEPTED,
        "204": EditKind.CODE_NOT_ACCEPTED,
        "185": EditKind.PROVIDER_NOT_ENROLLED,
        "B7": EditKind.PROVIDER_NOT_ENROLLED,
    }
)


def kind_of(reason: str) -> EditKind | None:
    """Name the edit that could have prevented a denial; None where no edit of a claim could.

    Source:
        X12 claim adjustment reason codes: modifier missing (4), diagnosis against the procedure or
        not covered (11, 50, 167), authorization (15, 197), coverage not in force or member unknown
        (26, 27, 31), service not covered (96, 181, 204), provider not eligible (185, B7).
    """
    return KIND_OF_REASONS.get(reason)
