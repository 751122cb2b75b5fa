"""Check a transaction against its implementation guide: SNIP types 1 and 2.

Source:
    005010X222A1, X223A2, X221A1, X279A1, X212, X214, X231A1, as the data in ``guides`` restate
    them; X12.6 (data types, conditions between elements).
"""

from collections.abc import Mapping

from models.documents.finding import Severity
from revcycle.formats.x12.checks.guide_messages import (
    FAULTS,
    TROUBLES,
    Wording,
    codes_in_words,
    words_of,
)
from revcycle.formats.x12.diagnostics import Diagnostic, Snip
from revcycle.formats.x12.guides.elements import flaws_of
from revcycle.formats.x12.guides.library import guide_for
from revcycle.formats.x12.guides.patterns import LOOSE_NUMBER, Matcher, matcher_of
from revcycle.formats.x12.guides.places import Move, plan_of
from revcycle.formats.x12.guides.recovery import Trouble
from revcycle.formats.x12.guides.rules import Guide, LoopRule, SegmentRule
from revcycle.formats.x12.guides.values import Fault, Flaw
from revcycle.formats.x12.guides.walk import Problem, Walker
from revcycle.formats.x12.interchange import Transaction
from revcycle.formats.x12.segments import Delimiters, Segment


def check_guide(
    transaction: Transaction,
    *,
    delimiters: Delimiters = Delimiters(),  # noqa: B008 - frozen
    interchange: str = "",
    functional_code: str = "",
) -> list[Diagnostic]:
    """Report everything in a transaction that its guide forbids; nothing is raised on data.

    A transaction of which we have no guide gets a note that says so.

    Args:
        transaction: ST to SE.
        delimiters: How its interchange is written.
        interchange: ISA13, for the reports.
        functional_code: GS01, where it is known.
    """
    guide = guide_for(transaction.kind, transaction.version, functional_code)
    if guide is None:
        return [_without_guide(transaction, interchange)]
    return _GuideCheck(guide, transaction, delimiters, interchange).run()


def _without_guide(transaction: Transaction, interchange: str) -> Diagnostic:
    return Diagnostic(
        level=Snip.NOTE,
        rule_id="x12.guide_unknown",
        severity=Severity.INFO,
        subject="ST01",
        message="we have no guide of this transaction and version, so it was not checked by one",
        interchange=interchange,
        transaction=transaction.control_number,
        kind=transaction.kind,
        segment=1,
        tag="ST",
        element=1,
    )


class _GuideCheck:
    """The check of one transaction."""

    def __init__(
        self, guide: Guide, transaction: Transaction, delimiters: Delimiters, interchange: str
    ) -> None:
        self._guide = guide
        self._transaction = transaction
        self._delimiters = delimiters
        self._interchange = interchange
        self._diagnostics: list[Diagnostic] = []
        self._lower_case_at = 0
        self._has_loose_number = False

    def run(self) -> list[Diagnostic]:
        segments = self._transaction.segments
        walker = Walker(plan_of(self._guide), segments, self._delimiters.component)
        matchers: dict[SegmentRule, Matcher] = {}
        delimiters = self._delimiters
        loose_number = LOOSE_NUMBER.search
        positions = range(1, len(segments) + 1)
        lines = zip(self._transaction.pieces, segments, walker.moves(), positions, strict=True)
        for piece, segment, move, position in lines:
            rule = move.rule
            if rule is not None:
                matcher = matchers.get(rule)
                if matcher is None:
                    matcher = matchers[rule] = matcher_of(rule, delimiters)
                if (
                    not matcher.matches(piece)
                    or (len(segment) > matcher.reach and not matcher.holds(segment, rule))
                    or (not self._has_loose_number and loose_number(piece))
                ):
                    self._examine(segment, rule, move, position, walker.problems)
            if walker.problems:
                self._report_problems(walker.take_problems())
            if not self._lower_case_at and piece != piece.upper():
                self._lower_case_at = position
        self._report_problems(walker.take_problems())
        self._report_lower_case()
        return self._diagnostics

    def _examine(
        self,
        segment: Segment,
        rule: SegmentRule,
        move: Move,
        position: int,
        problems: list[Problem],
    ) -> None:
        """Report each flaw of a segment, but not a qualifier that was reported already."""
        reported = {problem.element for problem in problems if problem.trouble is Trouble.QUALIFIER}
        loop = move.state.spot.rule.id
        for flaw in flaws_of(rule, segment, self._delimiters):
            if flaw.fault is Fault.NUMBER_FORM:
                if self._has_loose_number:
                    continue  # once in a transaction is enough
                self._has_loose_number = True
            if flaw.element not in reported:
                self._report_flaw(flaw, rule, loop, position)

    def _report_flaw(self, flaw: Flaw, rule: SegmentRule, loop: str, position: int) -> None:
        wording = FAULTS[flaw.fault]
        subject = f"{rule.tag}{flaw.element:02d}"
        if flaw.component:
            subject += f"-{flaw.component}"
        words = words_of(flaw)
        self._report(
            wording,
            words,
            subject,
            loop,
            position,
            rule.tag,
            flaw.element,
            flaw.component,
        )

    def _report_problems(self, problems: list[Problem]) -> None:
        for problem in problems:
            subject = problem.tag
            if problem.element:
                subject += f"{problem.element:02d}"
            self._report(
                TROUBLES[problem.trouble],
                _words_of_problem(problem),
                subject,
                problem.loop,
                problem.position,
                problem.tag,
                problem.element,
            )

    def _report_lower_case(self) -> None:
        """Say once that small letters are used: they need the partner's agreement."""
        if not self._lower_case_at:
            return
        wording = Wording(
            "x12.lower_case",
            Snip.NOTE,
            "",
            "small letters are used, which a partner need not take",
            "write in capitals",
            Severity.INFO,
        )
        position = self._lower_case_at
        tag = self._transaction.segments[position - 1].tag
        self._report(wording, {}, tag, "", position, tag)

    def _report(
        self,
        wording: Wording,
        words: Mapping[str, str],
        subject: str,
        loop: str,
        position: int,
        tag: str,
        element: int = 0,
        component: int = 0,
    ) -> None:
        self._diagnostics.append(
            Diagnostic(
                level=wording.level,
                rule_id=wording.rule_id,
                severity=wording.severity,
                subject=subject,
                message=wording.message.format_map(words),
                advice=wording.advice.format_map(words),
                interchange=self._interchange,
                transaction=self._transaction.control_number,
                kind=self._transaction.kind,
                loop=loop,
                segment=position,
                tag=tag,
                element=element,
                component=component,
                code=wording.code,
            )
        )


def _words_of_problem(problem: Problem) -> dict[str, str]:
    rule = problem.rule
    words = {"detail": f"loop {problem.loop}" if problem.loop else "the transaction"}
    if problem.trouble is Trouble.LOOP_REPEATED:
        words["detail"] = problem.loop
    if problem.trouble is Trouble.MISSING:
        words["detail"] = _missing_in_words(problem)
    words["allowed"] = codes_in_words(problem.allowed)
    if rule is not None and problem.trouble is not Trouble.QUALIFIER:
        words["allowed"] = str(rule.max_use)
    return words


def _missing_in_words(problem: Problem) -> str:
    if isinstance(problem.rule, LoopRule):
        return f"loop {problem.loop} ({problem.rule.title}), which {problem.tag} opens,"
    if isinstance(problem.rule, SegmentRule):
        codes = problem.rule.elements[0].codes
        if codes is not None and len(codes) == 1:
            return f"{problem.tag}*{next(iter(codes))}"
    return problem.tag
