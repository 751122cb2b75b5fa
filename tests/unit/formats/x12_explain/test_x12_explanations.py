"""A file explained as a person would read it, with what may be a patient's masked."""

import io
import os
from pathlib import Path

import pytest

from models.documents.finding import Severity
from revcycle.formats.x12.check import check_file
from revcycle.formats.x12.diagnostics import Diagnostic, Snip
from revcycle.formats.x12.explanations.explain import LineKind, Wanted, explain
from revcycle.formats.x12.explanations.text import plain_text
from revcycle.formats.x12.judging import judge_of
from revcycle.formats.x12.segments import NotX12Error
from tests.unit.formats.x12_explain.explain_examples import (
    CLAIM,
    a_claim_file,
    a_file,
    a_remittance_file,
    explained,
)

UNEXPECTED = Diagnostic(
    Snip.GUIDE,
    "x12.example",
    Severity.ERROR,
    "SBR09",
    "is not expected here",
    "leave it out",
    interchange="000000042",
    transaction="0001",
    segment=12,
    tag="SBR",
    element=9,
)
GOLDEN = Path(__file__).resolve().parents[3] / "golden/x12_explain"


@pytest.mark.parametrize(
    ("name", "text"), [("claim", a_claim_file()), ("remittance", a_remittance_file())]
)
@pytest.mark.parametrize("show_phi", [False, True], ids=["masked", "open"])
def test_a_file_reads_as_written_down(name: str, text: str, *, show_phi: bool) -> None:
    said = explained(text, Wanted(show_phi=show_phi), [UNEXPECTED])
    path = GOLDEN / f"{name}_{'open' if show_phi else 'masked'}.txt"
    if os.environ.get("REVCYCLE_REWRITE"):
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")


def test_what_is_wrong_stands_right_below_the_segment_concerned() -> None:
    said = explained(a_claim_file(), diagnostics=[UNEXPECTED]).splitlines()
    [at] = [number for number, line in enumerate(said) if line.startswith("    12 ")]
    assert said[at + 1].strip() == "error: SBR09 is not expected here; leave it out [x12.example]"
    assert said[-1] == "1 error (guide 1)"


def test_what_the_check_finds_is_told() -> None:
    data = a_claim_file().replace("SE*29", "SE*28").encode()
    said = [plain_text(line) for line in explain(data, judge_of(check_file(data)))]
    assert any("x12.se01_count" in line for line in said)


def test_a_diagnostic_of_no_segment_is_told_all_the_same() -> None:
    lost = [
        Diagnostic(Snip.BALANCE, "x12.of_file", Severity.ERROR, "", "of the file"),
        Diagnostic(
            Snip.GUIDE,
            "x12.of_st",
            Severity.WARNING,
            "",
            "of 0001",
            interchange="000000042",
            transaction="0001",
        ),
        Diagnostic(
            Snip.GUIDE,
            "x12.beyond",
            Severity.WARNING,
            "",
            "beyond the end",
            interchange="000000042",
            transaction="0001",
            segment=30,
        ),
    ]
    said = list(explain(a_claim_file().encode(), judge_of(lost)))
    told = " ".join(line.words for line in said if line.kind is LineKind.PROBLEM)
    assert all(one.rule_id in told for one in lost)


def test_a_transaction_without_a_guide_is_explained_without_loops() -> None:
    other = (
        "ST*834*0001~\nBGN*00*1*20261122~\nINS*Y*18*021~\nNM1*IL*1*TESTPERSON*ADA~\nSE*5*0001~\n"
    )
    said = explained(a_file(other, code="BE", version="005010X220A1"))
    assert "enrollment" in said
    assert "insured person: is the subscriber yes" in said
    assert "TESTPERSON" not in said


def test_an_unknown_segment_is_told_with_its_values_masked() -> None:
    said = explained(a_claim_file().replace("LX*2~", "QQ9*TESTPERSON*1~\nLX*2~"))
    assert "QQ9      unknown segment: •••" in said


def test_data_in_the_place_of_a_tag_are_hidden() -> None:
    said = explained(a_claim_file().replace("LX*2~", "Testperson, Ada~\nLX*2~"))
    assert "Testperson" not in said
    assert "???" in said


def test_only_the_wanted_claim_is_told_with_the_levels_above_it() -> None:
    another = CLAIM.split("CLM*")[1].replace("A-1*1165.5", "A-2*1165.5").split("SE*")[0]
    text = a_file(CLAIM.replace("SE*29", f"CLM*{another}SE*40"))
    said = explained(text, Wanted(claim="A-2", show_phi=True))
    assert "claim number A-2" in said
    assert "claim number A-1" not in said
    assert "2010AA billing provider" in said
    assert "2 claims" in said


def test_a_claim_that_is_not_there_is_said_to_be_missing() -> None:
    assert "no claim of the file has this number" in explained(a_claim_file(), Wanted(claim="Z-9"))


def test_only_the_wanted_payment_of_a_remittance_is_told() -> None:
    said = explained(a_remittance_file(), Wanted(claim="A-1"))
    assert "claim payment" in said
    assert "provider level adjustments" not in said


def test_only_the_wanted_segment_is_told() -> None:
    said = explained(a_claim_file(), Wanted(segment=18))
    assert "charge 1,165.50" in said
    assert "NM1*85" not in said


def test_a_file_is_explained_while_it_is_read() -> None:
    text = a_file(*[CLAIM.replace("0001~", f"{number:04d}~", 2) for number in range(1, 400)])
    source = io.BytesIO(text.encode())
    lines = explain(source)
    first = [plain_text(next(lines)) for _ in range(5)]
    assert "submitter" in first[-1]
    assert sum(1 for line in lines if line.tag == "CLM") == 399


def test_sums_are_told_at_the_end() -> None:
    assert explained(a_claim_file()).splitlines()[-2] == (
        "1 x 837 claims · 1 claim · charged 1,165.50"
    )
    assert explained(a_remittance_file()).splitlines()[-2] == (
        "1 x 835 remittance · 1 claim · charged 125.00 · paid 80.00 · payment 75.00"
    )


def test_control_characters_do_not_reach_the_terminal() -> None:
    text = a_claim_file().replace("SAMPLE HEALTH PLAN", "SAMPLE\x1b[31mPLAN")
    assert "\x1b" not in explained(text, Wanted(show_phi=True))


def test_a_text_without_isa_is_refused() -> None:
    with pytest.raises(NotX12Error):
        list(explain(b"nothing of the kind"))
