"""What does not add up in an 835 is said at its segment and element."""

from pathlib import Path

import pytest

from models.documents.finding import Severity
from revcycle.formats.x12.diagnostics import Diagnostic, Snip
from revcycle.formats.x12.interchange import read_interchanges
from revcycle.formats.x12.reading import Place
from revcycle.formats.x12.remittances.checking import check_remittance

GOLDEN = Path(__file__).resolve().parents[3] / "golden" / "x12_835"
PAID = (GOLDEN / "paid_with_contractual_and_patient_share.835").read_text(encoding="ascii")
TAKEBACK = (GOLDEN / "takeback_and_interest_in_plb.835").read_text(encoding="ascii")
REVERSAL = (GOLDEN / "reversal_and_correction.835").read_text(encoding="ascii")


def _checked(text: str) -> list[Diagnostic]:
    """Check the first transaction of a file."""
    (interchange,) = read_interchanges(text.encode())
    place = Place(interchange, next(interchange.transactions))
    check_remittance(place)
    return place.findings


def _said(text: str) -> list[tuple[str, int]]:
    return [(found.subject, found.segment) for found in _checked(text)]


def _position(text: str, start: str, ordinal: int = 1) -> int:
    """Count the segments from ST to the ordinal-th that starts so."""
    segments = text.replace("\n", "").split("~")
    first = next(at for at, one in enumerate(segments) if one.startswith("ST*"))
    places = [at for at, one in enumerate(segments) if one.startswith(start)]
    return places[ordinal - 1] - first + 1


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.835")), ids=lambda path: path.stem)
def test_only_the_unbalanced_remittance_is_wrong(path: Path) -> None:
    said = _said(path.read_text(encoding="ascii"))
    assert bool(said) == (path.stem == "unbalanced_line")


DEFECTS = {
    "the payment": ("BPR*I*196.5*", "BPR*I*196.6*", [("BPR02", "BPR", 1)]),
    "the paid amount of a claim": (
        "*285*196.5*28.5*",
        "*285*196.4*28.5*",
        [("CLP04", "CLP", 1), ("BPR02", "BPR", 1)],
    ),
    "the charge of a claim": (
        "CLP*LFM000000101*1*285*",
        "CLP*LFM000000101*1*286*",
        [("CLP04", "CLP", 1), ("CLP03", "CLP", 1)],
    ),
    "the second line": (
        "SVC*HC:93000*85*65*",
        "SVC*HC:93000*85*64*",
        [("SVC03", "SVC", 2)],
    ),
    "an adjustment": (
        "CAS*CO*45*20~",
        "CAS*CO*45*21~",
        [("SVC03", "SVC", 2), ("CLP04", "CLP", 1)],
    ),
    "what the patient owes": ("*196.5*28.5*", "*196.5*28*", [("CLP05", "CLP", 1)]),
    "an old adjustment group": ("CAS*CO*45*20~", "CAS*CR*45*20~", [("CAS01", "CAS*CR", 1)]),
    "a predetermination": ("CLP*LFM000000101*1*", "CLP*LFM000000101*25*", [("CLP04", "CLP", 1)]),
    "an amount that is none": ("CAS*CO*45*20~", "CAS*CO*45*2O~", [("CAS03", "CAS", 3)]),
    "a date that is none": ("DTM*050*20260212", "DTM*050*20260231", [("DTM02", "DTM*050", 1)]),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_a_single_defect_is_said_where_it_is(name: str) -> None:
    old, new, places = DEFECTS[name]
    assert old in PAID
    wrong = PAID.replace(old, new, 1)
    expected = [(subject, _position(wrong, start, at)) for subject, start, at in places]
    assert sorted(_said(wrong)) == sorted(expected)


def test_a_changed_provider_adjustment_is_said_of_the_payment() -> None:
    wrong = TAKEBACK.replace("*50*L6", "*51*L6", 1)
    (found,) = _checked(wrong)
    assert (found.subject, found.segment, found.level) == ("BPR02", 2, Snip.BALANCE)
    assert found.severity is Severity.ERROR
    assert "PLB" in found.advice


def test_a_payment_is_not_judged_by_claims_that_could_not_be_read() -> None:
    said = _said(PAID.replace("*285*196.5*28.5*", "*285*I96.5*28.5*", 1))
    assert said == [("CLP04", _position(PAID, "CLP"))]


def test_behind_a_claim_that_could_not_be_read_the_places_are_right() -> None:
    lost = "CLP*LFX*1*1O*0**12*ICN~SVC*HC:1*1*0~"
    wrong = PAID.replace("CLP*", f"{lost}CLP*", 1).replace("*85*65*", "*85*64*", 1)
    assert _said(wrong) == [("CLP03", 17), ("SVC03", _position(wrong, "SVC", 3))]


def test_a_negative_charge_without_a_reversal_is_doubtful() -> None:
    wrong = REVERSAL.replace("*22*", "*1*", 1)
    found = _checked(wrong)
    assert [(one.subject, one.severity) for one in found] == [("CLP03", Severity.WARNING)]


def test_a_line_of_a_reversal_that_charges_something_is_doubtful() -> None:
    added = "SVC*HC:99999*10*0**1~CAS*CO*45*10~SVC*HC:99998*-10*0**1~CAS*CO*45*-10~"
    at = REVERSAL.index("CLP*", REVERSAL.index("*22*"))
    found = _checked(REVERSAL[:at] + added + REVERSAL[at:])
    assert [(one.subject, one.severity) for one in found] == [("SVC02", Severity.WARNING)]


def test_a_remittance_without_a_payment_cannot_be_judged() -> None:
    found = _checked(PAID.replace("BPR*I*196.5*", "BPR*I**", 1))
    assert [(one.subject, one.segment) for one in found] == [("BPR02", 2)]
