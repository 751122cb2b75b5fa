"""check_encounter and its rules."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.documents.encounter import (
    CodeSystem,
    EncounterDocument,
    SourceCode,
    SourceCoverage,
    SourceProcedure,
)
from models.documents.finding import Finding, Severity
from models.documents.party import Address, Person, Provider
from revcycle.rules.intake import check_encounter
from revcycle.rules.intake.birth_date import check_birth_date
from revcycle.rules.intake.match_payer import KnownPayer
from revcycle.rules.intake.member_id import check_member_id
from revcycle.rules.intake.name_form import check_name_form
from revcycle.rules.intake.service_date import SERVICE_AGE_DAYS_MAX, check_service_date

TODAY = date(2026, 11, 22)
PAYERS = (KnownPayer("bluegate", "Bluegate Health", "BG100"),)
GOOD = EncounterDocument(
    source_key="V1",
    patient=Person(
        last_name="Mosswick",
        first_name="Elinda",
        birth_date=date(1970, 3, 4),
        sex="F",
        address=Address("1 Moss Way", "Foxhollow", "OH", "44101"),
    ),
    identifiers=(("MR", "P1"),),
    service_date=date(2026, 11, 20),
    coverages=(SourceCoverage(1, "Bluegate Health", "BW12345670", "BG100"),),
    rendering_provider=Provider("1234567893", "Ferndell"),
)

Change = Callable[[EncounterDocument], EncounterDocument]


def of_patient(**changes: object) -> Change:
    return lambda good: replace(good, patient=replace(good.patient, **changes))  # type: ignore[arg-type]  # fields of a test


def of_address(**changes: str) -> Change:
    def change(good: EncounterDocument) -> EncounterDocument:
        assert good.patient.address is not None
        return of_patient(address=replace(good.patient.address, **changes))(good)

    return change


def of_coverage(**changes: str) -> Change:
    return lambda good: replace(good, coverages=(replace(good.coverages[0], **changes),))  # type: ignore[arg-type]  # fields of a test


def of_provider(provider: Provider | None) -> Change:
    return lambda good: replace(good, rendering_provider=provider)


def check(document: EncounterDocument) -> tuple[Finding, ...]:
    return check_encounter(document, today=TODAY, payers=PAYERS)


def test_a_complete_encounter_has_no_findings() -> None:
    assert check(GOOD) == ()


def test_an_encounter_may_be_judged_without_knowing_the_payers() -> None:
    unknown = of_coverage(payer_name="Moonvale", payer_id="ZZ")(GOOD)
    assert check_encounter(unknown, today=TODAY) == ()
    assert [one.rule_id for one in check(unknown)] == ["intake.known_payer"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param(of_patient(last_name=""), "patient.last_name", id="no-last-name"),
        pytest.param(of_patient(first_name=""), "patient.first_name", id="no-first-name"),
        pytest.param(of_patient(birth_date=None), "patient.birth_date", id="no-birth-date"),
        pytest.param(of_patient(sex=""), "patient.sex", id="no-sex"),
        pytest.param(of_patient(last_name="Moss3wick"), "patient.last_name", id="a-digit"),
        pytest.param(of_patient(first_name="@Elinda"), "patient.first_name", id="a-sign"),
        pytest.param(of_patient(address=None), "patient.address", id="no-address"),
        pytest.param(of_address(line1=""), "patient.address.line1", id="no-street"),
        pytest.param(of_address(state="XX"), "patient.address.state", id="unknown-state"),
        pytest.param(of_address(zip_code="4410"), "patient.address.zip_code", id="short-zip"),
        pytest.param(of_address(zip_code="00000"), "patient.address.zip_code", id="zero-zip"),
        pytest.param(of_address(state="ON"), "patient.address.zip_code", id="zip-in-Ontario"),
        pytest.param(of_address(city="x" * 31), "patient.address.city", id="long-city"),
        pytest.param(of_coverage(member_id=""), "coverages[1].member_id", id="no-member-id"),
        pytest.param(of_coverage(member_id="A*1"), "coverages[1].member_id", id="odd-member-id"),
        pytest.param(of_provider(None), "rendering_provider.npi", id="no-provider"),
        pytest.param(of_provider(Provider("", "Fen")), "rendering_provider.npi", id="no-npi"),
        pytest.param(
            of_provider(Provider("1234567894", "Fen")), "rendering_provider.npi", id="bad-npi"
        ),
    ],
)
def test_one_thing_wrong_is_one_error_that_names_the_field(change: Change, field: str) -> None:
    (finding,) = check(change(GOOD))
    assert (finding.severity, finding.field) == (Severity.ERROR, field)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(of_patient(sex="U"), id="sex-unknown"),
        pytest.param(of_patient(last_name="O'Hollow-Fen de Moss"), id="a-name-with-marks"),
        pytest.param(of_patient(first_name="Éline"), id="an-accent"),
        pytest.param(of_address(zip_code="441011234"), id="nine-digits"),
        pytest.param(of_address(state="ON", zip_code="K1A 0B1"), id="a-canadian-address"),
        pytest.param(of_coverage(payer_name="no_insurance", member_id=""), id="self-pay"),
        pytest.param(of_coverage(member_id="AB-12 34"), id="hyphen-and-blank-in-a-member-id"),
    ],
)
def test_what_is_unusual_but_right_passes(change: Change) -> None:
    document = change(GOOD)
    if document.coverages[0].payer_name == "no_insurance":
        document = of_coverage(payer_id="")(document)
    assert check(document) == ()


@pytest.mark.parametrize("name", ["TEST", "Test Patient", "unknown"])
def test_a_placeholder_for_a_name_is_a_warning(name: str) -> None:
    (finding,) = check_name_form(of_patient(last_name=name)(GOOD))
    assert finding.severity is Severity.WARNING


def test_one_character_repeated_is_a_warning_as_a_member_id() -> None:
    (finding,) = check_member_id(of_coverage(member_id="9999999")(GOOD))
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("born", "wrong"),
    [
        pytest.param(GOOD.service_date, False, id="born-on-the-day-of-service"),
        pytest.param(date(2026, 11, 21), True, id="born-after-the-service"),
        pytest.param(TODAY + timedelta(days=1), True, id="born-tomorrow"),
        pytest.param(date(1901, 11, 22), False, id="the-125th-birthday"),
        pytest.param(date(1901, 11, 21), True, id="a-day-older"),
    ],
)
def test_birth_date_at_its_edges(born: date, *, wrong: bool) -> None:
    findings = check_birth_date(of_patient(birth_date=born)(GOOD), today=TODAY)
    assert bool(findings) is wrong


@pytest.mark.parametrize(
    ("served", "wrong"),
    [
        pytest.param(None, True, id="missing"),
        pytest.param(TODAY, False, id="today"),
        pytest.param(TODAY + timedelta(days=1), True, id="tomorrow"),
        pytest.param(TODAY - timedelta(days=SERVICE_AGE_DAYS_MAX), False, id="the-last-day"),
        pytest.param(TODAY - timedelta(days=SERVICE_AGE_DAYS_MAX + 1), True, id="a-day-too-old"),
    ],
)
def test_service_date_at_its_edges(served: date | None, *, wrong: bool) -> None:
    findings = check_service_date(replace(GOOD, service_date=served), today=TODAY)
    assert bool(findings) is wrong


def test_the_age_limit_of_a_service_is_a_parameter() -> None:
    assert check_service_date(GOOD, today=TODAY, age_days_max=2) == ()
    assert len(check_service_date(GOOD, today=TODAY, age_days_max=1)) == 1


def test_a_charge_in_the_future_and_an_end_before_the_beginning_are_errors() -> None:
    code = SourceCode(CodeSystem.CPT_HCPCS, "99213")
    document = replace(
        GOOD,
        service_end_date=date(2026, 11, 19),
        procedures=(SourceProcedure(code, TODAY + timedelta(days=1)),),
    )
    findings = check_service_date(document, today=TODAY)
    assert [one.field for one in findings] == ["service_end_date", "procedures[1].service_date"]


def test_no_finding_repeats_what_the_patient_is_called() -> None:
    spoiled = of_patient(last_name="M0sswick", first_name="Elinda9")(GOOD)
    assert all("M0sswick" not in one.message for one in check(spoiled))
