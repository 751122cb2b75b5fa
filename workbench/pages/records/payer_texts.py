"""What the codes of payers' decisions say by the lists that were imported, for one page at once."""

from collections.abc import Sequence
from datetime import date
from itertools import chain

from sqlmodel import Session

from models.documents.remittance import RemittanceClaim
from revcycle.operations.reference.list_texts import ListedText, list_reason_texts
from revcycle.store.decisions import DecidedLine, Decision

BETWEEN_REMARKS = ":"


def texts_of_decisions(
    session: Session, decisions: Sequence[Decision], lines: Sequence[DecidedLine], on: date
) -> tuple[ListedText, ...]:
    """List what the codes of decisions that we keep say; ``on`` is when the payer decided."""
    reasons = (said.reason for line in lines for said in line.adjustments)
    kept = [*(one.remarks for one in decisions), *(line.remarks for line in lines)]
    remarks = (remark for text in kept for remark in text.split(BETWEEN_REMARKS))
    return list_reason_texts(session, reasons, remarks, on)


def texts_of_said(session: Session, said: RemittanceClaim, on: date) -> tuple[ListedText, ...]:
    """List what the codes say of a claim of a remittance as the payer wrote it."""
    adjustments = chain(said.adjustments, *(line.adjustments for line in said.lines))
    remarks = chain(said.remarks, *(line.remarks for line in said.lines))
    return list_reason_texts(session, (one.reason for one in adjustments), remarks, on)
