"""The balances of an 835 as diagnostics, each at the segment and element concerned."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.documents.finding import Severity
from models.documents.remittance import RemittanceClaim, RemittanceDocument, RemittanceLine
from models.values.money import ZERO
from revcycle.formats.x12.diagnostics import Diagnostic, Snip, element_and_component
from revcycle.formats.x12.reading import Place, UnreadableError
from revcycle.formats.x12.remittances.balance import PAYMENT_BALANCE, Gap, gaps_of
from revcycle.formats.x12.remittances.reading_payments import PaymentReader

OLD_GROUP = "CR"
PATIENT = "PR"
PREDETERMINATION = "25"
ADVICE = {
    "SVC03": "SVC02 less all CAS of the line must be SVC03; ask the payer before you post it",
    "CLP04": "CLP03 less every CAS of claim and lines must be CLP04; ask before you post it",
    "CLP03": "all SVC02 together must be CLP03; ask the payer before you post it",
    "BPR02": "all CLP04 less all PLB amounts must be BPR02; ask the payer before you post it",
}
# What is only worth a look, by rule: what is wrong and what to do.
OWED = (
    "x12.835_patient_responsibility",
    "post what the adjustments of the group PR say, never CLP05",
)
SIGN = ("x12.835_reversal_sign", "a reversal has CLP02 22, and all its charges are negative")
GROUP = ("x12.835_old_group", "CR is of version 4010; read it as a correction of the amounts")
UNPAID = (
    "x12.835_predetermination_paid",
    "a predetermination (CLP02 25) pays nothing; post nothing",
)


def check_remittance(place: Place) -> RemittanceDocument | None:
    """Read one transaction and report what does not add up, and what could not be read.

    What the reader merely notes (segments without a field) is left out.

    Returns:
        The remittance, or None where its payment cannot be read.

    Source:
        ASC X12 005010X221A1, section 1.10.2.1 (balancing), 1.10.2.8 (reversals), CLP05, CAS01.
    """
    own = Place(place.interchange, place.transaction)
    reader = PaymentReader(own)
    document = None
    try:
        document = reader.read()
    except UnreadableError as error:
        own.report_unreadable(error, "the whole remittance")
    place.findings.extend(one for one in own.findings if one.level is not Snip.NOTE)
    if document is not None:
        place.findings.extend(_diagnostics(place, document, reader))
    return document


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Something that a person should look at; positions as in ``Gap``."""

    rule: tuple[str, str]
    subject: str
    message: str
    claim: int
    line: int = 0


def _diagnostics(
    place: Place, document: RemittanceDocument, reader: PaymentReader
) -> Iterator[Diagnostic]:
    gaps = [
        gap for gap in gaps_of(document) if reader.is_complete or gap.rule_id != PAYMENT_BALANCE
    ]
    doubts = list(_doubts(document))
    if not gaps and not doubts:
        return
    segments = _Segments(place, reader.left_out)
    for gap in gaps:
        yield segments.gap(gap)
    for doubt in doubts:
        yield segments.doubt(doubt)


def _doubts(document: RemittanceDocument) -> Iterator[_Doubt]:
    for ordinal, claim in enumerate(document.claims, start=1):
        owed = claim.patient_responsibility
        if owed is not None and _patient_shares(claim) != owed.cents:
            message = "the patient responsibility is not the sum of the adjustments of group PR"
            yield _Doubt(OWED, "CLP05", message, ordinal)
        if claim.status == PREDETERMINATION and claim.paid:
            yield _Doubt(UNPAID, "CLP04", "a predetermination is paid", ordinal)
        if claim.charge < ZERO and not claim.is_reversal:
            yield _Doubt(SIGN, "CLP03", "a charge is negative, and it is no reversal", ordinal)
        if any(one.group == OLD_GROUP for one in claim.adjustments):
            yield _Doubt(GROUP, "CAS01", "the adjustment group CR is no longer used", ordinal)
        for number, line in enumerate(claim.lines, start=1):
            yield from _line_doubts(claim, line, ordinal, number)


def _line_doubts(
    claim: RemittanceClaim, line: RemittanceLine, ordinal: int, number: int
) -> Iterator[_Doubt]:
    if claim.is_reversal and line.charge > ZERO:
        yield _Doubt(SIGN, "SVC02", "a reversal charges something", ordinal, number)
    for one in line.adjustments:
        if one.group == OLD_GROUP:
            message = "the adjustment group CR is no longer used"
            yield _Doubt(GROUP, "CAS01", message, ordinal, number)
            return


def _patient_shares(claim: RemittanceClaim) -> int:
    shares = 0
    for one in claim.adjustments:
        if one.group == PATIENT:
            shares += one.amount.cents
    for line in claim.lines:
        for one in line.adjustments:
            if one.group == PATIENT:
                shares += one.amount.cents
    return shares


class _Segments:
    """Where the claims and lines of a transaction stand; asked only when something is wrong."""

    def __init__(self, place: Place, left_out: set[int]) -> None:
        self._place = place
        self._claims: list[list[int]] = []  # the CLP and the SVC segments of each
        self._payment = 1
        for position, piece in enumerate(place.transaction.pieces, start=1):
            tag = piece.split(place.transaction.separator, 1)[0]
            if tag == "CLP":
                self._claims.append([position])
            elif tag == "SVC" and self._claims:
                self._claims[-1].append(position)
            elif tag == "BPR" and not self._claims:
                self._payment = position
        self._claims = [
            found for number, found in enumerate(self._claims, start=1) if number not in left_out
        ]

    def gap(self, gap: Gap) -> Diagnostic:
        """Report an equation that does not hold."""
        message = f"{gap.position}: {gap.message}"
        position = self._position(gap.claim, gap.line)
        return self._diagnostic(
            gap.rule_id, Severity.ERROR, gap.subject, message, ADVICE[gap.subject], position
        )

    def doubt(self, doubt: _Doubt) -> Diagnostic:
        """Report something to look at."""
        rule_id, advice = doubt.rule
        position = self._position(doubt.claim, doubt.line)
        if doubt.subject == "CAS01":
            position = self._old_group_behind(position)
        return self._diagnostic(
            rule_id, Severity.WARNING, doubt.subject, doubt.message, advice, position
        )

    def _position(self, claim: int, line: int) -> int:
        return self._claims[claim - 1][line] if claim else self._payment

    def _old_group_behind(self, position: int) -> int:
        pieces = self._place.transaction.pieces
        start = f"CAS{self._place.transaction.separator}{OLD_GROUP}"
        found = (at for at in range(position, len(pieces)) if pieces[at].startswith(start))
        return next(found, position - 1) + 1

    def _diagnostic(
        self,
        rule_id: str,
        severity: Severity,
        subject: str,
        message: str,
        advice: str,
        position: int,
    ) -> Diagnostic:
        element, component = element_and_component(subject)
        return Diagnostic(
            level=Snip.BALANCE,
            rule_id=rule_id,
            severity=severity,
            subject=subject,
            message=message,
            advice=advice,
            interchange=self._place.interchange.control_number,
            transaction=self._place.transaction.control_number,
            kind=self._place.transaction.kind,
            loop={"SVC": "2110", "CLP": "2100", "BPR": "HEADER"}.get(subject[:3], ""),
            segment=position,
            tag=subject[:3],
            element=element,
            component=component,
        )
