"""Modifiers of procedures: which there are, what each group of them says, our own words for some.

CPT is licensed by the American Medical Association. No text of it stands here: numbers, and words
of ours that say what a modifier is for.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

NUMBERED_MODIFIERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "22": "more work than usual",
        "23": "unusual anesthesia",
        "24": "visit unrelated to an operation before",
        "25": "visit of its own beside a procedure",
        "26": "reading and report only",
        "27": "another hospital visit on the day",
        "32": "somebody ordered the service",
        "33": "prevention",
        "47": "anesthesia by the surgeon",
        "50": "both sides",
        "51": "one of several procedures",
        "52": "less was done",
        "53": "broken off",
        "54": "operation only",
        "55": "care after the operation only",
        "56": "care before the operation only",
        "57": "visit that decided on surgery",
        "58": "planned or further procedure",
        "59": "separate from the other procedure",
        "62": "two surgeons",
        "63": "infant under 4 kg",
        "66": "surgical team",
        "73": "broken off before anesthesia",
        "74": "broken off after anesthesia",
        "76": "repeated by the same person",
        "77": "repeated by another person",
        "78": "back to the operating room",
        "79": "unrelated procedure after an operation",
        "80": "assistant at surgery",
        "81": "assistant, least",
        "82": "assistant, no resident there",
        "90": "outside laboratory",
        "91": "laboratory test repeated",
        "92": "testing kit",
        "93": "by telephone",
        "95": "by video",
        "96": "to gain a skill",
        "97": "to regain a skill",
        "99": "several modifiers",
    }
)

EYELIDS: Final = frozenset({"E1", "E2", "E3", "E4"})
FINGERS: Final = frozenset({"FA", *(f"F{number}" for number in range(1, 10))})
TOES: Final = frozenset({"TA", *(f"T{number}" for number in range(1, 10))})
CORONARY_ARTERIES: Final = frozenset({"LC", "LD", "LM", "RC", "RI"})
SIDES: Final = frozenset({"LT", "RT"})
ANATOMIC: Final = SIDES | EYELIDS | FINGERS | TOES | CORONARY_ARTERIES
SUBSETS_OF_59: Final = frozenset({"XE", "XP", "XS", "XU"})

# With one of these, on either code, a pair of indicator 1 is paid: NCCI Policy Manual, chapter I,
# section E.1.
PAIR_MODIFIERS: Final = (
    ANATOMIC
    | SUBSETS_OF_59
    | {"24", "25", "27", "57", "58", "59"}
    | {
        "78",
        "79",
        "91",
    }
)
VISIT_MODIFIERS: Final = frozenset({"24", "25", "57"})
REPEATED: Final = frozenset({"76", "77", "91"})
# They change what is paid, so payers read them first.
PRICING: Final = frozenset(
    {"22", "26", "50", "52", "53", "54", "55", "56", "62", "66", "73", "74", "78", "80", "81"}
    | {"82", "AA", "AD", "AS", "QK", "QX", "QY", "QZ", "TC"}
)
# They explain, and change no price.
INFORMATIONAL: Final = ANATOMIC | {
    "32",
    "33",
    "90",
    "93",
    "95",
    "99",
    "AT",
    "CR",
    "GA",
    "GC",
    "GE",
    "GQ",
    "GT",
    "GX",
    "GY",
    "GZ",
    "KX",
    "Q5",
    "Q6",
}
# The patient was told, or the payer is asked to refuse: no diagnosis need support the service.
REFUSAL_EXPECTED: Final = frozenset({"GA", "GX", "GY", "GZ"})
# They decide whether a service is paid, or how much of it. Some of them change no price and so
# stand among the informational ones too: the order on a claim is another question.
PAYMENT: Final = (
    PRICING
    | (PAIR_MODIFIERS - ANATOMIC)
    | REPEATED
    | REFUSAL_EXPECTED
    | {"23", "33", "51", "63", "90", "GC", "JW", "JZ", "KX", "PT", "QW"}
)
