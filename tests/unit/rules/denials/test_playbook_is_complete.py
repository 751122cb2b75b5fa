"""Every code that payers deny by has a play with its source, and CO never reaches a patient."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.documents.claim import Adjustment
from models.documents.playbook import Play, PlayClock, PlayPath
from models.values.money import Money
from revcycle.reference.adjustment_codes import ADJUSTMENT_REASONS
from revcycle.reference.playbook import standard_plays
from revcycle.rules.denials.explain_play import root_of_play
from revcycle.rules.denials.find_play import find_play
from revcycle.rules.denials.is_denial import is_denial
from revcycle.rules.denials.may_bill_patient import may_bill_patient
from revcycle.rules.ledger.treatment import Treatment, treatment_of

# Our own list of what the office's table of denials names: codes, category, path, and a word of
# the first action.
EXPECTED = [
    ("CO", ("4", "182"), (), "coding", "corrected_claim", "coder"),
    ("CO", ("5", "58"), (), "coding", "corrected_claim", "place of service"),
    ("CO", ("6", "7", "9", "10"), (), "registration", "corrected_claim", "birth date"),
    ("CO", ("8", "170", "B7", "185", "208"), (), "enrollment", "corrected_claim", "enrollment"),
    ("CO", ("11",), (), "coding", "corrected_claim", "note"),
    ("CO", ("16",), (), "missing_information", "corrected_claim", "missing"),
    ("CO", ("16",), ("N290",), "enrollment", "corrected_claim", "rendering NPI"),
    ("CO", ("16",), ("N257",), "enrollment", "corrected_claim", "billing NPI"),
    ("CO", ("16",), ("N265",), "registration", "corrected_claim", "ordering provider"),
    ("CO", ("16",), ("N382",), "registration", "corrected_claim", "member number"),
    ("CO", ("16",), ("MA04",), "coordination", "corrected_claim", "earlier payer"),
    ("CO", ("16",), ("M76",), "coding", "corrected_claim", "coder"),
    ("CO", ("16",), ("M51",), "coding", "corrected_claim", "coder"),
    ("CO", ("16",), ("MA130",), "registration", "new_claim", "no appeal"),
    ("CO", ("18",), (), "submission", "find_original", "do not send again"),
    ("OA", ("18",), (), "submission", "find_original", "do not send again"),
    ("CO", ("19", "20", "21"), (), "coordination", "other_payer", "liable carrier"),
    ("CO", ("22",), (), "coordination", "other_payer", "which payer is first"),
    ("CO", ("24",), (), "eligibility", "other_payer", "payer responsible"),
    ("CO", ("26", "27", "31", "32"), (), "eligibility", "other_payer", "verify coverage"),
    ("PR", ("26", "27", "31", "32"), (), "eligibility", "other_payer", "bill the patient"),
    ("CO", ("29",), (), "filing_limit", "appeal", "proof of filing"),
    ("CO", ("39", "197", "198", "165", "288"), (), "authorization", "corrected_claim", "authoriz"),
    ("CO", ("243",), (), "authorization", "corrected_claim", "authorization"),
    ("CO", ("49", "96", "204", "256", "272"), (), "benefit", "appeal", "policy"),
    ("PR", ("49", "96", "204", "256", "272"), (), "benefit", "bill_patient", "bill the patient"),
    ("CO", ("50", "55", "56", "150", "151"), (), "clinical", "appeal", "records"),
    ("CO", ("97", "59", "231", "234", "236", "B15"), (), "coding", "corrected_claim", "coder"),
    ("CO", ("100",), (), "assignment", "collect", "patient for the payment"),
    ("CO", ("109",), (), "eligibility", "other_payer", "payer responsible"),
    ("CO", ("119", "35"), (), "benefit", "decide", "visit count"),
    ("PR", ("119", "35"), (), "benefit", "bill_patient", "bill the patient"),
    ("CO", ("140",), (), "registration", "corrected_claim", "name and member number"),
    ("CO", ("146", "167", "181"), (), "coding", "corrected_claim", "on the date"),
    ("CO", ("163", "164", "226", "252"), (), "records", "send_records", "send what"),
    ("CO", ("227",), (), "records", "send_records", "ask the patient"),
    ("CO", ("193",), (), "appeal", "appeal", "next level"),
    ("CO", ("242",), (), "network", "appeal", "contract"),
    ("CO", ("A1",), (), "review", "decide", "read the reason"),
    ("CO", ("A1",), ("N290",), "enrollment", "corrected_claim", "rendering NPI"),
    ("CO", ("B9", "B20", "B16"), (), "coding", "corrected_claim", "hospice"),
    ("CO", ("B13",), (), "submission", "find_original", "earlier payment"),
]
CASES = [
    pytest.param(group, carc, rarcs, *rest, id=f"{group}-{carc}{'-'.join(('', *rarcs))}")
    for group, carcs, rarcs, *rest in EXPECTED
    for carc in carcs
]
NOT_DENIALS = [
    ("PR", "1"),
    ("PR", "2"),
    ("PR", "3"),
    ("CO", "45"),
    ("OA", "23"),
    ("CO", "253"),
    ("CO", "144"),
]
groups = st.sampled_from(("CO", "OA", "PI", "CR"))
reasons = st.sampled_from(sorted(ADJUSTMENT_REASONS)) | st.from_regex(
    r"[A-Z]?[0-9]{1,3}", fullmatch=True
)
remarks = st.lists(st.sampled_from(("N290", "MA130", "M76", "N382", "MA04", "N999")), max_size=3)


def play_for(group: str, carc: str, rarcs: tuple[str, ...] = (), code: str = "") -> Play:
    return find_play(group, carc, rarcs, "any_payer", standard_plays(), procedure_code=code)


@pytest.mark.parametrize(("group", "carc", "rarcs", "category", "path", "action"), CASES)
def test_every_code_of_the_table_has_its_category_path_and_first_action(
    group: str, carc: str, rarcs: tuple[str, ...], category: str, path: str, action: str
) -> None:
    play = play_for(group, carc, rarcs)
    assert (play.category, play.path) == (category, path)
    assert action in play.first_action
    adjustment = Adjustment(group, carc, Money(1_000))
    assert is_denial(adjustment, line_charge=Money(1_000), line_paid=Money(0))


@pytest.mark.parametrize(("group", "reason"), NOT_DENIALS)
def test_what_contract_law_or_an_earlier_payer_took_is_no_denial(group: str, reason: str) -> None:
    adjustment = Adjustment(group, reason, Money(400))
    assert not is_denial(adjustment, line_charge=Money(1_000), line_paid=Money(600))


def test_a_cut_of_the_whole_charge_is_a_denial_in_disguise() -> None:
    adjustment = Adjustment("CO", "45", Money(1_000))
    assert is_denial(adjustment, line_charge=Money(1_000), line_paid=Money(0))
    assert play_for("CO", "45").category == "underpayment"


@pytest.mark.parametrize("play", standard_plays(), ids=lambda play: play.id)
def test_every_play_says_its_source_and_when_it_was_held_against_it(play: Play) -> None:
    assert len(play.source) >= 8
    assert play.verified_on is not None
    assert play.verified_on <= date(2026, 11, 22)
    assert root_of_play(play).stage
    assert play.clock is not PlayClock.RECORDS or play.path is PlayPath.SEND_RECORDS


def test_what_was_not_processed_takes_no_appeal() -> None:
    assert not play_for("CO", "16", ("MA130",)).takes_appeal


def test_a_play_may_speak_of_a_family_of_procedures() -> None:
    own = Play("own", "clinical", "send the images", 2, procedures=frozenset({"7", "G0"}))
    plays = (own, *standard_plays())
    for code, expected in (("70553", "own"), ("G0202", "own"), ("99213", "anything_else")):
        assert find_play("CO", "999", (), "any", plays, procedure_code=code).id == expected
    assert find_play("CO", "999", (), "any", plays).id == "anything_else"


@given(groups, reasons, remarks, st.integers(1, 50_000), st.integers(0, 50_000))
def test_nothing_but_pr_reaches_a_patient(
    group: str, reason: str, found: list[str], cents: int, paid: int
) -> None:
    assert not may_bill_patient(group)
    assert play_for(group, reason, tuple(found)).path is not PlayPath.BILL_PATIENT
    treatment = treatment_of(
        Adjustment(group, reason, Money(cents)),
        line_charge=Money(cents + paid),
        line_paid=Money(paid),
    )
    assert treatment is not Treatment.PATIENT_SHARE
