"""Remittances of every shape that the guide knows, for tests of laws."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from models.documents.party import ContactNumber, Organization
from models.documents.remittance import (
    ProviderAdjustment,
    RemittanceDocument,
)
from models.documents.remittance_summaries import (
    InpatientSummary,
    ProviderSummary,
    RemittanceGroup,
)
from models.documents.remittance_supplements import (
    NO_ACCOUNT,
    BankAccount,
    FundsTransfer,
    PayerContact,
    PayerContactKind,
    RemittanceDelivery,
    RemittanceSupplement,
)
from tests.unit.formats.x12_payments.remittance_claim_strategies import (
    ADDRESS,
    ANY_CLAIM,
    CODE,
    DAY,
    DAYS,
    MONEY,
    NAME,
    NPI,
    PHONE,
    QUANTITY,
    TEXT,
    numbers,
    references,
)

PROVIDER_ADJUSTMENT = st.builds(
    ProviderAdjustment,
    provider_id=st.just(NPI),
    fiscal_period_end=st.just(date(2026, 12, 31)),
    reason=st.sampled_from(["WO", "L6", "72", "FB"]),
    reference=st.just("") | CODE,
    amount=MONEY,
)
SUMMARY = numbers(
    ProviderSummary,
    {
        "provider_id": CODE,
        "facility_code": st.just("11"),
        "fiscal_period_end": DAY,
        "claim_count": QUANTITY,
        "charge": MONEY,
        "interim_claim_count": DAYS,
    },
)
INPATIENT_SUMMARY = numbers(
    InpatientSummary,
    {
        "drg_amount": MONEY,
        "outlier_days": DAYS,
        "average_stay": DAYS,
        "discharges": DAYS,
        "cost_report_days": DAYS,
        "covered_days": DAYS,
        "noncovered_days": DAYS,
        "average_weight": DAYS,
    },
)
GROUP = st.builds(
    RemittanceGroup,
    number=st.integers(2, 999_999).map(str),
    summary=st.none() | SUMMARY,
    inpatient=st.none() | INPATIENT_SUMMARY,
)
ACCOUNT = st.builds(
    BankAccount,
    bank_qualifier=st.just("01"),
    bank_id=st.just("999999992"),
    account_qualifier=st.just("DA"),
    account_number=CODE,
)
TRANSFER = st.builds(
    FundsTransfer,
    payment_format=st.sampled_from(["CCP", "CTX"]),
    sender=ACCOUNT,
    payer_id=st.just("1990000001"),
    supplemental_code=st.sampled_from(["", "990000001"]),
    receiver=ACCOUNT | st.just(NO_ACCOUNT),
)
CONTACT = st.builds(
    PayerContact,
    kind=st.just(PayerContactKind.BUSINESS),
    name=TEXT,
    numbers=st.lists(PHONE, min_size=1, max_size=2).map(tuple),
)
TECHNICAL_CONTACT = st.builds(
    PayerContact, kind=st.just(PayerContactKind.TECHNICAL), name=NAME, numbers=st.just(())
)
WEB_SITE = st.just(
    PayerContact(PayerContactKind.WEB_SITE, numbers=(ContactNumber("UR", "WWW.EXAMPLE.COM"),))
)
SUPPLEMENT = st.builds(
    RemittanceSupplement,
    transfer=TRANSFER,
    trace_code=st.sampled_from(["", "990000001"]),
    currency=st.sampled_from(["", "CAD"]),
    receiver_id=st.just("") | CODE,
    version=st.just("") | CODE,
    delivery=st.none()
    | st.builds(RemittanceDelivery, method=st.just("OL"), name=TEXT, address=CODE),
)
PAYER = st.builds(
    Organization,
    name=NAME,
    tax_id=st.just("990000001"),
    address=ADDRESS,
    contact_name=NAME,
    contact_phone=st.sampled_from(["", "8005550199"]),
    references=references("EO", "HI", "NF"),
)
PAYEE = st.builds(
    Organization,
    name=NAME,
    npi=st.sampled_from(["", NPI]),
    tax_id=st.just("990000002"),
    address=st.none() | ADDRESS,
    references=references("0B", "D3", "PQ"),
)
REMITTANCE = st.builds(
    RemittanceDocument,
    payer=PAYER,
    payee=PAYEE,
    handling_code=st.just("I"),
    amount=MONEY,
    is_credit=st.booleans(),
    method=st.sampled_from(["CHK", "ACH", "NON"]),
    payment_date=DAY,
    trace_number=CODE,
    payer_trace_id=st.just("1990000001"),
    claims=st.lists(ANY_CLAIM, max_size=2).map(tuple),
    provider_adjustments=st.lists(PROVIDER_ADJUSTMENT, max_size=8).map(tuple),
    payer_id=st.just("") | CODE,
    production_date=st.none() | DAY,
)


def _with_more(
    document: RemittanceDocument,
    more: RemittanceSupplement,
    groups: list[RemittanceGroup],
    contact: PayerContact,
    technical: PayerContact,
    web_sites: list[PayerContact],
) -> RemittanceDocument:
    """Share the claims out to groups, and let the payer say all it can."""
    groups = groups[: len(document.claims)]  # none is empty
    count = len(groups)
    claims = tuple(
        replace(claim, group=min(number, count))
        for number, claim in enumerate(document.claims, start=1)
    )
    return replace(
        document,
        claims=claims,
        groups=tuple(groups),
        supplement=replace(more, payer_contacts=(contact, technical, *web_sites)),
        payer=replace(document.payer, contact_name=technical.name, contact_phone=""),
    )


FULL_REMITTANCE = st.builds(
    _with_more,
    REMITTANCE,
    SUPPLEMENT,
    st.lists(GROUP, min_size=1, max_size=3),
    CONTACT,
    TECHNICAL_CONTACT,
    st.lists(WEB_SITE, max_size=1),
)
ANY_REMITTANCE = REMITTANCE | FULL_REMITTANCE
