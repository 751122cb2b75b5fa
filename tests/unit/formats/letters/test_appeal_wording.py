"""The wordings of appeals: every one can be filled in, and reaches nothing but its facts."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.documents.denial import AppealFacts
from models.errors import RejectedError
from revcycle.formats.letters.appeal_wording import FOLDER, VARIABLES, write_appeal
from revcycle.formats.pdf.letter import LetterDocument, letter_facts, split_paragraphs
from revcycle.rules.denials.choose_wording import WORDINGS
from tests.unit.formats.letters.letter_examples import DAY, FACTS, PRACTICE

PAGE = Path(__file__).resolve().parents[4] / "docs/reference/letters.md"


@pytest.mark.parametrize("wording", WORDINGS)
def test_every_wording_names_the_claim_the_reason_and_the_amount(wording: str) -> None:
    text = write_appeal(wording, FACTS)
    for fact in (FACTS.claim_number, FACTS.reason_words, FACTS.denied_amount, FACTS.signer):
        assert fact in text
    assert "{" not in text
    assert "\n\n\n" not in text


@pytest.mark.parametrize("wording", WORDINGS)
def test_a_wording_does_without_what_is_not_known(wording: str) -> None:
    bare = replace(FACTS, remark_codes="", receipts="", filed_on="", payer_claim_number="")
    assert "Your claim number: not given" in write_appeal(wording, bare)


def test_every_file_is_a_wording_that_can_be_chosen() -> None:
    files = {path.stem for path in FOLDER.glob("[!_]*.txt")}
    assert files == set(WORDINGS)


def test_an_unknown_wording_is_refused() -> None:
    for name in ("nowhere", "../../statements/statement", "_missing"):
        with pytest.raises(RejectedError):
            write_appeal(name, FACTS)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{{ patient_ssn }}", id="a-fact-that-does-not-exist"),
        pytest.param("{{ ''.__class__.__mro__ }}", id="a-way-into-the-program"),
        pytest.param("{% include '/etc/passwd' %}", id="a-file-of-the-machine"),
        pytest.param("{{ practice_name", id="half-a-variable"),
        pytest.param("{{ 7 * 7 }}", id="arithmetic"),
        pytest.param("{{ 'x' * 999999999 }}", id="a-text-of-a-billion-letters"),
        pytest.param("{{ 2 ** 99999999 }}", id="a-number-without-end"),
        pytest.param("{{ -7 }}", id="a-sign"),
        pytest.param("{% for i in range(9) %}x{% endfor %}", id="a-loop-over-a-range"),
        pytest.param("{% for i in range(999999999) %}x{% endfor %}", id="a-loop-without-end"),
        pytest.param("{{ practice_name.__class__ }}", id="an-attribute-of-a-fact"),
        pytest.param("{{ practice_name|attr('__class__') }}", id="an-attribute-by-a-filter"),
        pytest.param("{{ practice_name|center(999999999) }}", id="a-filter-that-fills"),
        pytest.param("{{ practice_name.format(0) and lipsum() }}", id="a-function-of-the-engine"),
        pytest.param("{{ cycler.__init__.__globals__ }}", id="a-global-of-the-engine"),
        pytest.param("{{ self._TemplateReference__context }}", id="the-template-itself"),
    ],
)
def test_a_wording_reaches_nothing_but_its_facts(tmp_path: Path, text: str) -> None:
    (tmp_path / "own.txt").write_text(text, encoding="utf-8")
    with pytest.raises(RejectedError):
        write_appeal("own", FACTS, tmp_path)


def test_a_fact_that_looks_like_a_variable_stays_text() -> None:
    facts: AppealFacts = replace(FACTS, patient_name="{{ 7 * 7 }} #set")
    assert "Patient: {{ 7 * 7 }} #set" in write_appeal("general", facts)


def test_the_page_of_letters_names_every_variable_and_wording() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in (*VARIABLES, *WORDINGS) if f"`{name}`" not in page] == []


def test_lines_of_labels_are_a_table_and_the_subject_is_the_heading() -> None:
    text = "Subject: Please\r\n\r\nPatient: Otto\r\nClaim: 1\r\n\r\n\r\nDear all:\nPay. "
    assert split_paragraphs(text)[1] == ["Patient: Otto", "Claim: 1"]
    printed = letter_facts(LetterDocument(PRACTICE, DAY, "Payer", text))
    assert printed["paragraphs"] == [
        {"kind": "subject", "text": "Please"},
        {
            "kind": "facts",
            "rows": [{"label": "Patient", "value": "Otto"}, {"label": "Claim", "value": "1"}],
        },
        {"kind": "text", "lines": ["Dear all:", "Pay."]},
    ]
