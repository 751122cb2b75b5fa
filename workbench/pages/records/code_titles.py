"""Titles of the diagnosis codes on a page, as far as a list is loaded."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session

from models.values.billing_codes import CodeSystem
from revcycle.store import billing_codes


def title_codes(session: Session, codes: Collection[str], on: date | None) -> dict[str, str]:
    """Map diagnosis codes, without their dots, to titles; those without one are left out.

    Args:
        session: The open transaction.
        codes: As claims carry them.
        on: The date of service, whose edition of the list is asked; None where it is not known.
    """
    return billing_codes.list_titles(session, CodeSystem.ICD10CM, codes, on) if codes else {}
