"""A billing office with a contract: its first payer agreed to fees for three services."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from models.documents.act import Act
from models.documents.contract import ContractBook, ContractTerm, PriceMethod
from models.tables import ExpectedAmount, Variance, WorkItem
from revcycle.operations.contracts.compare_claims import compare_claims
from revcycle.operations.contracts.policies import ContractPolicy
from revcycle.operations.contracts.price_claims import price_claims
from revcycle.operations.contracts.settle_differences import SettledCount
from revcycle.store.contracts import (
    PracticeTerms,
    list_uncompared_claim_ids,
    list_unpriced_claim_ids,
)
from revcycle.store.session import transaction
from tests.integration.posting.billing_office import NPI, BilledClaim, BillingOffice

PRACTICE = PracticeTerms(NPI, "261QP2300X", "11")


def a_fee(code: str, amount: str, line: int = 2, **given: Any) -> ContractTerm:
    """Say what the first payer pays for each unit of a code."""
    return ContractTerm(
        line=line,
        key=f"{code}-{line}",
        payer_key=given.pop("payer_key", "payer_1"),
        valid_from=date(2026, 1, 1),
        method=PriceMethod.FEE,
        rate=Decimal(amount),
        code_low=code,
        code_high=code,
        **given,
    )


TERMS = (a_fee("99213", "90.00"), a_fee("85025", "20.00", 3), a_fee("71046", "45.00", 4))

AGREED = ContractPolicy(ContractBook(TERMS, version="v1"), PRACTICE)


@dataclass(frozen=True, slots=True)
class ContractOffice:
    """A billing office, and what a person or the next run does about its contracts."""

    office: BillingOffice
    policy: ContractPolicy = AGREED

    @property
    def act(self) -> Act:
        """Who acts."""
        return self.office.act

    def price_all(self) -> int:
        """Do what the end of a submission run does; return how many claims were priced."""
        with transaction(self.office.database_url, self.act.client_id) as session:
            ids = list_unpriced_claim_ids(session, self.act.client_id)
            return price_claims(session, self.act, ids, policy=self.policy).claims

    def compare_all(self) -> SettledCount:
        """Do what a posting run does after its files."""
        self.wait()
        with transaction(self.office.database_url, self.act.client_id) as session:
            ids = list_uncompared_claim_ids(session, self.act.client_id)
            compared = compare_claims(session, self.act, ids, policy=self.policy)
        self.wait()
        return compared

    def wait(self) -> None:
        """Let a second pass, as it does between two steps of a run."""
        act = self.office.act
        self.office.act = replace(act, at=act.at + timedelta(seconds=1))

    def compare(self, claim: BilledClaim) -> SettledCount:
        """Compare one claim, whether or not it waits for it."""
        with transaction(self.office.database_url, self.act.client_id) as session:
            return compare_claims(session, self.act, [claim.claim_id], policy=self.policy)

    def expected(self, claim: BilledClaim) -> list[ExpectedAmount]:
        """List what the lines of a claim should bring."""
        with transaction(self.office.database_url, self.act.client_id) as session:
            statement = select(ExpectedAmount).where(
                ExpectedAmount.client_id == self.act.client_id,
                ExpectedAmount.claim_id == claim.claim_id,
            )
            return sorted(session.exec(statement), key=lambda row: row.arithmetic)

    def variances(self) -> list[Variance]:
        """List all variances, oldest first."""
        with transaction(self.office.database_url, self.act.client_id) as session:
            statement = select(Variance).where(Variance.client_id == self.act.client_id)
            return list(session.exec(statement.order_by(col(Variance.id))))

    def items(self, state: str = "open") -> list[WorkItem]:
        """List the items of variances."""
        with transaction(self.office.database_url, self.act.client_id) as session:
            statement = select(WorkItem).where(
                WorkItem.client_id == self.act.client_id,
                WorkItem.queue == "variance",
                WorkItem.state == state,
            )
            return list(session.exec(statement))

    def only_variance_id(self) -> UUID:
        """Name the one variance there is."""
        (variance,) = self.variances()
        return variance.id
