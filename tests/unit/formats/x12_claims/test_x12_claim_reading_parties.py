"""Who bills, whose policy, who took part, and who else pays: read from a claim file."""

from datetime import date
from decimal import Decimal

from models.documents.adjudication import InpatientAdjudication, OutpatientAdjudication
from models.documents.claim_details import (
    AmbulanceStop,
)
from models.documents.claim_supplements import (
    OtherPayerProvider,
    PersonSupplement,
)
from models.documents.party import Address, Provider, Reference
from models.values.money import Money
from tests.unit.formats.x12_claims.claim_texts import (
    BILLING,
    POLICY,
    institutional,
    professional,
    read_clean,
)

DAY = date(2026, 9, 1)


def test_currency_and_who_is_paid_are_read_of_the_billing_provider() -> None:
    billing = (
        *BILLING[:2],
        "CUR*85*CAD",
        *BILLING[2:],
        "REF*G2*OURS",
        "PER*IC*BILLING DESK*TE*5555550100*EX*7*FX*5555550109",
        "NM1*87*2",
        "N3*PO BOX 9",
        "N4*DAYTON*OH*454029999",
        "NM1*PE*2*SAMPLE PLAN*****XV*PLAN1",
        "N3*3 SAMPLE ST",
        "N4*AKRON*OH*44301",
        "REF*2U*SECOND",
        "REF*EI*990000002",
    )
    claim = read_clean(professional(billing=billing))
    provider, extra = claim.billing_provider, claim.supplement
    assert provider.references == (Reference("G2", "OURS"),)
    assert (provider.contact_name, provider.contact_phone) == ("BILLING DESK", "5555550100")
    assert [number.kind for number in provider.contacts[0].numbers] == ["TE", "EX", "FX"]
    assert extra.currency == "CAD"
    assert extra.pay_to is not None
    assert extra.pay_to.address == Address("PO BOX 9", "DAYTON", "OH", "454029999")
    assert extra.pay_to_plan is not None
    assert (extra.pay_to_plan.plan_id, extra.pay_to_plan.id_qualifier) == ("PLAN1", "XV")
    assert extra.pay_to_plan.tax_id == "990000002"
    assert extra.pay_to_plan.references == (Reference("2U", "SECOND"),)


def test_a_person_who_bills_keeps_the_parts_of_the_name() -> None:
    billing = (*BILLING[:2], "NM1*85*1*EXEMPLAR*RHEA*Q**JR*XX*1245319599", *BILLING[3:5])
    claim = read_clean(professional(billing=(*billing, "REF*SY*990000001")))
    provider = claim.billing_provider
    assert provider.name == "EXEMPLAR RHEA"
    assert provider.person is not None
    assert (provider.person.middle_name, provider.person.suffix) == ("Q", "JR")
    assert provider.is_tax_id_personal


def test_the_policy_tells_of_patient_and_payer() -> None:
    policy = (
        "HL*2*1*22*0",
        "SBR*S*18*GRP100**12****MB",
        "PAT*****D8*20260901*01*140*Y",
        *POLICY[2:6],
        "REF*SY*990000003",
        "REF*Y4*CASE7",
        "PER*IC*A FRIEND*TE*5555550105*EX*9",
        "NM1*PR*2*SAMPLE HEALTH PLAN*****XV*00123",
        "N3*4 PAYER PL",
        "N4*AKRON*OH*44301",
        "REF*FY*OFFICE",
        "REF*G2*PROV9",
    )
    claim = read_clean(professional(policy=policy))
    assert claim.payer.insurance_type == "12"
    assert claim.payer.id_qualifier == "XV"
    assert claim.payer.address == Address("4 PAYER PL", "AKRON", "OH", "44301")
    assert claim.payer.references == (Reference("FY", "OFFICE"),)
    assert claim.supplement.billing_references == (Reference("G2", "PROV9"),)
    said = claim.supplement.subscriber
    assert (said.died_on, said.weight_pounds, said.is_pregnant) == (DAY, Decimal(140), True)
    assert (said.casualty_claim_number, said.references) == (
        "CASE7",
        (Reference("SY", "990000003"),),
    )
    assert said.contact is not None
    assert said.contact.name == "A FRIEND"


def test_another_patient_is_told_of_apart_from_the_subscriber() -> None:
    policy = (
        "HL*2*1*22*1",
        "SBR*P********CI",
        "NM1*IL*2*SAMPLE WORKS*****MI*W1",
        POLICY[6],
        "HL*3*2*23*0",
        "PAT*20****D8*20260901",
        "NM1*QC*1*TESTPERSON*BEN",
        *POLICY[3:6],
        "REF*Y4*CASE8",
    )
    claim = read_clean(professional(policy=policy))
    assert claim.subscriber.person.is_organization
    assert (claim.subscriber.relationship, claim.patient.first_name) == ("20", "BEN")
    assert claim.supplement.patient == PersonSupplement(died_on=DAY, casualty_claim_number="CASE8")


