"""Claims and services of a remittance in every shape that the guide knows."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from models.documents.adjudication import InpatientAdjudication, OutpatientAdjudication
from models.documents.claim import Adjustment
from models.documents.party import Address, Contact, ContactNumber, Reference
from models.documents.remittance import (
    RemittanceClaim,
    RemittanceLine,
)
from models.documents.remittance_codes import (
    RemittanceAmount,
    RemittanceAmountKind,
    RemittanceQuantity,
    RemittanceQuantityKind,
)
from models.documents.remittance_supplements import (
    RemittanceClaimSupplement,
    RemittanceLineSupplement,
    RemittanceName,
)
from models.values.money import Money

NPI = "1234500019"
NAME = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ'-", min_size=1, max_size=20)
CODE = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=2, max_size=12)
DAY = st.dates(date(2020, 1, 1), date(2030, 12, 31))
MONEY = st.integers(-10_000_000, 10_000_000).map(Money)
QUANTITY = st.decimals("0.01", "9999", places=2)
PHONE = st.builds(ContactNumber, kind=st.sampled_from(["TE", "EM"]), value=CODE)
TEXT = st.just("") | NAME
ADDRESS = st.builds(
    Address,
    line1=NAME,
    line2=TEXT,
    city=NAME.map("AA{}".format),
    state=st.just("WI"),
    zip_code=st.just("53703"),
)


def _some(options: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(options, max_size=most).map(tuple)


def references(*kinds: str) -> st.SearchStrategy[tuple[Reference, ...]]:
    return _some(st.builds(Reference, qualifier=st.sampled_from(kinds), value=CODE))


def numbers(kind: type[Any], special: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Build a dataclass whose fields are amounts, but those of ``special``."""
    usual = {one.name: st.none() | MONEY for one in fields(kind)}
    return st.builds(kind, **(usual | dict(special)))


def _amounts(*codes: str) -> st.SearchStrategy[tuple[RemittanceAmount, ...]]:
    kinds = st.sampled_from([RemittanceAmountKind(code) for code in codes])
    return _some(st.builds(RemittanceAmount, kind=kinds, amount=MONEY))


def _quantities(*codes: str) -> st.SearchStrategy[tuple[RemittanceQuantity, ...]]:
    kinds = st.sampled_from([RemittanceQuantityKind(code) for code in codes])
    return _some(st.builds(RemittanceQuantity, kind=kinds, quantity=QUANTITY))


ADJUSTMENT = st.builds(
    Adjustment,
    group=st.sampled_from(["CO", "OA", "PI", "PR"]),
    reason=st.sampled_from(["1", "2", "3", "45", "97", "A1"]),
    amount=MONEY,
    quantity=st.none() | QUANTITY,
)
ADJUSTMENTS = st.lists(ADJUSTMENT, max_size=8).map(
    lambda found: tuple(sorted(found, key=lambda adjustment: adjustment.group))
)
MODIFIERS = _some(st.sampled_from(["25", "59", "GP"]), 4)
LINE_SUPPLEMENT = st.builds(
    RemittanceLineSupplement,
    procedure_qualifier=st.sampled_from(["", "N4", "HP"]),
    submitted_units=st.none() | QUANTITY,
    references=references("1S", "APC", "BB", "E9", "LU"),
    provider_references=references("0B", "1C", "G2", "HPI", "TJ"),
    policies=_some(CODE, 2),
    amounts=_amounts("KH", "T", "T2", "ZK", "ZO"),
    quantities=_quantities("ZK", "ZL", "ZO"),
    drug_remarks=_some(st.sampled_from(["M1", "70"]), 2),
)
LINE = st.builds(
    RemittanceLine,
    charge=MONEY,
    paid=MONEY,
    procedure_code=CODE,
    modifiers=MODIFIERS,
    revenue_code=st.sampled_from(["", "0420"]),
    units=QUANTITY,
    submitted_procedure_code=st.just("") | CODE,
    service_date=DAY,
    service_end_date=st.none() | DAY,
    line_control_number=st.just("") | CODE,
    allowed=st.none() | MONEY,
    adjustments=ADJUSTMENTS,
    remarks=_some(st.sampled_from(["N130", "M15", "MA04"])),
)
FULL_LINE = st.builds(lambda line, more: replace(line, supplement=more), LINE, LINE_SUPPLEMENT)
RECODED_LINE = st.builds(
    lambda line, code, modifiers, description: replace(
        line,
        submitted_procedure_code=code,
        supplement=RemittanceLineSupplement(
            are_units_said=False,
            submitted_qualifier="WK",
            submitted_modifiers=modifiers,
            submitted_description=description,
        ),
        units=Decimal(1),
    ),
    LINE,
    CODE,
    MODIFIERS,
    TEXT,
)
REVENUE_LINE = st.builds(RemittanceLine, charge=MONEY, paid=MONEY, revenue_code=st.just("0300"))
ANY_LINE = LINE | FULL_LINE | RECODED_LINE | REVENUE_LINE

