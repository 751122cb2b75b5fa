"""Claims on paper: every text in its box, nothing cut, pages that add up."""

import html
import re
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from models.documents.claim import ClaimDocument
from models.documents.claim_codes import HealthCode, HealthCodeKind
from models.documents.claim_supplements import ClaimSupplement
from models.documents.paper import Box, PaperMode, PaperShift
from models.documents.party import Address
from models.values.money import Money, total
from revcycle.formats.pdf.cms1500_boxes import CMS1500_BOXES
from revcycle.formats.pdf.paper_boxes import FilledForm, to_form_text
from revcycle.formats.pdf.paper_form import fill_claim_form, render_claim_form
from revcycle.formats.pdf.ub04_boxes import UB04_BOXES
from tests.unit.formats.x12_claims.claim_examples import (
    PATIENT,
    a_line,
    dependent_claim,
    outpatient_claim,
    replacement_claim,
    secondary_claim,
    self_claim,
)

ON = date(2026, 11, 22)
CHARACTER, LINE = 7.2, 12.0
CMS_LEFT, CMS_TOP = 20.0, 24.0


class Word(NamedTuple):
    """One word of a PDF with the place of its upper left corner, in points."""

    page: int
    x: float
    y: float
    text: str


def filled(claim: ClaimDocument) -> FilledForm:
    return fill_claim_form(claim, on=ON)


def boxes_of(form: FilledForm, page: int = 0) -> dict[str, str]:
    """Map boxes to texts; of repeated boxes the name carries the line, from 1."""
    return {
        one.box.name
        if one.box.lines == 1
        else f"{one.box.name}/{_line(one.row, one.box)}": one.text
        for one in form.pages[page].texts
    }


def _line(row: int, box: Box) -> int:
    return (row - box.row) // box.step + 1


