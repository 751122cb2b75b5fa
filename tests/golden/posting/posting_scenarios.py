"""What payers do, one scenario each: the claims that were billed and the files that came."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from sqlmodel import select

from models.documents.claim import Adjustment
from models.documents.remittance import RemittanceClaim, RemittanceDocument, RemittanceLine
from models.tables import Claim, ClaimVersion
from models.values.money import Money
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import (
    SERVICE_DATE,
    BilledClaim,
    BillingOffice,
    a_decision,
    a_remittance,
    reversed_decision,
)

Files = Sequence[Sequence[RemittanceDocument]]
Scenario = Callable[["Desk"], Files]
PAID_OF_150 = (5_000, [("CO", "45", 7_500), ("PR", "1", 2_500)])
CORRECTED = (4_000, [("CO", "45", 7_500), ("PR", "1", 3_500)])


@dataclass(slots=True)
class Desk:
    """Bills claims under numbers that stay the same, so that files can be kept."""

    office: BillingOffice
    billed: int = 0

    def bill(self, *cents: int, coverages: Sequence[int] = (1,)) -> BilledClaim:
        """Bill the first payer."""
        return self._numbered(self.office.bill(*cents, coverages=coverages))

    def bill_next(self, first: BilledClaim, rank: int = 2) -> BilledClaim:
        """Bill the same services to the next payer."""
        return self._numbered(self.office.bill_next(first, rank))

    def _numbered(self, claim: BilledClaim) -> BilledClaim:
        self.billed += 1
        number = f"GOLDEN{self.billed:04}"
        client_id = self.office.act.client_id
        with transaction(self.office.database_url, client_id) as session:
            row = session.exec(
                select(Claim).where(Claim.client_id == client_id, Claim.id == claim.claim_id)
            ).one()
            version = session.exec(
                select(ClaimVersion).where(
                    ClaimVersion.client_id == client_id, ClaimVersion.claim_id == claim.claim_id
                )
            ).one()
            row.control_number = version.control_number = number
            session.add_all([row, version])
        return replace(claim, control_number=number)


def line(
    code: str, cents: int, paid: int, *said: tuple[str, str, int], was: str = "", number: str = ""
) -> RemittanceLine:
    """Write one service as a payer judged it, without our line number unless it is given."""
    return RemittanceLine(
        charge=Money(cents),
        paid=Money(paid),
        procedure_code=code,
        submitted_procedure_code=was,
        service_date=SERVICE_DATE,
        line_control_number=number,
        adjustments=tuple(Adjustment(group, code, Money(amount)) for group, code, amount in said),
    )


def with_lines(claim: BilledClaim, *lines: RemittanceLine) -> RemittanceClaim:
    """Decide a claim with these lines."""
    charge = sum(one.charge.cents for one in lines)
    paid = sum(one.paid.cents for one in lines)
    whole = a_decision(claim, *((0, []) for _ in claim.charges))
    return replace(whole, charge=Money(charge), paid=Money(paid), lines=lines)


def primary_pays(desk: Desk) -> Files:
    claim = desk.bill(15_000, 4_000)
    decision = a_decision(
        claim,
        (9_000, [("CO", "45", 4_000), ("PR", "3", 2_000)]),
        (3_000, [("CO", "45", 1_000)]),
    )
    return [[a_remittance(decision)]]


def secondary_writes_off_what_is_new(desk: Desk) -> Files:
    first = desk.bill(50_000, coverages=(1, 2))
    second = desk.bill_next(first)
    one = a_decision(first, (30_000, [("CO", "45", 12_500), ("PR", "1", 7_500)]))
    said = [("OA", "23", 42_500), ("CO", "45", 1_000)]
    two = a_decision(second, (6_500, said), status="2", payer_number="ICN2")
    return [[a_remittance(one)], [a_remittance(two, trace="EFT2")]]


def secondary_repeats_the_write_off(desk: Desk) -> Files:
    first = desk.bill(50_000, coverages=(1, 2))
    second = desk.bill_next(first)
    one = a_decision(first, (30_000, [("CO", "45", 12_500), ("PR", "1", 7_500)]))
    two = a_decision(second, (6_500, [("CO", "45", 43_500)]), status="2", payer_number="ICN2")
    return [[a_remittance(one)], [a_remittance(two, trace="EFT2")]]


def third_payer_pays_the_rest(desk: Desk) -> Files:
    first = desk.bill(20_000, coverages=(1, 2, 3))
    second, third = desk.bill_next(first), desk.bill_next(first, 3)
    one = a_decision(first, (10_000, [("CO", "45", 4_000), ("PR", "2", 6_000)]))
    two = a_decision(
        second, (4_000, [("OA", "23", 14_000), ("PR", "2", 2_000)]), status="2", payer_number="I2"
    )
    three = a_decision(third, (2_000, [("OA", "23", 18_000)]), status="3", payer_number="I3")
    return [
        [a_remittance(one)],
        [a_remittance(two, trace="EFT2")],
        [a_remittance(three, trace="EFT3")],
    ]


def forwarded_and_answered_under_the_first_number(desk: Desk) -> Files:
    claim = desk.bill(20_000, coverages=(1, 2))
    one = a_decision(claim, (9_600, [("CO", "45", 8_000), ("PR", "2", 2_400)]), status="19")
    one = replace(one, crossover_payer_name="Meadow Mutual", crossover_payer_id="MMUT2")
    two = a_decision(claim, (2_400, [("OA", "23", 17_600)]), status="2", payer_number="OTHER")
    return [[a_remittance(one)], [a_remittance(two, trace="EFT2")]]


def deductible_at_claim_level(desk: Desk) -> Files:
    claim = desk.bill(10_000, 5_000)
    decision = a_decision(claim, (8_000, [("CO", "45", 2_000)]), (4_000, [("CO", "45", 1_000)]))
    whole = (Adjustment("PR", "1", Money(3_001)),)
    return [[a_remittance(replace(decision, paid=Money(8_999), adjustments=whole))]]


def nothing_paid_and_denied(desk: Desk) -> Files:
    claim = desk.bill(15_000)
    return [[a_remittance(a_decision(claim, (0, [("CO", "50", 15_000)])))]]


def nothing_paid_and_all_deductible(desk: Desk) -> Files:
    claim = desk.bill(15_000)
    said = [("CO", "45", 5_000), ("PR", "1", 10_000)]
    return [[a_remittance(a_decision(claim, (0, said)))]]


def reversal_and_correction_in_one_file(desk: Desk) -> Files:
    claim = desk.bill(15_000)
    original = a_decision(claim, PAID_OF_150)
    correction = a_decision(claim, CORRECTED, payer_number="ICN2")
    back = reversed_decision(original)
    return [[a_remittance(original)], [a_remittance(correction, back, trace="EFT2")]]


def reversal_before_its_original(desk: Desk) -> Files:
    claim = desk.bill(15_000)
    original = a_decision(claim, PAID_OF_150)
    back = a_remittance(reversed_decision(original), trace="EFT2", plb=[("WO", "ICN1", -5_000)])
    return [[back], [a_remittance(original)]]


def correction_before_the_reversal(desk: Desk) -> Files:
    claim = desk.bill(15_000)
    original = a_decision(claim, PAID_OF_150)
    correction = a_decision(claim, CORRECTED, payer_number="ICN2")
    back = a_remittance(reversed_decision(original), trace="EFT3", plb=[("WO", "ICN1", -5_000)])
    return [[a_remittance(original)], [a_remittance(correction, trace="EFT2")], [back]]


def second_decision_without_a_reversal(desk: Desk) -> Files:
    claim = desk.bill(15_000)
    again = a_decision(claim, CORRECTED, payer_number="ICN2")
    return [[a_remittance(a_decision(claim, PAID_OF_150))], [a_remittance(again, trace="EFT2")]]


def taken_back_with_a_reversal(desk: Desk) -> Files:
    claim, other = desk.bill(15_000), desk.bill(9_000)
    original = a_decision(claim, PAID_OF_150)
    back = a_remittance(reversed_decision(original), trace="EFT2", plb=[("WO", "ICN1", -5_000)])
    paid = a_decision(other, (9_000, []), payer_number="ICN9")
    later = a_remittance(paid, trace="EFT3", plb=[("WO", "ICN1", 5_000)])
    return [[a_remittance(original)], [back], [later]]


def taken_back_without_a_word(desk: Desk) -> Files:
    paid = a_decision(desk.bill(100_000), (100_000, []))
    plb = [("WO", "FCN9", 12_000), ("L6", "FCN9", -250)]
    return [[a_remittance(paid, plb=plb)]]


def balance_forwarded_to_the_next_payment(desk: Desk) -> Files:
    claim, other = desk.bill(15_000), desk.bill(9_000)
    original = a_decision(claim, PAID_OF_150)
    back = a_remittance(reversed_decision(original), trace="EFT2", plb=[("FB", "EFT2", -5_000)])
    paid = a_decision(other, (9_000, []), payer_number="ICN9")
    later = a_remittance(paid, trace="EFT3", plb=[("FB", "EFT2", 5_000)])
    return [[a_remittance(original)], [back], [later]]


def money_that_belongs_to_no_claim(desk: Desk) -> Files:
    paid = a_decision(desk.bill(10_000), (10_000, []))
    plb = [
        ("CT", "MAY", -40_000),
        ("CR", "MAY", -100),
        ("BN", "Q3", -2_500),
        ("PI", "NOV", -30_000),
        ("50", "LATE", 1_500),
        ("E3", "2026", 700),
        ("IR", "W9", 2_400),
        ("72", "CHECK9", -600),
        ("L6", "ICN1", -250),
        ("CS", "MISC", 100),
        ("ZZ", "ODD", 50),
    ]
    return [[a_remittance(paid, plb=plb)]]


def withheld_and_sequestered(desk: Desk) -> Files:
    claim = desk.bill(10_000)
    said = [("CO", "45", 2_000), ("CO", "253", 160), ("CO", "104", 500)]
    return [[a_remittance(a_decision(claim, (7_340, said)))]]


def one_service_in_two_lines(desk: Desk) -> Files:
    claim = desk.bill(9_000, 4_000)
    decision = with_lines(
        claim,
        line("99213", 3_000, 2_000, ("CO", "45", 1_000)),
        line("99213", 6_000, 4_000, ("CO", "45", 2_000)),
        line("85025", 4_000, 4_000),
    )
    return [[a_remittance(decision)]]


def two_services_in_one_line(desk: Desk) -> Files:
    claim = desk.bill(9_000, 4_000)
    decision = with_lines(claim, line("80050", 13_000, 10_001, ("CO", "45", 2_999)))
    return [[a_remittance(decision)]]


def two_services_in_one_line_beside_a_third(desk: Desk) -> Files:
    claim = desk.bill(9_000, 4_000, 6_000)
    decision = with_lines(
        claim,
        line("80050", 13_000, 10_001, ("CO", "45", 2_999)),
        line("71046", 6_000, 4_500, ("CO", "45", 1_500)),
    )
    return [[a_remittance(decision)]]


def changed_code(desk: Desk) -> Files:
    claim = desk.bill(9_000)
    decision = with_lines(claim, line("99212", 9_000, 5_000, ("CO", "45", 4_000), was="99213"))
    return [[a_remittance(decision)]]


def number_that_nobody_knows_and_services_that_one_claim_has(desk: Desk) -> Files:
    claim = desk.bill(9_000, 4_000)
    decision = with_lines(claim, line("99213", 9_000, 9_000), line("85025", 4_000, 4_000))
    nameless = replace(decision, claim_control_number="0", member_id="M1")
    return [[a_remittance(nameless)]]


def claim_of_nobody(desk: Desk) -> Files:
    decision = a_decision(desk.bill(15_000), PAID_OF_150)
    return [[a_remittance(replace(decision, claim_control_number="LOST99"))]]


def line_of_nobody(desk: Desk) -> Files:
    claim = desk.bill(9_000, 4_000)
    decision = with_lines(claim, line("99213", 9_000, 9_000), line("90658", 4_000, 4_000))
    return [[a_remittance(decision)]]


def more_paid_than_owed(desk: Desk) -> Files:
    first = desk.bill(10_000, coverages=(1, 2))
    second = desk.bill_next(first)
    one = a_decision(first, (8_000, [("PR", "2", 2_000)]))
    two = a_decision(second, (5_000, [("OA", "23", 5_000)]), status="2", payer_number="I2")
    return [[a_remittance(one)], [a_remittance(two, trace="EFT2")]]


def prediction_only(desk: Desk) -> Files:
    noted = a_decision(desk.bill(15_000), (0, [("OA", "101", 15_000)]), status="25")
    return [[a_remittance(noted)]]


def not_this_payers_claim(desk: Desk) -> Files:
    noted = a_decision(desk.bill(15_000), (0, [("OA", "109", 15_000)]), status="23")
    return [[a_remittance(noted)]]


SCENARIOS: Final[Mapping[str, Scenario]] = MappingProxyType(
    {
        scenario.__name__: scenario
        for scenario in (
            primary_pays,
            secondary_writes_off_what_is_new,
            secondary_repeats_the_write_off,
            third_payer_pays_the_rest,
            forwarded_and_answered_under_the_first_number,
            deductible_at_claim_level,
            nothing_paid_and_denied,
            nothing_paid_and_all_deductible,
            reversal_and_correction_in_one_file,
            reversal_before_its_original,
            correction_before_the_reversal,
            second_decision_without_a_reversal,
            taken_back_with_a_reversal,
            taken_back_without_a_word,
            balance_forwarded_to_the_next_payment,
            money_that_belongs_to_no_claim,
            withheld_and_sequestered,
            one_service_in_two_lines,
            two_services_in_one_line,
            two_services_in_one_line_beside_a_third,
            changed_code,
            number_that_nobody_knows_and_services_that_one_claim_has,
            claim_of_nobody,
            line_of_nobody,
            more_paid_than_owed,
            prediction_only,
            not_this_payers_claim,
        )
    }
)
