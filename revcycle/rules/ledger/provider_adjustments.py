"""What to book for money a payer moves outside any claim (PLB)."""

from datetime import date
from typing import Final
from uuid import UUID

from models.documents.ledger import EntryDraft, EntryKind, LedgerSubject, PostingDraft
from models.documents.remittance import ProviderAdjustment
from models.values.accounts import Account
from revcycle.rules.ledger.provider_reasons import provider_reason

# Liabilities that a payer must have announced: in debit, they took what nobody expected.
ANNOUNCED_ACCOUNTS: Final = (Account.RECOUPMENT_DUE, Account.FORWARD_BALANCE)


def provider_adjustment_account(reason: str) -> Account:
    """Return the account of a PLB reason; suspense where a person must explain it.

    Source:
        ASC X12 005010X221A1 (835), PLB03-1.
    """
    return provider_reason(reason).account


def sub_ledger(payer_trace_id: str, reference: str) -> str:
    """Name the sub-ledger of one payer's reference."""
    return f"{payer_trace_id}:{reference}"[:80]


def provider_adjustment_entry(
    adjustment: ProviderAdjustment,
    *,
    remittance_id: UUID,
    ordinal: int,
    payer_trace_id: str,
    effective_date: date,
) -> EntryDraft:
    """Book one PLB pair: Dr the account of its reason, Cr the clearing of the remittance.

    A positive amount lowers the payment, a negative one raises it.

    Source:
        ASC X12 005010X221A1 (835), section 1.10.2.1.3: payment = claims less PLB.
    """
    subject = LedgerSubject(remittance_id=remittance_id)
    return EntryDraft.of(
        EntryKind.PROVIDER_ADJUSTMENT,
        f"plb:{remittance_id}:{ordinal}",
        effective_date,
        (
            PostingDraft(
                provider_adjustment_account(adjustment.reason),
                adjustment.amount,
                subject,
                reason=adjustment.reason,
                reference=sub_ledger(payer_trace_id, adjustment.reference),
            ),
            PostingDraft(
                Account.REMITTANCE_CLEARING, -adjustment.amount, subject, reason=adjustment.reason
            ),
        ),
    )