def test_every_provider_of_a_professional_claim_has_a_place() -> None:
    names = (
        "NM1*DN*1*SPECIMEN*RUFUS*Q**MD*XX*1003000126",
        "REF*0B*LIC1",
        "NM1*P3*1*PRIMARY*PAULA****XX*1245319599",
        "NM1*82*2*SAMPLE GROUP*****XX*1234567893",
        "PRV*PE*PXC*207Q00000X",
        "NM1*77*2*SAMPLE SITE*****XX*1234567893",
        "N3*5 SITE ST",
        "N4*DAYTON*OH*454021234",
        "REF*G2*SITE1",
        "PER*IC*DESK*TE*5555550100*EX*4",
        "NM1*DQ*1*SUPER*VISA****XX*1003000126",
        "NM1*PW*2",
        "N3*6 START RD",
        "N4*DAYTON*OH*45402",
        "NM1*45*2*SAMPLE HOSPITAL",
        "N3*7 END RD",
        "N4*DAYTON*OH*45402",
    )
    claim = read_clean(professional(after=names))
    assert claim.referring_provider == Provider(
        "1003000126",
        "SPECIMEN",
        "RUFUS",
        middle_name="Q",
        suffix="MD",
        references=(Reference("0B", "LIC1"),),
    )
    assert claim.rendering_provider is not None
    assert claim.rendering_provider.is_organization
    assert claim.rendering_provider.taxonomy == "207Q00000X"
    assert claim.service_facility is not None
    assert claim.service_facility.references == (Reference("G2", "SITE1"),)
    assert [number.kind for number in claim.service_facility.contacts[0].numbers] == ["TE", "EX"]
    extra = claim.supplement
    assert extra.primary_care_provider == Provider("1245319599", "PRIMARY", "PAULA")
    assert extra.supervising_provider == Provider("1003000126", "SUPER", "VISA")
    assert extra.pick_up == AmbulanceStop(Address("6 START RD", "DAYTON", "OH", "45402"))
    assert extra.drop_off is not None
    assert extra.drop_off.name == "SAMPLE HOSPITAL"


def test_a_provider_without_an_npi_keeps_the_other_number() -> None:
    claim = read_clean(professional(after=("NM1*82*1*EXEMPLAR*RHEA****24*990000001",)))
    assert claim.rendering_provider == Provider(
        "", "EXEMPLAR", "RHEA", other_identifier=Reference("24", "990000001")
    )


def test_another_payer_and_what_it_decided_are_read_in_full() -> None:
    other = (
        "SBR*P*01*GRP7*SAMPLE WORKS*47****MB",
        "CAS*CO*45*30*1*97*2.5",
        "CAS*PR*2*15",
        "AMT*D*80",
        "AMT*A8*4",
        "AMT*EAF*15",
        "OI***N*P**I",
        "MOA*.8*12.5*MA01*MA02****3*4",
        "NM1*IL*1*TESTPERSON*ADA*Q**III*II*MBR9",
        "N3*2 INVENTED AVE",
        "N4*DAYTON*OH*45402",
        "REF*SY*990000003",
        "NM1*PR*2*FIRST SAMPLE PLAN*****XV*00456",
        "N4*AKRON*OH*44301",
        "DTP*573*D8*20260901",
        "REF*2U*SECOND",
        "REF*G1*AUTH9",
        "REF*9F*REF9",
        "REF*T4*Y",
        "REF*F8*ICN9",
        "NM1*82*1",
        "REF*G2*REND9",
        "NM1*85*2",
        "REF*G2*BILL9",
    )
    claim = read_clean(professional(after=other))
    (payer,) = claim.other_payers
    assert (payer.payer.name, payer.payer.payer_id) == ("FIRST SAMPLE PLAN", "00456")
    assert (payer.payer.id_qualifier, payer.payer.insurance_type) == ("XV", "47")
    assert payer.payer.references == (Reference("2U", "SECOND"),)
    assert payer.payer.address == Address("", "AKRON", "OH", "44301")
    assert [(one.group, one.reason, one.amount) for one in payer.adjustments] == [
        ("CO", "45", Money(3_000)),
        ("CO", "97", Money(250)),
        ("PR", "2", Money(1_500)),
    ]
    assert (payer.paid, payer.paid_on) == (Money(8_000), DAY)
    assert payer.payer_claim_control_number == "ICN9"
    assert payer.subscriber.id_qualifier == "II"
    assert payer.subscriber.person.suffix == "III"
    extra = payer.supplement
    assert (extra.benefits_assigned, extra.patient_signature_source) == ("N", "P")
    assert (extra.release_of_information, extra.non_covered) == ("I", Money(400))
    assert extra.patient_liability == Money(1_500)
    assert extra.outpatient == OutpatientAdjudication(
        Decimal(".8"), Money(1_250), ("MA01", "MA02"), Money(300), Money(400)
    )
    assert extra.subscriber_references == (Reference("SY", "990000003"),)
    assert (extra.prior_authorization, extra.referral_number) == ("AUTH9", "REF9")
    assert extra.adjustment_indicator == "Y"
    assert extra.providers == (
        OtherPayerProvider("82", is_organization=False, references=(Reference("G2", "REND9"),)),
        OtherPayerProvider("85", is_organization=True, references=(Reference("G2", "BILL9"),)),
    )


def test_the_inpatient_adjudication_of_another_payer_is_read() -> None:
    elements = ["3", "", "1", "100", "MA01", *("5",) * 8, "6", "2", *("7",) * 4, "MA02"]
    other = (
        "SBR*P*18*******MA",
        "OI***Y***Y",
        "MIA*" + "*".join(elements),
        *POLICY[2:3],
        "NM1*PR*2*FIRST SAMPLE PLAN*****PI*00456",
    )
    claim = read_clean(institutional(after=other))
    (payer,) = claim.other_payers
    inpatient = payer.supplement.inpatient
    assert isinstance(inpatient, InpatientAdjudication)
    assert (inpatient.covered_days, inpatient.drg_amount) == (Decimal(3), Money(10_000))
    assert (inpatient.cost_report_days, inpatient.remarks) == (Decimal(2), ("MA01", "MA02"))
    assert inpatient.operating_hospital == Money(600)
    assert inpatient.professional_component == Money(700)
