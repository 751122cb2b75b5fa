"""What one element demands of another, one demand at a time."""

import pytest

from revcycle.formats.x12.check import check_file
from tests.unit.formats.x12_checks.spoiled_files import (
    CLAIM_FILE,
    Edit,
    both,
    drop,
    insert,
    replace,
    spoiled,
)

CLAIM = "CLM*A-1*165.5***11:B:1*Y*A*Y*Y"
VISIT = "SV1*HC:99213*125*UN*1***1"
DRUG = "LIN**N4*00000000011"
PICKUP = ("NM1*PW*2", "N3*ROAD 1", "N4*DAYTON*OH*45402")
CASES: dict[str, tuple[Edit, tuple[str, str]]] = {
    "an automobile accident needs its day": (
        replace(CLAIM, f"{CLAIM}**AA:::OH"),
        ("x12.accident_date_missing", "DTP*439"),
    ),
    "an automobile accident needs its state": (
        both(replace(CLAIM, f"{CLAIM}**AA"), insert("REF*G1", "DTP*439*D8*20261001")),
        ("x12.accident_state_missing", "CLM11-4"),
    ),
    "an accident at work may need its day": (
        replace(CLAIM, f"{CLAIM}**EM"),
        ("x12.work_accident_date_missing", "DTP*439"),
    ),
    "an accident does not follow the service": (
        both(replace(CLAIM, f"{CLAIM}**OA"), insert("REF*G1", "DTP*439*D8*20261031")),
        ("x12.event_after_service", "DTP03"),
    ),
    "nobody is discharged before admission": (
        insert("REF*G1", "DTP*435*D8*20261005", "DTP*096*D8*20261004"),
        ("x12.discharge_before_admission", "DTP03"),
    ),
    "a period does not end before it begins": (
        replace("DTP*472*RD8", "DTP*472*RD8*20261007-20261006"),
        ("x12.period_reversed", "DTP03"),
    ),
    "a service is not billed before it is given": (
        replace("DTP*472*RD8", "DTP*472*RD8*20261206-20261207"),
        ("x12.service_date_future", "DTP03"),
    ),
    "a visit in hospital should have its admission": (
        replace(CLAIM, "CLM*A-1*165.5***21:B:1*Y*A*Y*Y"),
        ("x12.hospital_date_missing", "DTP*435"),
    ),
    "a mailed attachment needs its number": (
        insert("REF*G1", "PWK*OZ*BM"),
        ("x12.attachment_number_missing", "PWK06"),
    ),
    "a patient is not born after the service": (
        replace("DMG*D8*20160701", "DMG*D8*20261010*M"),
        ("x12.birth_date_after_service", "DMG02"),
    ),
    "a subscriber who is the patient needs a street": (
        drop("N3*2 INVENTED"),
        ("x12.subscriber_address_missing", "N3"),
    ),
    "a subscriber who is the patient has no patient level": (
        replace("SBR*P********BL", "SBR*P*18*******BL"),
        ("x12.dependent_of_self", "SBR02"),
    ),
    "the subscriber of a claim must be said to be the patient": (
        replace("SBR*P*18", "SBR*P**GRP100******CI"),
        ("x12.patient_unknown", "SBR02"),
    ),
    "the kind of insurance should be given": (
        replace("SBR*P*18", "SBR*P*18*GRP100"),
        ("x12.filing_indicator_missing", "SBR09"),
    ),
    "a second payer must be told of the first": (
        replace("SBR*P*18", "SBR*S*18*GRP100******CI"),
        ("x12.other_payer_missing", "SBR"),
    ),
    "workers' compensation wants the number of the case": (
        replace("SBR*P*18", "SBR*P*18*GRP100******WC"),
        ("x12.casualty_number_missing", "REF*Y4"),
    ),
    "a rendering provider differs from the billing provider": (
        replace("NM1*82", "NM1*82*1*EXEMPLAR*RHEA****XX*1234567893"),
        ("x12.rendering_is_billing", "NM109"),
    ),
    "a billing provider should have an NPI": (
        replace("NM1*85", "NM1*85*2*LAKESIDE TESTCLINIC"),
        ("x12.billing_npi_missing", "NM109"),
    ),
    "minutes go with anaesthesia": (
        replace(VISIT, "SV1*HC:99213*125*MJ*15***1"),
        ("x12.anesthesia_minutes", "SV103"),
    ),
    "anaesthesia goes with minutes": (
        replace(VISIT, "SV1*HC:00810*125*UN*15***1"),
        ("x12.anesthesia_minutes", "SV103"),
    ),
    "an ambulance picks the patient up somewhere": (
        both(
            replace(VISIT, "SV1*HC:A0429:RH*125*UN*1***1"),
            insert("HI*ABK:J069", "CR1****A*DH*12"),
        ),
        ("x12.ambulance_pickup_missing", "NM1*PW"),
    ),
    "an ambulance says why it went": (
        both(replace(VISIT, "SV1*HC:A0429:RH*125*UN*1***1"), insert("LX*1", *PICKUP)),
        ("x12.ambulance_transport_missing", "CR1"),
    ),
    "a purchased service names who sold it": (
        insert("LX*2", "PS1*PURCHASE1*20"),
        ("x12.purchased_provider_missing", "NM1*QB"),
    ),
    "a drug code has eleven digits": (
        insert("LX*2", "LIN**N4*0000000001", "CTP****1*UN"),
        ("x12.ndc_form", "LIN03"),
    ),
    "a service has some units": (
        replace(VISIT, "SV1*HC:99213*125*UN*0***1"),
        ("x12.units", "SV104"),
    ),
    "a line points to a diagnosis once": (
        replace(VISIT, "SV1*HC:99213*125*UN*1***1:1"),
        ("x12.diagnosis_pointer_twice", "SV107"),
    ),
    "payers return twenty characters of a control number": (
        replace(CLAIM, f"CLM*{'A' * 21}*165.5***11:B:1*Y*A*Y*Y"),
        ("x12.clm01_long", "CLM01"),
    ),
    "the patient does not pay more than the claim": (
        insert("REF*G1", "AMT*F5*165.51"),
        ("x12.patient_paid_more", "AMT02"),
    ),
    "a place of service is one of the list": (
        replace(CLAIM, "CLM*A-1*165.5***00:B:1*Y*A*Y*Y"),
        ("x12.place_of_service", "CLM05-1"),
    ),
    "a modifier has two characters": (
        replace(VISIT, "SV1*HC:99213:2-*125*UN*1***1"),
        ("x12.modifier_form", "SV101-3"),
    ),
    "a tax id has nine digits": (
        replace("REF*EI", "REF*EI*99-0000001"),
        ("x12.tax_id", "REF02"),
    ),
    "a laboratory licence has its form": (
        insert("REF*G1", "REF*X4*CLIA1"),
        ("x12.clia_number", "REF02"),
    ),
    "a telephone number has ten digits": (
        replace("PER*IC", "PER*IC*EDI DESK*TE*5550101"),
        ("x12.contact_number", "PER04"),
    ),
    "a taxonomy code has ten characters": (
        replace("PRV*PE", "PRV*PE*PXC*207Q"),
        ("x12.taxonomy", "PRV03"),
    ),
    "a postal code has five or nine digits": (
        replace("N4*DAYTON*OH*45402", "N4*DAYTON*OH*4540", nth=2),
        ("x12.postal_code", "N403"),
    ),
    "an address has its state": (
        replace("N4*DAYTON*OH*45402", "N4*DAYTON**45402", nth=2),
        ("x12.address_incomplete", "N402"),
    ),
    "a diagnosis has the form of its set": (
        replace("HI*ABK:J069", "HI*ABK:06900*ABF:Z23"),
        ("x12.diagnosis_form", "HI01-2"),
    ),
    "an old edition is over": (
        replace("HI*ABK:J029", "HI*BK:4660"),
        ("x12.diagnosis_old_edition", "HI01-1"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_demand_that_is_not_met_is_reported_once(name: str) -> None:
    edit, expected = CASES[name]
    found = check_file(spoiled(CLAIM_FILE, edit))
    assert [(one.rule_id, one.subject) for one in found] == [expected]


SOUND: dict[str, Edit] = {
    "a replacement with the payer's number": both(
        replace(CLAIM, "CLM*A-1*165.5***11:B:7*Y*A*Y*Y"),
        insert("HI*ABK:J069", "REF*F8*ICN0001"),
    ),
    "an accident with day and state": both(
        replace(CLAIM, f"{CLAIM}**AA:::OH"), insert("REF*G1", "DTP*439*D8*20261001")
    ),
    "an accident abroad": both(
        replace(CLAIM, f"{CLAIM}**AA::::MX"), insert("REF*G1", "DTP*439*D8*20261001")
    ),
    "anaesthesia in minutes": replace(VISIT, "SV1*HC:00810:AA*125*MJ*15***1"),
    "a drug with quantity": insert("LX*2", DRUG, "CTP****1.5*ML"),
    "an ambulance with reason and place": both(
        replace(VISIT, "SV1*HC:A0429:RH*125*UN*1***1"),
        insert("HI*ABK:J069", "CR1****A*DH*12"),
        insert("LX*1", *PICKUP),
    ),
    "a newborn": replace("DMG*D8*20160701", "DMG*D8*20261006*M"),
    "a code of the last kind of CPT": replace(VISIT, "SV1*HC:0001U*125*UN*1***1"),
    "a subscriber in Ontario": replace("N4*DAYTON*OH*45402", "N4*OTTAWA*ON*K1A 0B1*CA", nth=2),
    "a subscriber abroad": replace("N4*DAYTON*OH*45402", "N4*LYON***FR", nth=2),
}


@pytest.mark.parametrize("name", SOUND)
def test_what_is_sound_is_left_alone(name: str) -> None:
    assert check_file(spoiled(CLAIM_FILE, SOUND[name])) == ()
