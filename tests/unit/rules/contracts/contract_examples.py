"""Terms and services of an invented contract, with what a test is about as arguments."""

from datetime import date
from decimal import Decimal
from typing import Any

from models.documents.contract import ContractBook, ContractService, ContractTerm, PriceMethod
from models.values.identifiers import new_id
from models.values.money import Money
from revcycle.rules.contracts.price_claim import Pricer

DAY = date(2026, 10, 5)
GROUP_NPI, RENDERING_NPI = "1999900107", "1999900115"
CLAIM_ID = new_id()


def a_term(line: int = 2, **given: Any) -> ContractTerm:
    """Say what a payer agreed to: 62 % of the charge of everything, unless a test says else."""
    facts: dict[str, Any] = {
        "key": f"term{line}",
        "payer_key": "blue_heron",
        "valid_from": date(2026, 1, 1),
        "method": PriceMethod.PERCENT_OF_CHARGE,
        "rate": Decimal(62),
    }
    codes = given.pop("codes", "")
    low, _, high = codes.partition("-")
    return ContractTerm(line=line, **{**facts, "code_low": low, "code_high": high or low, **given})


def a_fee(amount: str, line: int = 2, **given: Any) -> ContractTerm:
    """Say a fee for each unit."""
    return a_term(line, method=PriceMethod.FEE, rate=Decimal(amount), **given)


def a_service(code: str = "99213", charge: str = "155.00", **given: Any) -> ContractService:
    """Bill one service in the office on the day."""
    facts: dict[str, Any] = {
        "claim_line_id": new_id(),
        "claim_id": CLAIM_ID,
        "number": 1,
        "payer_key": "blue_heron",
        "payer_name": "Blue Heron",
        "plan": "",
        "rendering_npi": RENDERING_NPI,
        "group_npi": GROUP_NPI,
        "taxonomy": "207Q00000X",
        "place_of_service": "11",
        "service_date": DAY,
        "modifiers": (),
        "units": Decimal(1),
    }
    return ContractService(code=code, charge=Money.parse(charge), **{**facts, **given})


def a_pricer(*terms: ContractTerm, **given: Any) -> Pricer:
    """Make a pricer of terms."""
    return Pricer(ContractBook(terms, **given))


def prices(pricer: Pricer, *services: ContractService) -> list[str]:
    """Price a claim; ``-`` where no term says it."""
    return ["-" if one.amount is None else str(one.amount) for one in pricer.price_claim(services)]
