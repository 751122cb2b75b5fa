"""check_coding: may this coding be billed?"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.documents.coding import CodedService, CodingDocument
from models.documents.coding_case import CodingCase
from revcycle.rules.coding import check_coding

SERVICE_DATE = date(2026, 11, 18)
VISIT = CodedService("99213", (1,))


def a_coding(*services: CodedService, **changes: Any) -> CodingDocument:
    coding = CodingDocument(("I10", "E119"), services or (VISIT,), SERVICE_DATE)
    return replace(coding, **changes)


def test_a_complete_coding_has_no_finding() -> None:
    assert check_coding(CodingCase(a_coding())) == ()


@pytest.mark.parametrize(
    ("coding", "rule_id", "field"),
    [
        pytest.param(
            a_coding(diagnoses=()), "coding.diagnosis_codes", "diagnoses", id="no-diagnosis"
        ),
        pytest.param(
            a_coding(diagnoses=("E11",)),
            "coding.diagnosis_codes",
            "diagnoses[1]",
            id="a-category-is-not-billable",
        ),
        pytest.param(
            a_coding(diagnoses=("D691",)),
            "coding.diagnosis_codes",
            "diagnoses[1]",
            id="a-code-that-ended-in-september",
        ),
        pytest.param(
            a_coding(diagnoses=("I10", "I10")),
            "coding.diagnosis_codes",
            "diagnoses",
            id="the-same-diagnosis-twice",
        ),
        pytest.param(a_coding(services=()), "coding.service_codes", "services", id="no-service"),
        pytest.param(
            a_coding(CodedService("9921", (1,))),
            "coding.service_codes",
            "services[1].procedure_code",
            id="four-digits",
        ),
        pytest.param(
            a_coding(replace(VISIT, modifiers=("25", "25"))),
            "coding.service_codes",
            "services[1].modifiers",
            id="a-modifier-twice",
        ),
        pytest.param(
            a_coding(replace(VISIT, units=Decimal(0))),
            "coding.service_codes",
            "services[1].units",
            id="no-units",
        ),
        pytest.param(
            a_coding(CodedService("99213", ())),
            "coding.diagnosis_pointers",
            "services[1].diagnosis_pointers",
            id="points-at-nothing",
        ),
        pytest.param(
            a_coding(CodedService("99213", (3,))),
            "coding.diagnosis_pointers",
            "services[1].diagnosis_pointers",
            id="points-beyond-the-list",
        ),
    ],
)
def test_what_may_not_be_billed(coding: CodingDocument, rule_id: str, field: str) -> None:
    findings = check_coding(CodingCase(coding))
    assert (rule_id, field) in {(finding.rule_id, finding.field) for finding in findings}
