"""Which lines of a claim did a payer judge as one service?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from models.documents.contract import ContractService, JudgedService
from models.documents.posting import PostableClaim, PostableLine
from models.documents.remittance import RemittanceLine
from revcycle.rules.posting.matching import merged_lines


@dataclass(frozen=True, slots=True)
class JudgedTogether:
    """Lines of ours, and the one service of the payer that stands for all of them."""

    services: tuple[ContractService, ...]
    said: JudgedService


def find_judged_together(
    services: Sequence[ContractService], said: Sequence[JudgedService]
) -> tuple[JudgedTogether, ...] | None:
    """Find what a payer merged, by the rule that posting splits its money by.

    Returns:
        The merged services; none where every service is one line of ours, or a part of one. None
        where it is not known which of our lines one of them is about.

    Source:
        ASC X12 005010X221A1 (835), section 1.10.2.6 (bundled lines).
    """
    if any(one.claim_line_id is None and not one.procedure_code for one in said):
        return None  # said of the claim as a whole
    ours = {one.claim_line_id: _our_line(one) for one in services}
    found = [ours.get(one.claim_line_id) if one.claim_line_id else None for one in said]
    merged = merged_lines([_their_line(one) for one in said], _claim(services, ours), found)
    if any(line is None and place not in merged for place, line in enumerate(found, start=1)):
        return None
    by_id = {one.claim_line_id: one for one in services}
    return tuple(
        JudgedTogether(tuple(by_id[part.claim_line_id] for part in parts), said[place - 1])
        for place, parts in merged.items()
    )


def _claim(services: Sequence[ContractService], ours: Mapping[UUID, PostableLine]) -> PostableClaim:
    first = services[0]
    return PostableClaim(
        first.claim_id, None, 1, first.payer_key, tuple(ours.values()), asked_rank=1
    )


def _our_line(service: ContractService) -> PostableLine:
    return PostableLine(
        service.claim_line_id, service.claim_line_id, service.number, service.code, service.charge
    )


def _their_line(said: JudgedService) -> RemittanceLine:
    return RemittanceLine(said.charge, said.paid, said.procedure_code)
