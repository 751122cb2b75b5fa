"""Titles of the diagnosis codes on a page, as far as a list is loaded."""

from collections.abc import Collection

from sqlmodel import Session

from models.values.billing_codes import CodeSystem
from revcycle.store import billing_codes


def title_codes(session: Session, codes: Collection[str]) -> dict[str, str]:
    """Map diagnosis codes, without their dots, to titles; those without one are left out."""
    return billing_codes.list_titles(session, CodeSystem.ICD10CM, codes) if codes else {}
