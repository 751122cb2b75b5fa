"""Read a profile from TOML and refuse, in clear words, whatever it cannot mean."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from models.documents.finding import Severity
from revcycle.formats.x12.checks.profiles import (
    Condition,
    PartnerRule,
    Profile,
    ProfileError,
    profile_text,
)

KINDS = frozenset({"837P", "837I", "837D", "835", "270", "271", "276", "277", "277CA"})
PROFILE_KEYS: Mapping[str, type] = {
    "title": str,
    "kinds": list,
    "claims_per_file": int,
    "claims_per_transaction": int,
    "frequencies": list,
    "case": str,
    "characters": str,
    "rule": list,
}
RULE_KEYS: Mapping[str, type] = {
    "id": str,
    "loop": str,
    "segment": str,
    "element": str,
    "is_required": bool,
    "is_forbidden": bool,
    "pattern": str,
    "codes": list,
    "length_min": int,
    "length_max": int,
    "when": list,
    "severity": str,
    "message": str,
    "advice": str,
}
DEMANDS = ("is_required", "is_forbidden", "pattern", "codes", "length_min", "length_max")
OF_VALUES = frozenset({"pattern", "codes", "length_min", "length_max"})
_ID = re.compile(r"[a-z][a-z0-9_]*")
_LOOP = re.compile(r"\d{4}[A-Z]{0,2}")
_SEGMENT = re.compile(r"[A-Z][A-Z0-9]{1,2}(?:\*[A-Z0-9]{1,3})?")
_ELEMENT = re.compile(r"([A-Z][A-Z0-9]{1,2}?)(\d{2})(?:-(\d{1,2}))?")
_CHOICES = {"case": ("upper", "any"), "characters": ("basic", "extended")}


@cache
def profile_named(name: str) -> Profile:
    """Return a profile that comes with the package.

    Raises:
        ProfileError: there is none of this name; the text lists those that are.
    """
    return read_profile(profile_text(name), name)


def read_profile(text: str, name: str) -> Profile:
    """Read the TOML of a profile.

    Raises:
        ProfileError: it is not TOML, has an unknown key, or a value that cannot be; the text
            names the profile, the rule and the key.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"profile {name}: not TOML: {error}"
        raise ProfileError(msg) from error
    return _Reader(name).profile(table)


class _Reader:
    """Reads one profile; ``_where`` is what its complaints begin with."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._where = f"profile {name}"

    def profile(self, table: dict[str, Any]) -> Profile:
        self._check_keys(table, PROFILE_KEYS, ("title", "kinds"))
        for key, choices in _CHOICES.items():
            self._demand(table.get(key, choices[-1]) in choices, f"{key} must be {choices}")
        kinds = self._codes(table["kinds"], "kinds")
        self._demand(kinds <= KINDS, f"kinds must be among {', '.join(sorted(KINDS))}")
        rules = tuple(self._rule(one, at) for at, one in enumerate(table.get("rule", []), 1))
        self._where = f"profile {self._name}"
        ids = [one.id for one in rules]
        self._demand(len(ids) == len(set(ids)), "two rules have the same id")
        return Profile(
            name=self._name,
            title=table["title"],
            kinds=kinds,
            claims_per_file=self._count(table, "claims_per_file"),
            claims_per_transaction=self._count(table, "claims_per_transaction"),
            frequencies=self._codes(table.get("frequencies", []), "frequencies"),
            is_upper_case=table.get("case") == "upper",
            is_basic=table.get("characters") == "basic",
            rules=rules,
        )

    def _rule(self, table: Any, ordinal: int) -> PartnerRule:
        self._where = f"profile {self._name}, rule {ordinal}"
        self._demand(isinstance(table, dict), "must be a table")
        self._check_keys(table, RULE_KEYS, ("id", "loop", "message"))
        self._matches(_ID, table["id"], "id")
        self._where = f"profile {self._name}, rule {table['id']}"
        self._matches(_LOOP, table["loop"], "loop")
        self._demand(("segment" in table) != ("element" in table), "needs segment or element")
        self._demand(any(key in table for key in DEMANDS), f"needs one of {', '.join(DEMANDS)}")
        tag, element, component = self._subject(table)
        self._demand(
            bool(element) or not OF_VALUES & table.keys(),
            "pattern, codes and lengths are about an element, not a segment",
        )
        self._demand(
            not (table.get("is_required") and table.get("is_forbidden")),
            "cannot be required and forbidden",
        )
        severities = tuple(Severity)
        severity = table.get("severity", "error")
        self._demand(severity in severities, f"severity must be {', '.join(severities)}")
        return PartnerRule(
            id=table["id"],
            loop=table["loop"],
            segment=tag,
            message=table["message"],
            advice=table.get("advice", ""),
            severity=Severity(severity),
            element=element,
            component=component,
            is_required=table.get("is_required", False),
            is_forbidden=table.get("is_forbidden", False),
            pattern=self._pattern(table),
            codes=self._codes(table["codes"], "codes") if "codes" in table else None,
            length_min=self._count(table, "length_min"),
            length_max=self._count(table, "length_max"),
            when=tuple(self._condition(one) for one in table.get("when", [])),
        )

    def _subject(self, table: dict[str, Any]) -> tuple[str, int, int]:
        if "segment" in table:
            self._matches(_SEGMENT, table["segment"], "segment")
            return table["segment"], 0, 0
        return self._element(table["element"])

    def _element(self, text: str) -> tuple[str, int, int]:
        found = _ELEMENT.fullmatch(text)
        if found is None:
            self._demand(False, "element must be like NM109 or CLM05-3")  # noqa: FBT003 - refuses
            raise AssertionError
        return found[1], int(found[2]), int(found[3] or 0)

    def _condition(self, table: Any) -> Condition:
        is_table = isinstance(table, dict) and table.keys() == {"element", "codes"}
        self._demand(is_table, "when needs element and codes")
        self._demand(isinstance(table["element"], str), "element must be a text")
        return Condition(*self._element(table["element"]), self._codes(table["codes"], "codes"))

    def _pattern(self, table: dict[str, Any]) -> re.Pattern[str] | None:
        if "pattern" not in table:
            return None
        try:
            return re.compile(table["pattern"], re.ASCII)
        except re.error as error:
            msg = f"{self._where}: pattern is not a regular expression: {error}"
            raise ProfileError(msg) from error

    def _codes(self, values: Any, key: str) -> frozenset[str]:
        is_list = isinstance(values, list) and all(isinstance(one, str) for one in values)
        self._demand(is_list, f"{key} must be a list of texts")
        return frozenset(values)

    def _count(self, table: dict[str, Any], key: str) -> int:
        value: int = table.get(key, 0)
        self._demand(value > 0 or key not in table, f"{key} must be above zero")
        return value

    def _check_keys(
        self, table: dict[str, Any], known: Mapping[str, type], required: tuple[str, ...]
    ) -> None:
        for key, value in table.items():
            self._demand(key in known, f"{key} is not known; there are {', '.join(known)}")
            is_right = type(value) is known[key]
            self._demand(is_right, f"{key} must be a {known[key].__name__}")
        for key in required:
            self._demand(key in table, f"{key} is missing")

    def _matches(self, form: re.Pattern[str], text: str, key: str) -> None:
        self._demand(form.fullmatch(text) is not None, f"{key} has not the right form")

    def _demand(self, holds: bool, message: str) -> None:  # noqa: FBT001 - like assert
        if not holds:
            msg = f"{self._where}: {message}"
            raise ProfileError(msg)
