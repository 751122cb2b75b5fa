"""The small buttons of the coder's form: they change what is typed, and save nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from models.values.billing_codes import CodeSystem, to_code_text
from revcycle.rules.coding.arrange_coding import (
    add_diagnosis,
    add_service,
    move_diagnosis,
    remove_diagnosis,
    remove_service,
)
from revcycle.rules.coding.query_templates import QUERY_TEMPLATES
from revcycle.rules.coding.typed_coding import TypedCoding
from workbench.pages.panes.coding_form import CodingForm

Change = Callable[[CodingForm, str], tuple[CodingForm, str]]


def arrange(form: CodingForm, change: str) -> tuple[CodingForm, str]:
    """Change the form by the word of a button; return where the focus belongs then.

    A word that no button has changes nothing.
    """
    word, _, rest = change.partition(":")
    return CHANGES.get(word, _leave)(form, rest)


def _leave(form: CodingForm, _rest: str) -> tuple[CodingForm, str]:
    return form, ""


def _move(steps: int) -> Change:
    def move(form: CodingForm, rest: str) -> tuple[CodingForm, str]:
        number = _number(rest)
        moved = move_diagnosis(form.rows, number, steps=steps)
        is_moved = moved != form.rows
        return _with(form, moved), f"diagnosis-{number + steps if is_moved else number}"

    return move


def _drop_diagnosis(form: CodingForm, rest: str) -> tuple[CodingForm, str]:
    rows = remove_diagnosis(form.rows, _number(rest))
    return _with(form, rows), f"diagnosis-{min(_number(rest), len(rows.diagnoses) + 1)}"


def _drop_service(form: CodingForm, rest: str) -> tuple[CodingForm, str]:
    rows = remove_service(form.rows, _number(rest))
    return _with(form, rows), f"service-{min(_number(rest), len(rows.services) + 1)}-procedure"


def _more_diagnoses(form: CodingForm, _rest: str) -> tuple[CodingForm, str]:
    return form, f"diagnosis-{len(form.rows.diagnoses) + 1}"


def _more_services(form: CodingForm, _rest: str) -> tuple[CodingForm, str]:
    return form, f"service-{len(form.rows.services) + 1}-procedure"


def _take_diagnosis(form: CodingForm, rest: str) -> tuple[CodingForm, str]:
    rows = add_diagnosis(form.rows, to_code_text(CodeSystem.ICD10CM, rest))
    return _with(form, rows), f"diagnosis-{len(rows.diagnoses)}"


def _take_procedure(form: CodingForm, rest: str) -> tuple[CodingForm, str]:
    rows = add_service(form.rows, rest)
    return _with(form, rows), f"service-{len(rows.services)}-pointers"


def _ask(form: CodingForm, rest: str) -> tuple[CodingForm, str]:
    """Begin a question by a template; what was typed stays in front of it."""
    template = QUERY_TEMPLATES.get(rest)
    if template is None:
        return form, ""
    parts = (form.question.strip(), template.text)
    return replace(form, question="\n".join(part for part in parts if part)), "question"


def _with(form: CodingForm, rows: TypedCoding) -> CodingForm:
    return replace(form, rows=rows)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


CHANGES: Final[Mapping[str, Change]] = MappingProxyType(
    {
        "up": _move(-1),
        "down": _move(1),
        "drop-diagnosis": _drop_diagnosis,
        "drop-service": _drop_service,
        "more-diagnoses": _more_diagnoses,
        "more-services": _more_services,
        "take-diagnosis": _take_diagnosis,
        "take-procedure": _take_procedure,
        "ask": _ask,
        "accept": _take_diagnosis,
    }
)
# After these the page shows suggestions, too.
SHOWS_SUGGESTIONS: Final = frozenset({"suggest", "accept"})
