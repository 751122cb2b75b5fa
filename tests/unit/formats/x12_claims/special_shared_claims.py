"""Invented professional claims in which many take part: laboratories, providers, payers."""

from dataclasses import replace
from decimal import Decimal

from models.documents.adjudication import OutpatientAdjudication
from models.documents.claim import (
    Adjustment,
    ClaimDocument,
    ClaimPayer,
    LineAdjudication,
    OtherPayer,
    Subscriber,
)
from models.documents.claim_codes import ClaimDate
from models.documents.claim_details import (
    Contract,
    Measurement,
    Note,
    Pricing,
    PurchasedService,
)
from models.documents.claim_supplements import (
    ClaimSupplement,
    DecidedService,
    LineSupplement,
    OtherPayerProvider,
    OtherPayerSupplement,
    PayToPlan,
)
from models.documents.party import (
    Address,
    Contact,
    ContactNumber,
    Organization,
    Provider,
    Reference,
)
from models.values.money import Money
from tests.unit.formats.x12_claims.claim_examples import (
    CLINIC,
    DECIDED_ON,
    PAYER,
    REFERRING,
    SECOND_PAYER,
    SERVICE_DATE,
    SUBSCRIBER,
    a_line,
)
from tests.unit.formats.x12_claims.special_claims import (
    HOME,
    LAB,
    NURSE,
    OTHER_NAMED,
    SUPERVISOR,
    D,
    of_line,
    plain_claim,
    special,
)


def laboratory() -> ClaimDocument:
    """A test that was bought from another laboratory."""
    return of_line(
        LineSupplement(
            procedure_qualifier="HC",
            procedure_description="BLOOD COUNT",
            dates=(
                ClaimDate(D.PRESCRIPTION, SERVICE_DATE),
                ClaimDate(D.LAST_SEEN, SERVICE_DATE),
                ClaimDate(D.HEMOGLOBIN_TEST, SERVICE_DATE),
            ),
            measurements=(Measurement("TR", "R1", Decimal("11.5")),),
            contract=Contract("09", Money(100)),
            references=(
                Reference("9B", "LINE9B"),
                Reference("9D", "LINE9D"),
                Reference("G1", "AUTH1", payer_id="00123"),
                Reference("EW", "MAMMO1"),
                Reference("X4", "36D0999999"),
                Reference("F4", "36D0999998"),
                Reference("BT", "BATCH1"),
                Reference("9F", "REFERRAL1"),
            ),
            sales_tax=Money(150),
            postage=Money(75),
            file_information=("K3 OF A LINE",),
            notes=(Note("DCP", "REPEATED"), Note("TPO", "SEEN BY REPRICER")),
            purchased_service=PurchasedService("1003000126", Money(900)),
            pricing=Pricing(
                "03",
                Money(10_000),
                Money(2_500),
                "REPRICER1",
                procedure_qualifier="HC",
                procedure_code="85025",
                unit="UN",
                quantity=Decimal(1),
                exception="1",
            ),
            rendering_provider=replace(NURSE, taxonomy="363LF0000X"),
            purchased_service_provider=Provider("1003000126", "", is_organization=True),
            service_facility=replace(LAB, contact_name="", contact_phone=""),
            supervising_provider=SUPERVISOR,
            referring_provider=REFERRING,
            primary_care_provider=REFERRING,
        ),
        procedure_code="85025",
    )