def words_of(
    claim: ClaimDocument,
    folder: Path,
    shift: PaperShift = PaperShift(),  # noqa: B008 - frozen
) -> list[Word]:
    """Print for pre-printed stock and read the places of all words."""
    file = folder / "form.pdf"
    form = filled(claim)
    file.write_bytes(render_claim_form(claim, form, mode=PaperMode.DATA, on=ON, shift=shift))
    command = ["pdftotext", "-bbox", str(file), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    words: list[Word] = []
    for page, part in enumerate(text.split("<page ")[1:], start=1):
        for x, y, word in re.findall(r'xMin="(.*?)" yMin="(.*?)".*?>(.*?)</word>', part):
            words.append(Word(page, float(x), float(y), html.unescape(word)))
    return words


def with_lines(claim: ClaimDocument, count: int) -> ClaimDocument:
    lines = tuple(replace(claim.lines[0], number=at + 1) for at in range(count))
    return replace(claim, lines=lines)


def test_a_claim_stands_in_the_boxes_of_the_cms1500() -> None:
    boxes = boxes_of(filled(self_claim()))
    assert boxes["patient"] == "TESTPERSON, ADA"
    assert boxes["birth"] == "02 29 1980"
    assert boxes["sex.f"] == boxes["relation.self"] == boxes["kind.group"] == "X"
    assert (boxes["work.no"], boxes["auto.no"], boxes["accident.no"]) == ("X", "X", "X")
    assert (boxes["source_kind"], boxes["source"]) == ("DN", "RUFUS SPECIMEN")
    assert (boxes["diagnosis.0"], boxes["diagnosis.1"], boxes["icd"]) == ("J069", "Z23", "0")
    assert boxes["authorization"] == "AUTH88"
    assert boxes["from/1"] == boxes["to/1"] == "10 05 26"
    assert (boxes["pointers/1"], boxes["pointers/2"]) == ("A", "BA")
    assert (boxes["procedure/2"], boxes["modifiers/2"], boxes["units/2"]) == (
        "90471",
        "25 59",
        "1.5",
    )
    assert (boxes["charge/1"], boxes["total"], boxes["paid"]) == ("125 00", "165 50", "20 00")
    assert boxes["tax_kind.ein"] == "X"
    assert boxes["facility"] == boxes["biller"] == "LAKESIDE TESTCLINIC"
    assert "insured_sex.m" not in boxes


def test_a_child_is_named_beside_the_parent_who_holds_the_policy() -> None:
    boxes = boxes_of(filled(dependent_claim()))
    assert (boxes["patient"], boxes["insured"]) == ("TESTPERSON, BEN", "TESTPERSON, ADA")
    assert boxes["relation.child"] == "X"
    assert boxes["sex.m"] == "X"


def test_a_second_payer_is_told_of_the_first_and_of_what_it_paid() -> None:
    boxes = boxes_of(filled(secondary_claim()))
    assert boxes["kind.medicare"] == boxes["other.yes"] == "X"
    assert (boxes["other_insured"], boxes["other_plan"]) == (
        "TESTPERSON, ADA",
        "SAMPLE HEALTH PLAN",
    )
    assert boxes["paid"] == "100 00"  # 80.00 of the first payer and 20.00 of the patient


def test_medicare_that_pays_first_reads_that_there_is_no_group() -> None:
    claim = replace(
        self_claim(),
        payer=replace(self_claim().payer, filing_indicator="MB"),
        subscriber=replace(self_claim().subscriber, group_number=""),
    )
    assert boxes_of(filled(claim))["group"] == "NONE"


def test_a_corrected_claim_names_the_number_of_the_first() -> None:
    boxes = boxes_of(filled(replacement_claim()))
    assert (boxes["resubmission"], boxes["original"]) == ("7", "ICN0001")


def test_at_home_there_is_no_place_of_service_to_name() -> None:
    assert "facility" not in boxes_of(filled(replace(self_claim(), place_of_service="12")))


@pytest.mark.parametrize(("lines", "pages"), [(1, 1), (6, 1), (7, 2), (12, 2), (13, 3), (50, 9)])
def test_six_lines_stand_on_a_page_and_the_pages_add_up_to_the_claim(
    lines: int, pages: int
) -> None:
    claim = replace(
        self_claim(), lines=tuple(a_line(at, 10_000 + at) for at in range(1, lines + 1))
    )
    form = filled(claim)
    assert len(form.pages) == pages
    totals = [Money.parse(boxes_of(form, page)["total"].replace(" ", ".")) for page in range(pages)]
    assert total(totals) == claim.charge_total
    assert ["paid" in boxes_of(form, page) for page in range(pages)] == [True] + [False] * (
        pages - 1
    )
    assert all(boxes_of(form, page)["patient"] == "TESTPERSON, ADA" for page in range(pages))


@pytest.mark.parametrize(
    ("changed", "box", "length", "width"),
    [
        (replace(self_claim(), control_number="A" * 20), "box 26", 20, 14),
        (replace(self_claim(), original_reference="9" * 30), "box 22", 30, 17),
        (replace(self_claim(), patient=replace(PATIENT, last_name="V" * 40)), "box 2", 45, 28),
        (replace(self_claim(), prior_authorization="8" * 29), "box 23", 29, 28),
        (replace(self_claim(), lines=(a_line(1, 10_000_000),)), "box 24F", 9, 8),
    ],
)
def test_what_does_not_fit_is_named_with_its_box_and_never_cut(
    changed: ClaimDocument, box: str, length: int, width: int
) -> None:
    findings = filled(changed).findings
    found = next(one for one in findings if one.field == box)
    assert found.message.endswith(f"{length} characters, the box holds {width}")
    assert found.rule_id == "paper.box_length"
    assert max(len(one.text) for one in filled(changed).pages[0].texts) >= length


def test_a_thirteenth_diagnosis_has_no_box() -> None:
    claim = replace(self_claim(), diagnoses=("J069",) * 13)
    (finding,) = filled(claim).findings
    assert finding.field == "box diagnosis 12"


def test_letters_with_accents_lose_them_and_unknown_scripts_are_reported() -> None:
    spanish = replace(self_claim(), patient=replace(PATIENT, last_name="Muñoz-Pérez"))
    assert boxes_of(filled(spanish))["patient"] == "MUNOZ-PEREZ, ADA"
    assert not filled(spanish).findings
    greek = replace(self_claim(), patient=replace(PATIENT, last_name="Ωmega"))
    assert {one.rule_id for one in filled(greek).findings} == {"paper.characters"}


def test_points_and_number_signs_of_an_address_are_left_out() -> None:
    address = Address("12 N. Main St. #4", "St. Paul", "MN", "551010001")
    boxes = boxes_of(filled(replace(self_claim(), patient=replace(PATIENT, address=address))))
    assert (boxes["street"], boxes["city"]) == ("12 N MAIN ST 4", "ST PAUL")


def test_an_institutional_claim_stands_in_the_boxes_of_the_ub04() -> None:
    codes = (
        HealthCode(HealthCodeKind.CONDITION, "09"),
        HealthCode(HealthCodeKind.OCCURRENCE, "11", date(2026, 10, 1)),
        HealthCode(HealthCodeKind.OCCURRENCE_SPAN, "74", date(2026, 10, 1), date(2026, 10, 3)),
        HealthCode(HealthCodeKind.VALUE, "50", amount=Decimal("3.00")),
        HealthCode(HealthCodeKind.ADMITTING_DIAGNOSIS, "M25511"),
    )
    claim = replace(outpatient_claim(), supplement=ClaimSupplement(health_codes=codes))
    boxes = boxes_of(filled(claim))
    assert (boxes["bill_type"], boxes["account"]) == ("0131", "A-5")
    assert (boxes["from"], boxes["through"], boxes["birth"]) == ("100526", "100926", "02291980")
    assert boxes["condition.0"] == "09"
    assert (boxes["occurrence.0"], boxes["occurrence_on.0"]) == ("11", "100126")
    assert (boxes["span.0"], boxes["span_to.0"]) == ("74", "100326")
    assert (boxes["value.0"], boxes["value_amount.0"]) == ("50", "300")
    assert (boxes["diagnosis.0"], boxes["diagnosis.1"], boxes["admitting"]) == (
        "M25511",
        "Z8739",
        "M25511",
    )
    assert (boxes["revenue/1"], boxes["procedure/1"], boxes["charge/1"]) == (
        "0420",
        "97110",
        "12500",
    )
    assert (boxes["total"], boxes["page"], boxes["pages"]) == ("25000", "1", "1")
    assert (boxes["attending_npi"], boxes["attending_last"]) == ("1245319599", "EXEMPLAR")
    assert (boxes["payer/1"], boxes["insured/1"]) == ("SAMPLE HEALTH PLAN", "TESTPERSON, ADA")


@pytest.mark.parametrize(("lines", "pages"), [(22, 1), (23, 2), (44, 2), (45, 3)])
def test_twenty_two_lines_stand_on_a_page_and_the_total_on_the_last(lines: int, pages: int) -> None:
    claim = with_lines(outpatient_claim(), lines)
    form = filled(claim)
    assert len(form.pages) == pages
    assert ["total" in boxes_of(form, page) for page in range(pages)] == [False] * (pages - 1) + [
        True
    ]
    assert boxes_of(form, pages - 1)["total"] == str(claim.charge_total.cents)


def test_a_thirteenth_value_code_has_no_box() -> None:
    codes = tuple(HealthCode(HealthCodeKind.VALUE, "50", amount=Decimal(1)) for _ in range(13))
    claim = replace(outpatient_claim(), supplement=ClaimSupplement(health_codes=codes))
    assert {one.field for one in filled(claim).findings} == {
        "box value 12",
        "box value_amount 12",
    }


def test_a_later_payer_stands_below_the_one_that_pays_first() -> None:
    claim = replace(
        outpatient_claim(),
        payer=secondary_claim().payer,
        other_payers=secondary_claim().other_payers,
        prior_authorization="AUTH2",
    )
    boxes = boxes_of(filled(claim))
    assert (boxes["payer/1"], boxes["payer/2"]) == ("SAMPLE HEALTH PLAN", "SECOND SAMPLE PLAN")
    assert boxes["paid/1"] == "8000"
    assert boxes["authorization/2"] == "AUTH2"


@pytest.mark.parametrize(
    "claim",
    [self_claim(), secondary_claim(), outpatient_claim()],
    ids=lambda one: one.control_number,
)
def test_every_text_stands_at_ten_characters_and_six_lines_an_inch(
    claim: ClaimDocument, tmp_path: Path
) -> None:
    words = words_of(claim, tmp_path)
    left, top = (14.0, 18.0) if claim.institutional else (CMS_LEFT, CMS_TOP)
    found = {
        (round((word.x - left) / CHARACTER, 2) + 1, round((word.y - top + LINE / 2) // LINE) + 1)
        for word in words
    }
    for one in filled(claim).pages[0].texts:
        column = one.box.column
        if one.box.align == "right":
            column += one.box.width - len(one.text)
        assert any(abs(at - column) < 0.05 and abs(row - one.row) <= 1 for at, row in found), (
            one.box.name
        )


def test_a_printer_that_is_off_is_moved_by_tenths_of_an_inch(tmp_path: Path) -> None:
    there, here = (
        words_of(self_claim(), tmp_path),
        words_of(self_claim(), tmp_path, PaperShift(3, -2)),
    )
    moves = {
        (round(moved.x - word.x, 2), round(moved.y - word.y, 2))
        for word, moved in zip(there, here, strict=True)
    }
    assert moves == {(21.6, -14.4)}


def test_the_second_page_holds_the_seventh_line(tmp_path: Path) -> None:
    claim = replace(self_claim(), lines=tuple(a_line(at, 10_000 + at) for at in range(1, 8)))
    words = words_of(claim, tmp_path)
    assert {word.page for word in words} == {1, 2}
    assert [word.page for word in words if word.text == "07"].count(2) >= 1


def test_an_outline_names_boxes_in_our_own_words_and_paper_for_the_post_has_none(
    tmp_path: Path,
) -> None:
    claim, file = self_claim(), tmp_path / "form.pdf"
    texts = {}
    for mode in PaperMode:
        file.write_bytes(render_claim_form(claim, filled(claim), mode=mode, on=ON))
        command = ["pdftotext", "-layout", str(file), "-"]
        texts[mode] = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "24F charge" in texts[PaperMode.OUTLINE]
    assert "TESTPERSON" in texts[PaperMode.OUTLINE]
    assert "charge" not in texts[PaperMode.DATA]


def test_the_same_claim_has_the_same_bytes_and_hostile_text_is_inert() -> None:
    claim = replace(self_claim(), patient=replace(PATIENT, last_name='#panic("x") $x$ <a>'))
    first, second = (
        render_claim_form(claim, filled(claim), mode=PaperMode.OUTLINE, on=ON) for _ in range(2)
    )
    assert first == second
    assert first.startswith(b"%PDF-")


@pytest.mark.parametrize("boxes", [CMS1500_BOXES, UB04_BOXES], ids=["cms1500", "ub04"])
def test_no_two_boxes_of_a_form_share_a_place_or_a_name(boxes: tuple[Box, ...]) -> None:
    assert len({box.name for box in boxes}) == len(boxes)
    cells = [
        (box.row + line * box.step, column)
        for box in boxes
        for line in range(box.lines)
        for column in range(box.column, box.column + box.width)
    ]
    assert len(set(cells)) == len(cells)
    assert max(column for _, column in cells) <= 81
    assert max(row for row, _ in cells) <= 63


def test_form_text_is_in_capitals() -> None:
    assert to_form_text("o'neill") == "O'NEILL"
