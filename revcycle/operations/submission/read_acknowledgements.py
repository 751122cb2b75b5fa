"""One acknowledgement file as statements about files and claims."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.documents.acknowledgement import FunctionalAcknowledgement
from models.documents.finding import Finding
from revcycle.formats.x12.diagnostics import findings_of
from revcycle.formats.x12.interchange import read_interchanges
from revcycle.formats.x12.t277ca import read_claim_acknowledgements
from revcycle.formats.x12.t999 import read_functional_acknowledgements
from revcycle.formats.x12.ta1 import read_interchange_acknowledgements
from revcycle.operations.submission.acknowledged_claims import ClaimStatement
from revcycle.operations.submission.acknowledged_files import FileStatement
from revcycle.rules.submission.acknowledged import refusal_code, word_of

FUNCTIONAL_KINDS = frozenset({"999", "997"})
CLAIM_KIND = "277"


@dataclass(frozen=True, slots=True)
class ReadStatements:
    """Everything that one file says."""

    files: tuple[FileStatement, ...]
    claims: tuple[ClaimStatement, ...]
    findings: tuple[Finding, ...]


def read_acknowledgements(content: bytes) -> ReadStatements:
    """Read a file that may hold a TA1 beside a 999 or a 277CA.

    Raises:
        NotX12Error: there is no ISA.
    """
    interchanges = read_interchanges(content)
    kinds = {transaction.kind for one in interchanges for transaction in one.transactions}
    envelopes, findings = read_interchange_acknowledgements(content)
    files = [
        FileStatement("TA1", int(ack.control_number), not ack.is_rejected, ack.code, ack.note_code)
        for ack in envelopes
        if ack.control_number.isdigit()
    ]
    claims: tuple[ClaimStatement, ...] = ()
    if kinds & FUNCTIONAL_KINDS:
        groups, more = read_functional_acknowledgements(content)
        files.extend(statement for group in groups for statement in _of_group(group))
        findings = (*findings, *more)
    if CLAIM_KIND in kinds:
        acks, more = read_claim_acknowledgements(content)
        findings = (*findings, *more)
        claims = tuple(
            ClaimStatement(
                ack.claim_control_number,
                word_of(ack),
                ack.is_accepted,
                refusal_code(ack),
                ack.payer_claim_control_number,
                ack.batch_reference,
            )
            for ack in acks
        )
    return ReadStatements(tuple(files), claims, findings_of(findings))


def _of_group(group: FunctionalAcknowledgement) -> Iterator[FileStatement]:
    """Read one statement per group: we send one transaction a file, so one refusal is of all."""
    number = group.group_control_number
    refused = [one for one in group.transactions if one.is_rejected]
    code = refused[0].code if refused else group.code
    is_accepted = not (group.is_rejected or refused)
    if number.isdigit():
        yield FileStatement("999", int(number), is_accepted, code)
