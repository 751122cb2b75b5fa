"""Which procedure codes are visits, new-patient visits, vaccines and treatments by the clock.

Numbers only. They are families of codes, so a number that CPT adds inside a range is understood.

Source:
    CMS, Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 30.6 (visits), chapter
    18, section 10 (vaccines), chapter 5, sections 20.2 and 20.3 (therapy by the clock); NCCI Policy
    Manual, chapters I and XI.
"""

from typing import Final

AFTER_OPERATION: Final = "99024"  # reports a visit inside a global period; nobody pays it

_VISITS: Final = (("92002", "92014"), ("99202", "99499"))
_OTHER_VISITS: Final = frozenset(
    {"G0101", "G0245", "G0246", "G0402", "G0438", "G0439", "G0463", "S0610", "S0612", "S0613"}
    | {f"G0{number}" for number in range(380, 385)}
)
_NEW_PATIENTS: Final = frozenset(
    {"92002", "92004", "99202", "99203", "99204", "99205", "99341", "99342", "99344", "99345"}
    | {f"993{number}" for number in range(81, 88)}
)
_OPERATIONS: Final = ("10004", "69990")
_DRAWS: Final = frozenset({"36415", "36416"})  # nobody need see the patient
_AMONG_PHYSICIANS: Final = (("99446", "99452"),)  # one asks another, who sees nobody
_VACCINES: Final = (("90476", "90759"), ("91300", "91322"))
_GIVING_VACCINES: Final = frozenset(
    {"90460", "90461", "90471", "90472", "90473", "90474", "90480", "G0008", "G0009", "G0010"}
)

FIRST_SHOT: Final = frozenset({"90471", "90473"})  # the first of a day, by needle or otherwise

TIMED_TREATMENTS: Final = frozenset(
    {"97032", "97033", "97034", "97035", "97036", "97110", "97112", "97113", "97116", "97124"}
    | {"97140", "97530", "97533", "97535", "97537", "97542", "97750", "97755", "97760", "97761"}
    | {"97763", "G0515"}
)
UNTIMED_TREATMENTS: Final = frozenset(
    {"97010", "97012", "97014", "97016", "97018", "97022", "97024", "97026", "97028", "97150"}
    | {f"971{number}" for number in range(61, 69)}
    | {"G0283"}
)


def is_visit(code: str) -> bool:
    """Tell whether a code is a visit (evaluation and management), so that 24, 25, 57 may stand."""
    return _is_between(code, _VISITS) or code in _OTHER_VISITS


def is_new_patient(code: str) -> bool:
    """Tell whether a code is a visit of a patient nobody of the group saw for three years."""
    return code in _NEW_PATIENTS


def is_seen(code: str) -> bool:
    """Tell whether somebody must have seen the patient for this service: a visit, an operation."""
    if code in _DRAWS or _is_between(code, _AMONG_PHYSICIANS):
        return False
    return is_visit(code) or _is_between(code, (_OPERATIONS,))


def is_vaccine(code: str) -> bool:
    """Tell whether a code is the dose of a vaccine."""
    return _is_between(code, _VACCINES)


def is_giving_vaccine(code: str) -> bool:
    """Tell whether a code is the giving of a vaccine; numbers of single makers end with A."""
    return code in _GIVING_VACCINES or (code[:2] == "00" and code[4:] == "A")


def _is_between(code: str, ranges: tuple[tuple[str, str], ...]) -> bool:
    return len(code) == len("99202") and any(first <= code <= last for first, last in ranges)
