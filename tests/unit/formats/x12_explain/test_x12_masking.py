"""No name, birth date or number of a person leaves the masked explanation of a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from revcycle.formats.x12.explanations.explain import LineKind, Wanted, explain
from revcycle.formats.x12.explanations.masking import MASK
from revcycle.formats.x12.explanations.text import plain_text
from revcycle.formats.x12.interchange import Transaction, read_interchanges
from revcycle.formats.x12.names.catalogue import Kind, has_components, known_places
from revcycle.formats.x12.segments import NotX12Error, Segment
from tests.unit.formats.x12_explain.explain_examples import (
    a_claim_file,
    a_file,
    a_remittance_file,
    corpus_files,
    explained,
)

NAME = "CANARYNAME"
NUMBER = "Q19570312"  # of a member, with the birth date of nobody in it
SHOWN_BY_NATURE = {Kind.COMPANY}  # ids of trading partners, in ISA and GS only
PRIVATE = {
    Kind.PHI,
    Kind.PERSONAL_DATE,
    Kind.NAMED,
    Kind.PARTY,
    Kind.PARTY_ID,
    Kind.WAY,
    Kind.TRACE,
    Kind.REFERENCE,
}
PERSON = "NM1*IL*1*CANARYNAME*CANARYNAME*CANARYNAME***MI*Q19570312~\n"
PERSONAL_ELEMENTS = {
    "NM1": (3, 4, 5, 9, 12),
    "N3": (1, 2),
    "N4": (1, 3),
    "DMG": (2,),
    "CLM": (1,),
    "CLP": (1, 7),
    "NTE": (2,),
    "MSG": (1,),
    "PAT": (6,),
}
ORGANIZATION = "2"


def segment_with(tag: str, number: int, component: int, value: str) -> str:
    """Write a segment with one value in it, in an element or a component."""
    before = "*" * number
    inside = ":" * (component - 1) + value if component else value
    return f"{tag}{before}{inside}~\n"


def places(kinds: set[Kind] | None = None) -> list[tuple[str, int, int]]:
    return sorted(
        (tag, number or 3, component)
        for tag, (number, component), element in known_places()
        if tag not in {"ISA", "GS", "GE", "IEA", "TA1", "ST", "SE"}
        and (kinds is None or element.kind in kinds)
        and element.kind not in SHOWN_BY_NATURE
    )


def with_segments(segments: Iterator[str]) -> str:
    body = "".join(PERSON + segment for segment in segments)
    return a_file(f"ST*837*0001*005010X222A1~\n{body}SE*2*0001~\n")


def test_a_name_in_any_element_of_any_segment_stays_hidden() -> None:
    text = with_segments(segment_with(*place, NAME) for place in places())
    said = explained(text)
    assert text.count(NAME) > 500
    assert [line for line in said.splitlines() if NAME in line] == []


def test_the_number_of_a_person_stays_hidden_wherever_numbers_of_persons_stand() -> None:
    text = with_segments(segment_with(*place, NUMBER) for place in places(PRIVATE))
    assert text.count(NUMBER) > 100
    assert [line for line in explained(text).splitlines() if NUMBER in line] == []


@pytest.mark.parametrize("value", ["19570312", "1957-03-12"])
def test_a_birth_date_stays_hidden_wherever_private_things_stand(value: str) -> None:
    said = explained(with_segments(segment_with(*place, value) for place in places(PRIVATE)))
    assert "1957" not in said


def test_what_is_masked_is_shown_to_those_who_ask() -> None:
    text = with_segments(segment_with(*place, NAME) for place in places())
    said = explained(text, Wanted(show_phi=True))
    assert said.count(NAME) > 500
    assert MASK not in said


@pytest.mark.parametrize(
    "segment",
    [
        "NM1*QC*1*CANARYNAME*ADA****XX*1234567893~",
        "NM1*PR*1*CANARYNAME~",
        "NM1*PW*2*CANARYNAME~",
        "NM1*XYZ*2*CANARYNAME~",
        "N1*PT*CANARYNAME~",
        "PER*IC*CANARYNAME*EM*CANARYNAME~",
        "REF*SY*CANARYNAME~",
        "REF*2U*CANARYNAME~",
        "SBR*CANARYNAME~",
        "DTP*472*D8*CANARYNAME~",
        "SV1*HC:CANARYNAME~",
        "AMT*F5*CANARYNAME~",
        "PLB*CANARYNAME*20261231*WO:CANARYNAME*5~",
    ],
)
def test_a_name_in_a_wrong_place_stays_hidden(segment: str) -> None:
    text = a_file(f"ST*837*0001*005010X222A1~\n{segment}\nSE*3*0001~\n")
    assert NAME not in explained(text)


def test_an_address_is_shown_for_organizations_and_hidden_for_persons() -> None:
    said = explained(a_claim_file())
    assert "1 SAMPLE WAY" in said
    assert "2 INVENTED AVE" not in said


def test_bank_accounts_and_references_of_payers_stay_hidden() -> None:
    said = explained(a_remittance_file())
    assert not any(secret in said for secret in ("998877", "665544", "ICN5", "ICN7"))
    assert "EFT777" in said  # names the payment, not a patient


def test_a_line_does_not_tell_its_values_when_it_is_logged() -> None:
    lines = list(explain(a_claim_file().encode(), wanted=Wanted(show_phi=True)))
    assert not any("TESTPERSON" in repr(line) for line in lines)


def personal_values(transaction: Transaction) -> Iterator[tuple[int, str]]:
    """Yield the position and each value that must not be seen; organizations are left out."""
    is_organization = False
    for position, segment in enumerate(transaction.segments, start=1):
        if segment.tag in {"NM1", "N1"}:
            is_organization = segment.tag == "N1" or segment.get(2) == ORGANIZATION
        is_named = is_organization and segment.tag in {"NM1", "N3", "N4"}
        for number in PERSONAL_ELEMENTS.get(segment.tag, ()):
            value = segment.get(number).strip()
            if value and not is_named and not is_public(segment, number):
                yield position, value


def is_public(segment: Segment, number: int) -> bool:
    """Ids of providers are public, whoever they are; a place of one letter says nothing."""
    return segment.tag == "NM1" and number == 9 and segment.get(8) not in {"MI", "II", "34", "HN"}


def transactions_with_lines(path: Path) -> Iterator[tuple[Transaction, dict[int, str]]]:
    data = path.read_bytes()
    transactions = [one for found in read_interchanges(data) for one in found.transactions]
    told: list[dict[int, str]] = []
    for line in explain(data):
        if line.kind is LineKind.SEGMENT:
            if line.position == 1:
                told.append({})
            told[-1][line.position] = plain_text(line)
    yield from zip(transactions, told, strict=True)


@pytest.mark.parametrize("path", corpus_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_personal_value_of_a_public_file_is_told(path: Path) -> None:
    for transaction, lines in transactions_with_lines(path):
        shown = {number: facts(lines[number]) for number in lines}
        seen = [
            (position, transaction.segments[position - 1].tag)
            for position, value in personal_values(transaction)
            if value in shown[position]
        ]
        assert seen == []


def facts(line: str) -> set[str]:
    """Cut a line into the values it tells: the last word or words of each of its facts."""
    said = line.split(": ", 1)[-1].split(" · ")
    return {" ".join(part.split()[at:]) for part in said for at in range(len(part.split()))}


@pytest.mark.skipif(not corpus_files(), reason="the public files are not on this machine")
def test_the_public_files_hold_personal_values_to_hide() -> None:
    count = 0
    for path in corpus_files():
        try:
            pairs = list(transactions_with_lines(path))
        except NotX12Error:
            continue
        count += sum(1 for transaction, _ in pairs for _ in personal_values(transaction))
    assert count > 500


def test_a_composite_keeps_its_components_apart_when_masked() -> None:
    assert has_components("SV1", 1)
    said = explained(a_claim_file().replace("HC:99213:25", "HC:99213:25::::CANARYNAME"))
    assert "procedure 99213 · modifier 25 · description •••" in said
