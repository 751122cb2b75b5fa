"""The check of a file: envelope, guide, balances, situations, codes, payer; problems are values."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import BinaryIO

from models.documents.finding import Severity
from revcycle.formats.x12.checks.code_sets import NO_CODE_SETS, CodeSets
from revcycle.formats.x12.checks.dispatch import Examiner
from revcycle.formats.x12.checks.envelope import EnvelopeChecker
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.guide import check_guide
from revcycle.formats.x12.checks.partner_rules import PartnerChecker
from revcycle.formats.x12.checks.profiles import Profile
from revcycle.formats.x12.collector import collector_paused
from revcycle.formats.x12.diagnostics import Diagnostic, Snip
from revcycle.formats.x12.interchange import Group, Interchange, Passage, Transaction, walk_file
from revcycle.formats.x12.lexing import NO_LIMITS, Limits
from revcycle.formats.x12.reading import Place
from revcycle.formats.x12.remittances.checking import check_remittance
from revcycle.formats.x12.segments import NotX12Error

NO_GUIDE = "x12.guide_unknown"


@collector_paused()
def check_file(
    data: bytes,
    limits: Limits = NO_LIMITS,
    *,
    codes: CodeSets = NO_CODE_SETS,
    profile: Profile | None = None,
    is_strict: bool = True,
) -> tuple[Diagnostic, ...]:
    """Report everything in a file that does not hold; nothing is raised on data.

    Args:
        data: The file.
        limits: How much of it is read.
        codes: Code sets that this package does not hold, such as ICD-10-CM.
        profile: What the payer or partner wants beyond the guides; see ``profile_named``.
        is_strict: Whether what receivers take and then reject claim by claim, such as an NPI
            with a wrong check digit, is an error: right for files of ours.
    """
    return tuple(check_stream(data, limits, codes=codes, profile=profile, is_strict=is_strict))


def check_stream(
    source: bytes | BinaryIO,
    limits: Limits = NO_LIMITS,
    *,
    codes: CodeSets = NO_CODE_SETS,
    profile: Profile | None = None,
    is_strict: bool = True,
) -> Iterator[Diagnostic]:
    """Check a file of any size, transaction by transaction, as ``check_file`` does.

    Source:
        X12.5 (ISA to IEA), X12.6 (GS, ST); the guides, as ``guides`` restates their tables and
        ``checks`` their balances and situations; docs/reference/x12_checks.md lists the rules.
    """
    check = passage_checker(codes, profile, is_strict=is_strict)
    try:
        for passage in walk_file(source, limits):
            yield from check(passage)
    except NotX12Error as error:
        yield Diagnostic(Snip.STRUCTURE, "x12.no_isa", Severity.ERROR, "ISA", str(error), tag="ISA")


def passage_checker(
    codes: CodeSets = NO_CODE_SETS,
    profile: Profile | None = None,
    *,
    is_strict: bool = True,
) -> Callable[[Passage], Iterator[Diagnostic]]:
    """Return what checks one file part by part, for those who walk it themselves."""
    partner = PartnerChecker(profile) if profile is not None else None
    return _Checker(codes, partner, is_strict).check


@dataclass(slots=True)
class _Checker:
    """Checks passage after passage of one file."""

    codes: CodeSets
    partner: PartnerChecker | None
    is_strict: bool
    envelopes: EnvelopeChecker = field(default_factory=EnvelopeChecker)
    examiner: Examiner = field(default_factory=Examiner)

    def check(self, passage: Passage) -> Iterator[Diagnostic]:
        yield from self.envelopes.check(passage)
        if passage.transaction is not None:
            yield from self._check_transaction(
                passage.interchange, passage.group, passage.transaction
            )

    def _check_transaction(
        self, interchange: Interchange, group: Group | None, transaction: Transaction
    ) -> list[Diagnostic]:
        by_guide = check_guide(
            transaction,
            delimiters=interchange.delimiters,
            interchange=interchange.control_number,
            functional_code=group.functional_code if group is not None else "",
        )
        has_guide = not any(one.rule_id == NO_GUIDE for one in by_guide[:1])
        exam = Examination(interchange, transaction, group, self.codes, has_guide, self.is_strict)
        self.examiner.examine(exam)
        if self.partner is not None:
            self.partner.check(exam)
        if transaction.kind == "835":
            check_remittance(Place(interchange, transaction, exam.found))
        return _joined(by_guide, exam.found)


def _joined(by_guide: list[Diagnostic], found: list[Diagnostic]) -> list[Diagnostic]:
    """Put both in the order of the file; where the guide refuses an element, once is enough."""
    if found:
        refused = {(one.segment, one.element) for one in by_guide if one.severity is Severity.ERROR}
        found = [
            one for one in found if not one.element or (one.segment, one.element) not in refused
        ]
    return sorted([*by_guide, *found], key=attrgetter("segment"))