def many_providers() -> ClaimDocument:
    """A claim with every provider, and a payment that goes elsewhere."""
    biller = replace(
        CLINIC,
        references=(Reference("0B", "OH99"),),
        contacts=(
            Contact("DESK ONE", (ContactNumber("TE", "5555550101"), ContactNumber("EX", "4"))),
            Contact("DESK TWO", (ContactNumber("EM", "DESK@EXAMPLE.COM"),)),
        ),
        contact_name="DESK ONE",
        contact_phone="5555550101",
    )
    plan = PayToPlan(
        "SAMPLE HEALTH PLAN",
        "PLAN1",
        address=HOME,
        tax_id="990000002",
        references=(Reference("2U", "PLAN2"),),
    )
    supplement = ClaimSupplement(
        currency="CAD",
        pay_to=Organization("", address=Address("PO BOX 12", "DAYTON", "OH", "45401")),
        pay_to_plan=plan,
        billing_references=(Reference("G2", "PROV9"),),
        pricing=Pricing("00", Money(10_000), Money(2_500), "REPRICER1"),
        primary_care_provider=REFERRING,
        supervising_provider=SUPERVISOR,
    )
    payer = replace(PAYER, address=HOME, references=(Reference("2U", "OLDID"),))
    return special(
        supplement,
        billing_provider=biller,
        payer=payer,
        rendering_provider=replace(NURSE, taxonomy="363LF0000X"),
        referring_provider=REFERRING,
        service_facility=LAB,
    )


def first_decision() -> OtherPayer:
    """What the first payer decided, with its own numbers for everybody."""
    return OtherPayer(
        payer=replace(PAYER, references=(Reference("2U", "OLDID"),)),
        subscriber=Subscriber(OTHER_NAMED, "W123456789", "18", "GRP100"),
        paid=Money(8_000),
        paid_on=DECIDED_ON,
        payer_claim_control_number="ICN0001",
        supplement=OtherPayerSupplement(
            patient_liability=Money(1_500),
            subscriber_references=(Reference("SY", "999004321"),),
            prior_authorization="AUTH1",
            referral_number="REFERRAL1",
            adjustment_indicator="Y",
            providers=(
                OtherPayerProvider("DN", False, (Reference("G2", "DN1"),)),  # noqa: FBT003 - NM102
                OtherPayerProvider("82", False, (Reference("G2", "82A"),)),  # noqa: FBT003 - NM102
                OtherPayerProvider("85", True, (Reference("G2", "85A"),)),  # noqa: FBT003 - NM102
            ),
        ),
    )


def second_decision() -> OtherPayer:
    """What Medicare decided of the claim as a whole."""
    return OtherPayer(
        payer=replace(SECOND_PAYER, address=HOME),
        subscriber=Subscriber(replace(OTHER_NAMED, address=None), "MB99887766", "18"),
        paid=Money(1_000),
        adjustments=(
            Adjustment("OA", "23", Money(8_000)),
            Adjustment("CO", "45", Money(7_550), Decimal(1)),
        ),
        paid_on=DECIDED_ON,
        payer_claim_control_number="ICN0002",
        supplement=OtherPayerSupplement(
            outpatient=OutpatientAdjudication(
                Decimal("0.8"), Money(5_000), ("MA01", "MA18"), None, Money(10)
            )
        ),
    )


def third_payer() -> ClaimDocument:
    """A claim to the third payer: the first decided by line, the second as a whole."""
    said = LineAdjudication(
        "00123",
        Money(8_000),
        (Adjustment("CO", "45", Money(3_000)), Adjustment("PR", "2", Money(1_500))),
        DECIDED_ON,
        patient_liability=Money(1_500),
    )
    bundled = LineAdjudication(
        "00123",
        Money(0),
        (Adjustment("CO", "97", Money(4_050)),),
        DECIDED_ON,
        decided=DecidedService("HC", "99213", ("59",), "", "", Decimal(1), 1),
    )
    return plain_claim(
        payer=ClaimPayer("THIRD SAMPLE PLAN", "00999", "T", "CI"),
        subscriber=replace(SUBSCRIBER, member_id="TP1"),
        lines=(
            replace(a_line(), adjudications=(said,)),
            replace(a_line(2, 4_050, "90471"), adjudications=(bundled,)),
        ),
        other_payers=(first_decision(), second_decision()),
    )


SHARED_CLAIMS = {
    "laboratory": laboratory,
    "many providers": many_providers,
    "third payer": third_payer,
}
