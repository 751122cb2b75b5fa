"""The examination of one transaction: what all rules look at, and what they found."""

import re
from dataclasses import dataclass, field
from datetime import date

from models.documents.finding import Severity
from revcycle.formats.x12.checks.code_sets import NO_CODE_SETS, CodeSets
from revcycle.formats.x12.checks.outline import Outline
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.checks.values import to_day
from revcycle.formats.x12.diagnostics import Diagnostic, element_and_component
from revcycle.formats.x12.interchange import Group, Interchange, Transaction
from revcycle.formats.x12.segments import Segment

_TAG = re.compile(r"[A-Z][A-Z0-9]{1,2}?(?=\d\d(?:-|$)|\*|$)")
ANSWERS = frozenset({"835", "271", "277"})  # what payers send and nobody can refuse
INSTITUTIONAL_VERSIONS = ("005010X223", "005010X292")
PROFESSIONAL_VERSIONS = ("005010X222", "005010X291")


@dataclass(slots=True, repr=False)
class Examination:
    """One transaction on the table.

    Attributes:
        separator: Of components.
        created_on: The later of the day of the group and that of the transaction (BHT04), or
            ``None``; a file is judged by its own date, never by a clock.
        tags: Every segment id of the transaction, so that rules about rare ones cost nothing.
        codes: Code sets that somebody else keeps.
        has_guide: Whether the guide's tables were applied, too; what they demand is theirs.
        is_strict: Whether what receivers reject claim by claim is an error already.
        found: What the rules reported.
    """

    interchange: Interchange
    transaction: Transaction
    group: Group | None = None
    codes: CodeSets = NO_CODE_SETS
    has_guide: bool = False
    is_strict: bool = True
    found: list[Diagnostic] = field(default_factory=list)
    separator: str = ":"
    created_on: date | None = None
    tags: frozenset[str] = frozenset()
    _outline: Outline | None = None

    def __post_init__(self) -> None:
        """Take from the envelope what rules ask for again and again."""
        self.separator = self.interchange.delimiters.component
        self.created_on = self._created_on()
        self.tags = frozenset({one[0] for one in self.segments})

    @property
    def segments(self) -> list[Segment]:
        """ST to SE."""
        return self.transaction.segments

    @property
    def kind(self) -> str:
        """ST01."""
        return self.transaction.kind

    @property
    def is_professional(self) -> bool:
        """Whether it is an 837P or its predetermination."""
        return self.transaction.version.startswith(PROFESSIONAL_VERSIONS)

    @property
    def is_institutional(self) -> bool:
        """Whether it is an 837I or its predetermination."""
        return self.transaction.version.startswith(INSTITUTIONAL_VERSIONS)

    @property
    def outline(self) -> Outline:
        """Its loops; made at the first question."""
        if self._outline is None:
            transaction = self.transaction
            self._outline = Outline(self.segments, transaction.kind, transaction.version)
        return self._outline

    def report(
        self, rule: Rule, index: int, subject: str, message: str = "", advice: str = ""
    ) -> None:
        """Keep that a rule does not hold.

        Args:
            rule: The rule.
            index: Of the segment concerned; of one that is missing, where it is missed.
            subject: ``CLM05-3``, or ``REF*F8`` for a whole or missing segment.
            message: Instead of the rule's own, where more can be said.
            advice: Instead of the rule's own.
        """
        element, component = element_and_component(subject)
        tag = _TAG.match(subject)
        self.found.append(
            Diagnostic(
                level=rule.level,
                rule_id=rule.id,
                severity=self._severity(rule),
                subject=subject,
                message=message or rule.message,
                advice=advice or rule.advice,
                interchange=self.interchange.control_number,
                transaction=self.transaction.control_number,
                kind=self.kind,
                loop=self.outline.loop_at(index).id,
                segment=index + 1,
                tag=tag[0] if tag else subject,
                element=element,
                component=component,
                code=rule.code,
            )
        )

    def _severity(self, rule: Rule) -> Severity:
        is_mild = rule.is_mild_in_answers and self.kind in ANSWERS
        is_later = rule.is_later_matter and not self.is_strict
        is_error = rule.severity is Severity.ERROR
        return Severity.WARNING if is_error and (is_mild or is_later) else rule.severity

    def _created_on(self) -> date | None:
        days = [to_day(self.group.header.get(4))] if self.group is not None else []
        days += [to_day(one.get(4)) for one in self.segments[1:2] if one[0] == "BHT"]
        return max((day for day in days if day is not None), default=None)
