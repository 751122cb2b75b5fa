"""Apply the profile of a payer or partner to a transaction."""

from collections import defaultdict

from models.documents.finding import Severity
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.outline import Loop
from revcycle.formats.x12.checks.profiles import Condition, PartnerRule, Profile
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.elements import BASIC_CHARACTERS
from revcycle.formats.x12.segments import Segment

INSTITUTIONAL = ("005010X223", "005010X292")
DENTAL = "005010X224"
ACKNOWLEDGEMENT = "005010X214"


def kind_of(kind: str, version: str) -> str:
    """Name a transaction as profiles do: ``837P``, ``277CA``, ``835``."""
    if kind == "837":
        return "837I" if version.startswith(INSTITUTIONAL) else _professional(version)
    if kind == "277" and version.startswith(ACKNOWLEDGEMENT):
        return "277CA"
    return kind


def _professional(version: str) -> str:
    return "837D" if version.startswith(DENTAL) else "837P"


class PartnerChecker:
    """Applies one profile to transaction after transaction of a file."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._claims = 0
        self._rules: dict[str, list[PartnerRule]] = defaultdict(list)
        for one in profile.rules:
            self._rules[one.loop].append(one)

    def check(self, exam: Examination) -> None:
        """Report what the partner would not take."""
        if kind_of(exam.kind, exam.transaction.version) not in self._profile.kinds:
            return
        self._check_characters(exam)
        claims = 0
        for loop in exam.outline.loops:
            claims += loop.id == "2300"
            if loop.id == "2300":
                self._check_frequency(loop, exam)
                self._check_file_count(claims, loop, exam)
            for one in self._rules.get(loop.id, ()):
                if all(_holds(condition, loop, exam.separator) for condition in one.when):
                    self._apply(one, loop, exam)
        self._claims += claims
        most = self._profile.claims_per_transaction
        if most and claims > most:
            message = f"the partner takes {most} claims in a transaction"
            self._report("claims_per_transaction", 0, "ST", message, exam)

    def _check_file_count(self, claims: int, loop: Loop, exam: Examination) -> None:
        most = self._profile.claims_per_file
        if most and self._claims + claims == most + 1:
            message = f"the partner takes {most} claims in a file"
            self._report("claims_per_file", loop.start, "CLM", message, exam)

    def _check_frequency(self, loop: Loop, exam: Examination) -> None:
        allowed = self._profile.frequencies
        parts = loop.segments[0].get(5).split(exam.separator)
        if allowed and (parts[2] if len(parts) > 2 else "") not in allowed:  # noqa: PLR2004 - CLM05-3
            message = f"the partner takes the frequencies {', '.join(sorted(allowed))}"
            self._report("frequency", loop.start, "CLM05-3", message, exam)

    def _check_characters(self, exam: Examination) -> None:
        """Report the first small letter and the first character that the partner refuses."""
        profile = self._profile
        letters = frozenset("abcdefghijklmnopqrstuvwxyz")
        allowed = BASIC_CHARACTERS | letters | frozenset(exam.interchange.delimiters.all())
        is_lower = is_odd = False
        for index, piece in enumerate(exam.transaction.pieces):
            if profile.is_upper_case and not is_lower and piece != piece.upper():
                is_lower = True
                self._report(
                    "upper_case", index, exam.segments[index][0], "write in capitals", exam
                )
            if profile.is_basic and not is_odd and not allowed.issuperset(piece):
                is_odd = True
                message = "a character is not in X12's basic set"
                self._report("characters", index, exam.segments[index][0], message, exam)

    def _apply(self, rule: PartnerRule, loop: Loop, exam: Examination) -> None:
        at = loop.index(rule.segment)
        is_there = at >= 0
        value = _value(loop, rule.segment, rule.element, rule.component, exam.separator)
        is_there = bool(value) if rule.element else is_there
        is_wrong = (rule.is_required and not is_there) or (rule.is_forbidden and is_there)
        if is_wrong or (is_there and rule.element and not _is_allowed(value, rule)):
            name = f"{rule.segment}{rule.element:02d}" if rule.element else rule.segment
            subject = f"{name}-{rule.component}" if rule.component else name
            place = at if at >= 0 else loop.start
            self._report(rule.id, place, subject, rule.message, exam, rule.advice, rule.severity)

    def _report(
        self,
        name: str,
        index: int,
        subject: str,
        message: str,
        exam: Examination,
        advice: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        kinds = " ".join(sorted(self._profile.kinds))
        rule = Rule(
            f"profile.{self._profile.name}.{name}",
            Snip.PAYER,
            severity,
            kinds,
            message,
            advice,
            f"profile {self._profile.name}",
        )
        exam.report(rule, index, subject)


def _holds(condition: Condition, loop: Loop, separator: str) -> bool:
    value = _value(loop, condition.tag, condition.element, condition.component, separator)
    return value in condition.codes


def _value(loop: Loop, name: str, element: int, component: int, separator: str) -> str:
    segment: Segment = loop.find(name)
    text = segment.get(element)
    if not component:
        return text
    parts = text.split(separator)
    return parts[component - 1] if component <= len(parts) else ""


def _is_allowed(value: str, rule: PartnerRule) -> bool:
    if rule.pattern is not None and not rule.pattern.fullmatch(value):
        return False
    if rule.codes is not None and value not in rule.codes:
        return False
    return len(value) >= rule.length_min and (not rule.length_max or len(value) <= rule.length_max)
