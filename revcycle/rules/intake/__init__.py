"""Intake: is an encounter complete and plausible enough to register?"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from models.documents.encounter import EncounterDocument
from models.documents.finding import Finding
from revcycle.rules.intake.address import check_address
from revcycle.rules.intake.birth_date import check_birth_date
from revcycle.rules.intake.field_length import check_field_length
from revcycle.rules.intake.known_payer import check_known_payer
from revcycle.rules.intake.match_payer import KnownPayer
from revcycle.rules.intake.member_id import check_member_id
from revcycle.rules.intake.name_form import check_name_form
from revcycle.rules.intake.rendering_provider import check_rendering_provider
from revcycle.rules.intake.required_identity import check_required_identity
from revcycle.rules.intake.service_date import check_service_date

UNDATED_RULES: Final[tuple[Callable[[EncounterDocument], tuple[Finding, ...]], ...]] = (
    check_required_identity,
    check_name_form,
    check_address,
    check_member_id,
    check_rendering_provider,
    check_field_length,
)


def check_encounter(
    document: EncounterDocument, *, today: date, payers: Sequence[KnownPayer] | None = None
) -> tuple[Finding, ...]:
    """Judge an encounter by every intake rule.

    Args:
        document: The encounter as it was read.
        today: The practice's day.
        payers: The practice's payers; None leaves the coverages' payers unjudged.
    """
    findings = [finding for check in UNDATED_RULES for finding in check(document)]
    findings += check_birth_date(document, today=today)
    findings += check_service_date(document, today=today)
    if payers is not None:
        findings += check_known_payer(document, payers=payers)
    return tuple(findings)
