"""Words of medicine that mean the same, and abbreviations written out: ``medical_words.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class MedicalWords:
    """Our own list of words that mean the same.

    Attributes:
        same: A word to the one that stands for it: ``renal`` to ``kidney``.
        written_out: Words in a row to the words they stand for: ``("copd",)`` to
            ``("chronic", "obstructive", "pulmonary", "disease")``.
    """

    same: Mapping[str, str]
    written_out: Mapping[tuple[str, ...], tuple[str, ...]]


@cache
def medical_words() -> MedicalWords:
    """Read the list, once per process."""
    text = files("revcycle.reference").joinpath("medical_words.toml").read_text("utf-8")
    listed = tomllib.loads(text)
    lines = [line.split() for line in listed["same"]]
    return MedicalWords(
        same={word: line[0] for line in lines for word in line[1:]},
        written_out={
            tuple(short.split()): tuple(long.split())
            for short, long in listed["written_out"].items()
        },
    )
