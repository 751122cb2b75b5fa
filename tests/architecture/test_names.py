"""Names that say nothing, and exceptions without a reason."""

import io
import re
import tokenize

from tests.architecture.repository import place, tracked_files

EMPTY_NAMES = frozenset(
    ["utils", "util", "helpers", "helper", "common", "misc", "manager", "service", "processor"]
)
NEWER_NAMES = re.compile(r"(^|_)(new|old|legacy|improved|v\d+|copy)(_|$)")
EXCEPTION = re.compile(r"#\s*(noqa|type:\s*ignore)\b")
REASON = re.compile(r"#\s*(noqa: [A-Z0-9, ]+|type: ignore\[[a-z, -]+\])\s*(-|#)\s*\S")

PROMISE = re.compile(r'assert .+, f?".+"\s+# noqa: S101')  # its text is the reason


def test_no_module_or_folder_has_a_name_that_says_nothing() -> None:
    parts = {
        (part, place(path))
        for path in tracked_files("*.py")
        for part in (*path.relative_to(path.anchor).parts[-4:-1], path.stem)
    }
    assert [where for part, where in parts if part in EMPTY_NAMES] == []


def test_no_module_is_called_after_its_age() -> None:
    assert [place(one) for one in tracked_files("*.py") if NEWER_NAMES.search(one.stem)] == []


def test_every_exception_to_a_lint_rule_or_a_type_says_why() -> None:
    without_reason = []
    for path in tracked_files("*.py"):
        source = io.BytesIO(path.read_bytes())
        for token in tokenize.tokenize(source.readline):
            if token.type != tokenize.COMMENT or not EXCEPTION.search(token.string):
                continue
            if not REASON.search(token.string) and not PROMISE.search(token.line):
                without_reason.append(place(path, token.start[0]))
    assert without_reason == []
