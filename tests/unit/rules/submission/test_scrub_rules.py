"""What the scrubber says of a claim."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from models.documents.claim import (
    ClaimDocument,
    ClaimDocumentLine,
    ClaimForm,
    ClaimPayer,
    FrequencyCode,
    InstitutionalDetail,
    Subscriber,
)
from models.documents.finding import Finding, Severity
from models.documents.party import Address, Organization, Person, Provider
from models.states.eligibility import EligibilityVerdict
from models.values.money import ZERO, Money
from revcycle.rules.submission import CLAIM_RULES, FACT_RULES
from revcycle.rules.submission.duplicate_claim import check_duplicate_claim, services_of
from revcycle.rules.submission.fee import find_charge
from revcycle.rules.submission.scrub import ScrubFacts, ScrubPolicy, scrub
from revcycle.rules.submission.timely_filing import (
    check_timely_filing,
    filing_deadline,
    later_filing_deadline,
)
from revcycle.rules.submission.verified_coverage import check_verified_coverage
from tests.clock_rules import days_after_service

SERVICE_DATE = date(2026, 1, 1)
TODAY = date(2026, 1, 5)
FILE_BY = SERVICE_DATE + timedelta(days=90)
HOME = Address("2 INVENTED RD", "SPRINGFIELD", "IL", "62701")
PATIENT = Person("TESTPERSON", "ADA", birth_date=date(1980, 2, 3), sex="F", address=HOME)
OFFICE = Address("1 INVENTED AVE", "SPRINGFIELD", "IL", "627010001")
GROUP = Organization("INVENTED FAMILY MEDICINE", "1234567893", "941234567", address=OFFICE)
DOCTOR = Provider("1679576722", "SAMPLE", "DANA")
LINE = ClaimDocumentLine(1, "99213", SERVICE_DATE, Money(12_500), diagnosis_pointers=(1,))
CLEAN = ClaimDocument(
    control_number="A101",
    form=ClaimForm.PROFESSIONAL,
    billing_provider=GROUP,
    patient=PATIENT,
    subscriber=Subscriber(PATIENT, "M10001"),
    payer=ClaimPayer("INVENTED ACME", "01ABC", "P"),
    diagnoses=("J069",),
    lines=(LINE,),
    rendering_provider=DOCTOR,
)
INSTITUTIONAL = replace(
    CLEAN,
    form=ClaimForm.INSTITUTIONAL,
    rendering_provider=None,
    lines=(replace(LINE, revenue_code="0420", diagnosis_pointers=()),),
    institutional=InstitutionalDetail("0131", attending_provider=DOCTOR),
)
FACTS = ScrubFacts(FILE_BY, EligibilityVerdict.ACTIVE)

Change = Callable[[ClaimDocument], ClaimDocument]


def judge(claim: ClaimDocument, facts: ScrubFacts = FACTS) -> list[tuple[str, str]]:
    findings = scrub(claim, policy=ScrubPolicy(), facts=facts, today=TODAY)
    return [(finding.rule_id.removeprefix("scrub."), finding.field) for finding in findings]


def with_line(**changes: object) -> Change:
    return lambda claim: replace(claim, lines=(replace(claim.lines[0], **changes),))  # type: ignore[arg-type] # test shorthand


def with_claim(**changes: object) -> Change:
    return lambda claim: replace(claim, **changes)  # type: ignore[arg-type] # test shorthand


def with_group(**changes: object) -> Change:
    return lambda claim: replace(
        claim,
        billing_provider=replace(claim.billing_provider, **changes),  # type: ignore[arg-type] # test shorthand
    )


def with_patient(**changes: object) -> Change:
    return with_claim(patient=replace(PATIENT, **changes))  # type: ignore[arg-type] # test shorthand


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param(CLEAN, id="professional"),
        pytest.param(INSTITUTIONAL, id="institutional"),
        pytest.param(
            replace(INSTITUTIONAL, lines=(replace(INSTITUTIONAL.lines[0], procedure_code=""),)),
            id="a-revenue-code-without-a-procedure",
        ),
    ],
)
def test_a_clean_claim_gives_no_finding(claim: ClaimDocument) -> None:
    assert judge(claim) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(with_patient(last_name=""), "patient.last_name", id="no-last-name"),
        pytest.param(with_patient(first_name=""), "patient.first_name", id="no-first-name"),
        pytest.param(with_patient(birth_date=None), "patient.birth_date", id="no-birth-date"),
        pytest.param(with_patient(sex=""), "patient.sex", id="no-sex"),
        pytest.param(with_patient(address=None), "patient.address", id="no-address"),
        pytest.param(
            with_patient(address=replace(HOME, zip_code="6270")),
            "patient.zip_code",
            id="a-zip-of-four-digits",
        ),
        pytest.param(
            with_claim(subscriber=Subscriber(PATIENT, "")), "subscriber.member_id", id="no-member"
        ),
        pytest.param(
            with_claim(subscriber=Subscriber(Person("", ""), "M1", "19")),
            "subscriber.last_name",
            id="a-child-of-nobody",
        ),
        pytest.param(
            with_claim(payer=ClaimPayer("X", "", "P")), "payer.payer_id", id="no-payer-id"
        ),
        pytest.param(with_group(tax_id="94"), "billing_provider.tax_id", id="a-short-tax-id"),
        pytest.param(
            with_group(address=replace(OFFICE, zip_code="62701")),
            "billing_provider.zip_code",
            id="five-digits-of-zip",
        ),
        pytest.param(
            with_group(address=replace(OFFICE, line1="P.O. Box 7")),
            "billing_provider.address",
            id="a-post-office-box",
        ),
        pytest.param(
            with_claim(place_of_service="1"), "place_of_service", id="a-short-place-of-service"
        ),
    ],
)
def test_required_data(change: Change, expected: str) -> None:
    assert judge(change(CLEAN)) == [("required_data", expected)]


def test_a_street_that_only_sounds_like_a_box_is_a_street() -> None:
    claim = with_group(address=replace(OFFICE, line1="12 Boxwood Poplar Street"))(CLEAN)
    assert judge(claim) == []


def test_an_institutional_line_needs_a_revenue_code() -> None:
    claim = with_line(revenue_code="42")(INSTITUTIONAL)
    assert judge(claim) == [("required_data", "lines[1].revenue_code")]


@pytest.mark.parametrize(
    ("claim", "field"),
    [
        pytest.param(with_group(npi="1234567890")(CLEAN), "billing_provider.npi", id="group"),
        pytest.param(
            with_claim(rendering_provider=None)(CLEAN), "rendering_provider.npi", id="nobody"
        ),
        pytest.param(
            with_claim(referring_provider=Provider("1", "X"))(CLEAN),
            "referring_provider.npi",
            id="referring",
        ),
        pytest.param(
            with_claim(institutional=InstitutionalDetail("0131"))(INSTITUTIONAL),
            "attending_provider.npi",
            id="attending",
        ),
    ],
)
def test_each_npi_passes_its_check_digit(claim: ClaimDocument, field: str) -> None:
    assert judge(claim) == [("provider_identifiers", field)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(with_claim(lines=()), [("claim_size", "lines")], id="no-line"),
        pytest.param(
            with_claim(lines=tuple(replace(LINE, number=n) for n in range(1, 52))),
            [("claim_size", "lines")],
            id="fifty-one-lines",
        ),
        pytest.param(
            with_claim(diagnoses=("J069",) * 13), [("claim_size", "diagnoses")], id="13-diagnoses"
        ),
        pytest.param(
            with_line(modifiers=("25", "59", "76", "77", "XE")),
            [("claim_size", "lines[1].modifiers")],
            id="five-modifiers",
        ),
        pytest.param(
            with_claim(diagnoses=("J06",)),
            [("code_validity", "diagnoses[1]")],
            id="a-header-is-not-billable",
        ),
        pytest.param(
            with_line(procedure_code="9921"),
            [("code_validity", "lines[1].procedure_code")],
            id="four-digits",
        ),
        pytest.param(
            with_line(modifiers=("2",)),
            [("code_validity", "lines[1].modifiers")],
            id="half-a-modifier",
        ),
        pytest.param(
            with_line(diagnosis_pointers=()),
            [("diagnosis_pointers", "lines[1].diagnosis_pointers")],
            id="no-pointer",
        ),
        pytest.param(
            with_line(diagnosis_pointers=(2,)),
            [("diagnosis_pointers", "lines[1].diagnosis_pointers")],
            id="a-pointer-at-nothing",
        ),
        pytest.param(
            with_line(charge=ZERO), [("totals", "lines[1].charge")], id="nothing-to-pay-for"
        ),
        pytest.param(with_line(units=Decimal(0)), [("totals", "lines[1].units")], id="no-units"),
        pytest.param(
            with_claim(frequency_code=FrequencyCode.REPLACEMENT),
            [("original_reference", "original_reference")],
            id="a-replacement-of-nothing",
        ),
    ],
)
def test_what_the_form_and_the_codes_allow(change: Change, expected: list[tuple[str, str]]) -> None:
    assert judge(change(CLEAN)) == expected


def test_a_replacement_that_names_its_original_is_clean() -> None:
    change = with_claim(frequency_code=FrequencyCode.REPLACEMENT, original_reference="ICN1")
    assert judge(change(CLEAN)) == []


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(FILE_BY - timedelta(days=14), [], id="fourteen-days-left-is-quiet"),
        pytest.param(FILE_BY - timedelta(days=13), [Severity.WARNING], id="thirteen-days-warn"),
        pytest.param(FILE_BY, [Severity.WARNING], id="the-last-day-still-counts"),
        pytest.param(FILE_BY + timedelta(days=1), [Severity.ERROR], id="the-day-after-is-too-late"),
    ],
)
def test_deadline(today: date, expected: list[Severity]) -> None:
    findings = check_timely_filing(CLEAN, file_by=FILE_BY, warning_days=14, today=today)
    assert [finding.severity for finding in findings] == expected


def test_an_institutional_clock_starts_on_the_last_day_of_service() -> None:
    end = SERVICE_DATE + timedelta(days=9)
    days = [
        filing_deadline(form, SERVICE_DATE, end, rule=days_after_service(90)) - SERVICE_DATE
        for form in ClaimForm
    ]
    assert days == [timedelta(days=90), timedelta(days=99)]


def test_a_later_payers_clock_starts_with_the_earlier_decision() -> None:
    assert later_filing_deadline(TODAY, rule=days_after_service(1)) == TODAY + timedelta(days=1)


def compare(billed: ClaimDocument, window_days: int = 0) -> list[Severity]:
    findings = check_duplicate_claim(
        CLEAN, billed=frozenset(services_of(billed)), window_days=window_days
    )
    return [finding.severity for finding in findings]


@pytest.mark.parametrize(
    ("change", "window_days", "expected"),
    [
        pytest.param(with_claim(control_number="B"), 0, [Severity.ERROR], id="the-same-service"),
        pytest.param(with_line(modifiers=("76",)), 0, [], id="a-repetition-that-says-so"),
        pytest.param(with_line(procedure_code="99214"), 0, [], id="another-service"),
        pytest.param(
            with_claim(rendering_provider=Provider("1234567893", "OTHER")),
            0,
            [],
            id="another-provider",
        ),
        pytest.param(with_line(service_date=TODAY), 3, [], id="outside-the-window"),
        pytest.param(
            with_line(service_date=TODAY), 4, [Severity.WARNING], id="inside-the-window-warns"
        ),
    ],
)
def test_duplicates(change: Change, window_days: int, expected: list[Severity]) -> None:
    assert compare(change(CLEAN), window_days) == expected


@pytest.mark.parametrize(
    ("verdict", "is_required", "expected"),
    [
        pytest.param(EligibilityVerdict.ACTIVE, True, [], id="active"),
        pytest.param(EligibilityVerdict.NOT_VERIFIABLE, True, [], id="not-verifiable"),
        pytest.param(EligibilityVerdict.INACTIVE, True, [Severity.ERROR], id="inactive"),
        pytest.param(EligibilityVerdict.NOT_FOUND, True, [Severity.ERROR], id="not-found"),
        pytest.param(EligibilityVerdict.INACTIVE, False, [Severity.WARNING], id="tolerated"),
        pytest.param(EligibilityVerdict.OTHER_PAYER, True, [Severity.WARNING], id="other-payer"),
        pytest.param(None, True, [Severity.WARNING], id="nobody-asked"),
    ],
)
def test_verified_coverage(
    verdict: EligibilityVerdict | None,
    is_required: bool,  # noqa: FBT001 - a parameter of the test
    expected: list[Severity],
) -> None:
    findings = check_verified_coverage(CLEAN, verdict=verdict, is_required=is_required)
    assert [finding.severity for finding in findings] == expected


@pytest.mark.parametrize(
    ("code", "modifiers", "units", "expected"),
    [
        pytest.param("85025", (), Decimal(1), Money(3_000), id="by-code"),
        pytest.param("85025", ("59", "26"), Decimal(1), Money(1_250), id="by-modifier-first"),
        pytest.param("85025", (), Decimal("2.5"), Money(7_500), id="by-units"),
        pytest.param("99499", (), Decimal(1), None, id="no-price"),
    ],
)
def test_fees(
    code: str, modifiers: tuple[str, ...], units: Decimal, expected: Money | None
) -> None:
    fees = {"85025": Money(3_000), "85025-26": Money(1_250)}
    assert find_charge(code, modifiers, units, fees=fees) == expected


def test_every_rule_of_the_stage_is_listed_once_and_cites_its_source() -> None:
    rules = (*CLAIM_RULES, *FACT_RULES)
    assert len(set(rules)) == len(rules)
    assert [rule for rule in rules if "Source:" not in (rule.__doc__ or "")] == []


def test_all_that_is_wrong_is_said_at_once() -> None:
    worst = with_patient(sex="")(with_line(charge=ZERO, diagnosis_pointers=(9,))(CLEAN))
    facts = replace(FACTS, file_by=TODAY - timedelta(days=1), verdict=None)
    findings: tuple[Finding, ...] = scrub(worst, policy=ScrubPolicy(), facts=facts, today=TODAY)
    assert {finding.rule_id for finding in findings} == {
        "scrub.required_data",
        "scrub.diagnosis_pointers",
        "scrub.totals",
        "scrub.timely_filing",
        "scrub.verified_coverage",
    }
