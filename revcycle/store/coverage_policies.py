"""Queries on payers' policies about procedures, which are the same for every practice."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import groupby

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models.documents.coding_case import PolicyFacts
from models.tables import CoveragePolicy
from revcycle.store.ledger import in_chunks


def list_policies(
    session: Session, edition: int, payer: str, procedures: Collection[str], on: date
) -> Mapping[str, tuple[PolicyFacts, ...]]:
    """Map procedures to the policies of a payer that are in force on a day.

    Policies without a payer hold for every payer. A procedure without any is left out.

    Args:
        session: The database.
        edition: Of ``coverage_policy``.
        payer: Our key of the payer; empty while nobody knows who pays.
        procedures: Their codes.
        on: The date of service; a policy's last day is in force.
    """
    found: dict[str, list[PolicyFacts]] = {}
    for part in in_chunks(sorted(set(procedures))):
        rows = _rows(session, edition, {payer, ""}, part, on)
        for (procedure, policy), group in groupby(
            rows, key=lambda row: (row.procedure_code, row.policy)
        ):
            found.setdefault(procedure, []).append(_facts(policy, list(group)))
    return {procedure: tuple(policies) for procedure, policies in found.items()}


def _rows(
    session: Session, edition: int, payers: Collection[str], procedures: Sequence[str], on: date
) -> Sequence[CoveragePolicy]:
    statement = (
        select(CoveragePolicy)
        .where(
            CoveragePolicy.edition_id == edition,
            col(CoveragePolicy.procedure_code).in_(procedures),
            col(CoveragePolicy.payer).in_(payers),
            CoveragePolicy.effective_on <= on,
            or_(col(CoveragePolicy.ends_on).is_(None), col(CoveragePolicy.ends_on) >= on),
        )
        .order_by(
            col(CoveragePolicy.procedure_code),
            col(CoveragePolicy.policy),
            col(CoveragePolicy.ordinal),
        )
    )
    return session.exec(statement).all()


def _facts(policy: str, rows: Sequence[CoveragePolicy]) -> PolicyFacts:
    """Put the rows of one policy about one procedure together.

    A row that limits visits only names no diagnosis.
    """
    visits = [row.visits_a_year for row in rows if row.visits_a_year is not None]
    return PolicyFacts(
        policy=policy,
        diagnoses=tuple(_range(row) for row in rows if row.supports and row.first_diagnosis),
        never=tuple(_range(row) for row in rows if not row.supports and row.first_diagnosis),
        visits_a_year=min(visits) if visits else None,
        source=next((row.source for row in rows if row.source), ""),
    )


def _range(row: CoveragePolicy) -> tuple[str, str]:
    return row.first_diagnosis, row.last_diagnosis