PERSON = st.builds(
    RemittanceName,
    last_name=NAME,
    first_name=TEXT,
    middle_name=TEXT,
    suffix=st.sampled_from(["", "JR"]),
    identifier=st.builds(Reference, qualifier=st.just("MI"), value=CODE),
)
PAYER_NAME = st.builds(
    RemittanceName,
    last_name=NAME,
    is_organization=st.just(True),  # noqa: FBT003 - a value, not a flag
    identifier=st.builds(Reference, qualifier=st.just("PI"), value=CODE),
)
REMARKS = _some(st.sampled_from(["MA01", "MA18"]), 5)
DAYS = st.none() | QUANTITY
INPATIENT = numbers(
    InpatientAdjudication,
    {
        "covered_days": QUANTITY,
        "lifetime_psychiatric_days": DAYS,
        "cost_report_days": DAYS,
        "remarks": REMARKS,
    },
)
OUTPATIENT = st.builds(
    OutpatientAdjudication,
    reimbursement_rate=QUANTITY,
    hcpcs_payable=st.none() | MONEY,
    remarks=REMARKS,
    renal_disease_amount=st.none() | MONEY,
    professional_component=st.none() | MONEY,
)
CLAIM = st.builds(
    RemittanceClaim,
    claim_control_number=CODE,
    status=st.sampled_from(["1", "2", "3", "4", "19", "22"]),
    charge=MONEY,
    paid=MONEY,
    patient_responsibility=st.none() | MONEY,
    filing_indicator=st.sampled_from(["12", "MB", "MC"]),
    payer_claim_control_number=CODE,
    facility_code=st.sampled_from(["", "11"]),
    frequency_code=st.sampled_from(["", "1", "7"]),
    patient_last_name=NAME,
    patient_first_name=NAME.filter(lambda name: not name.endswith("ISA")),
    member_id=st.just("") | CODE,
    corrected_member_id=st.just("") | CODE,
    rendering_provider_npi=st.sampled_from(["", NPI]),
    statement_from=st.none() | DAY,
    statement_to=st.none() | DAY,
    received_on=st.none() | DAY,
    adjustments=ADJUSTMENTS,
    remarks=REMARKS,
    lines=st.lists(ANY_LINE, max_size=2).map(tuple),
)
CROSSOVER_CLAIM = st.builds(
    lambda claim, name, code: replace(claim, crossover_payer_name=name, crossover_payer_id=code),
    CLAIM,
    NAME,
    CODE,
)
CLAIM_SUPPLEMENT = st.builds(
    RemittanceClaimSupplement,
    patient_middle_name=TEXT,
    patient_suffix=st.sampled_from(["", "III"]),
    corrected_payer=st.none() | PAYER_NAME,
    other_subscriber=st.none() | PERSON,
    drg_code=st.sampled_from(["", "470"]),
    drg_weight=st.none() | QUANTITY,
    discharge_fraction=st.none() | QUANTITY,
    inpatient=st.none() | INPATIENT,
    outpatient=st.none() | OUTPATIENT,
    references=references("1L", "EA", "F8", "G1", "SY"),
    provider_references=references("0B", "1C", "G2", "LU"),
    coverage_expired_on=st.none() | DAY,
    contacts=_some(
        st.builds(Contact, name=TEXT, numbers=st.lists(PHONE, min_size=1, max_size=2).map(tuple)),
        2,
    ),
    amounts=_amounts("AU", "D8", "F5", "I", "NL", "ZM"),
    quantities=_quantities("CA", "LA", "OU", "VS", "ZN"),
)


def _with_supplement(claim: RemittanceClaim, more: RemittanceClaimSupplement) -> RemittanceClaim:
    """Give a claim a supplement; the remarks are those of MIA and MOA, where there are any."""
    inpatient = more.inpatient.remarks if more.inpatient else ()
    outpatient = more.outpatient.remarks if more.outpatient else ()
    has_either = more.inpatient is not None or more.outpatient is not None
    remarks = (*inpatient, *outpatient) if has_either else claim.remarks
    return replace(claim, supplement=more, remarks=remarks)


def _with_insured(claim: RemittanceClaim, insured: RemittanceName, number: str) -> RemittanceClaim:
    """Name the insured, whose number then is the member id unless the patient has one."""
    assert insured.identifier is not None
    more = replace(
        claim.supplement,
        insured=insured,
        rendering_provider=replace(insured, identifier=Reference("XX", NPI)),
        patient_identifier=Reference("34", number),
    )
    return replace(
        claim,
        supplement=more,
        member_id=insured.identifier.value,
        rendering_provider_npi=NPI,
    )


FULL_CLAIM = st.builds(_with_supplement, CLAIM, CLAIM_SUPPLEMENT)
DEPENDENT_CLAIM = st.builds(_with_insured, FULL_CLAIM, PERSON, CODE)
ANY_CLAIM = CLAIM | CROSSOVER_CLAIM | FULL_CLAIM | DEPENDENT_CLAIM
