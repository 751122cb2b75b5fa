"""The catalogue of rules, and the page that lists them."""

from collections.abc import Iterator
from types import ModuleType

from revcycle.formats.x12.checks import (
    accidents,
    adjustments,
    balances,
    claims,
    dates,
    diagnoses,
    identifiers,
    inquiries,
    institutional,
    levels,
    patients,
    payers,
    payments,
    places,
    procedures,
    providers,
    services,
)
from revcycle.formats.x12.checks.profile_reading import profile_named
from revcycle.formats.x12.checks.profiles import Profile, profile_names
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.diagnostics import Snip

MODULES: tuple[ModuleType, ...] = (
    levels,
    balances,
    claims,
    patients,
    providers,
    payers,
    accidents,
    dates,
    services,
    institutional,
    inquiries,
    payments,
    identifiers,
    places,
    diagnoses,
    procedures,
    adjustments,
)
MARK = r" \*"
TITLES = {
    Snip.GUIDE: "SNIP 2: guide, beyond the tables",
    Snip.BALANCE: "SNIP 3: balances",
    Snip.SITUATION: "SNIP 4: situations",
    Snip.CODE_SET: "SNIP 5: external codes",
}
HEAD = r"""# Checks of X12 files

What `revcycle x12 check` judges beyond the tables of the guides (`revcycle/formats/x12/guides`),
and beyond the 835's own balances. This page is made from the rules; `tests` fail when it is old.

An *error* is what receivers refuse a file or a claim for. In what payers send (835, 271, 277),
which nobody can refuse, most errors of the levels 4 and 5 are warnings. What is marked with \* is
taken by receivers (999) and rejected claim by claim later (277CA): an error in every file that we
write and under `--strict`, a warning in a file of others. Dates are judged by the
file's own date (GS04 or BHT04, the later), never by a clock.
"""


def list_rules() -> tuple[Rule, ...]:
    """List every rule, by level and then by id."""
    rules = {value for module in MODULES for value in vars(module).values() if _is_rule(value)}
    return tuple(sorted(rules, key=lambda rule: (rule.level, rule.id)))


def _is_rule(value: object) -> bool:
    return isinstance(value, Rule)


def page() -> str:
    """Write the page ``docs/reference/x12_checks.md``."""
    return "\n".join((HEAD, *_levels(), *_profiles())) + "\n"


def _levels() -> Iterator[str]:
    for level, title in TITLES.items():
        yield f"## {title}\n"
        yield "| rule | | transactions | what is wrong | what to do | source |"
        yield "|---|---|---|---|---|---|"
        for rule in list_rules():
            if rule.level is level:
                cells = (
                    f"`{rule.id}`",
                    f"{rule.severity}{MARK if rule.is_later_matter else ''}",
                    rule.kinds,
                    rule.message,
                    rule.advice,
                    rule.source,
                )
                yield f"| {' | '.join(cells)} |"
        yield ""


def _profiles() -> Iterator[str]:
    yield "## SNIP 7: profiles of payers and partners\n"
    yield "`revcycle x12 check --profile NAME` adds the rules of one of these; all are invented.\n"
    for name in profile_names():
        yield from _profile(profile_named(name))


def _profile(profile: Profile) -> Iterator[str]:
    yield f"### {name_and_title(profile)}\n"
    for text in _limits(profile):
        yield f"- {text}"
    for rule in profile.rules:
        subject = f"{rule.segment}{rule.element:02d}" if rule.element else rule.segment
        advice = f"; {rule.advice}" if rule.advice else ""
        yield f"- `{rule.id}` ({rule.severity}, {rule.loop} {subject}): {rule.message}{advice}"
    yield ""


def name_and_title(profile: Profile) -> str:
    """Introduce a profile: its name, title and transactions."""
    return f"`{profile.name}`: {profile.title} ({', '.join(sorted(profile.kinds))})"


def _limits(profile: Profile) -> Iterator[str]:
    if profile.claims_per_file:
        yield f"at most {profile.claims_per_file} claims in a file"
    if profile.claims_per_transaction:
        yield f"at most {profile.claims_per_transaction} claims in a transaction"
    if profile.frequencies:
        yield f"frequencies {', '.join(sorted(profile.frequencies))}"
    if profile.is_upper_case:
        yield "capitals only"
    if profile.is_basic:
        yield "X12's basic characters only"
