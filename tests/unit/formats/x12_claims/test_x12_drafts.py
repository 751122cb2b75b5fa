"""quick: frozen documents, made fast."""

import pickle
from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from models.documents.claim import ClaimBatchDocument, ClaimDocumentLine, ClaimForm
from models.documents.party import Organization, Person
from models.values.money import Money
from revcycle.formats.x12.drafts import quick

new_person = quick(Person)
new_line = quick(ClaimDocumentLine)


def test_what_is_made_is_the_document_itself() -> None:
    made = new_line(1, "99213", date(2026, 10, 5), Money(12_500), place_of_service="12")
    same = ClaimDocumentLine(1, "99213", date(2026, 10, 5), Money(12_500), place_of_service="12")
    assert type(made) is ClaimDocumentLine
    assert made == same
    assert hash(made) == hash(same)
    assert replace(made, number=2) == replace(same, number=2)
    assert pickle.loads(pickle.dumps(made)) == same  # noqa: S301 - our own bytes


def test_what_is_made_cannot_be_changed_and_shows_nothing() -> None:
    made = new_person("TESTPERSON", "ADA")
    with pytest.raises(FrozenInstanceError):
        made.last_name = "OTHER"  # type: ignore[misc]  # that it is refused is the test
    assert "TESTPERSON" not in repr(made)


def test_defaults_are_those_of_the_document() -> None:
    batch = quick(ClaimBatchDocument)(
        ClaimForm.PROFESSIONAL, Organization("SAMPLE"), "S", "R", "R", "B1", ()
    )
    assert (batch.usage, batch.created_on, batch.kept) == ("CH", None, ())
