"""Which segments open which loops, by kind of transaction.

The guides' tables say far more; this is what a check needs to know to tell whose address it sees,
also in a file that does not follow its guide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Tables = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Openers:
    """The tags that open loops, and what each opens in which loop."""

    tags: frozenset[str]
    tables: Tables


def _openers(tables: Tables) -> Openers:
    tags = {key.partition("*")[0] for table in tables.values() for key in table}
    return Openers(frozenset(tags), MappingProxyType(tables))


def _named(prefix: str, qualifiers: str) -> dict[str, str]:
    """Read ``A=DN,P3 B=82`` as loops opened by NM1; any other NM1 opens one without a letter."""
    table = {"NM1": prefix}
    for part in qualifiers.split():
        letter, _, codes = part.partition("=")
        table |= {f"NM1*{code}": prefix + letter for code in codes.split(",")}
    return table


def _claim(claim: str, other: str, line: str) -> Openers:
    opens_claim = {"CLM": "2300"}
    return _openers(
        {
            "": _named("1000", "A=41 B=40")
            | {"HL*20": "2000A", "HL*22": "2000B", "HL*23": "2000C", "HL": "2000", "SE": ""},
            "2000A": _named("2010A", "A=85 B=87 C=PE"),
            "2000B": _named("2010B", "A=IL B=PR") | opens_claim,
            "2000C": _named("2010C", "A=QC") | opens_claim,
            "2300": _named("2310", claim) | {"SBR": "2320", "LX": "2400"},
            "2320": _named("2330", other),
            "2400": _named("2420", line) | {"LIN": "2410", "SVD": "2430", "LQ": "2440"},
        }
    )


def _levels(parties: Mapping[str, str], traces: str, lines: str, benefit: str) -> Openers:
    """HL levels by HL03, each with a party and traces, lines or benefits below."""
    letters = {code: f"2000{letter}" for code, letter in parties.items()}
    tables: dict[str, dict[str, str]] = {
        "": {f"HL*{code}": loop for code, loop in letters.items()} | {"HL": "2000", "SE": ""}
    }
    for letter in parties.values():
        tables[f"2000{letter}"] = {"NM1": f"2100{letter}"}
        if traces:
            tables[f"2000{letter}"]["TRN"] = f"{traces}{letter}"
            tables[f"{traces}{letter}"] = {"SVC": f"{lines}{letter}"}
        if benefit:
            tables[f"2100{letter}"] = {benefit: f"2110{letter}"}
            tables[f"2110{letter}"] = {"III": f"2115{letter}", "NM1": f"2120{letter}"}
    return _openers(tables)


PROFESSIONAL = _claim(
    "A=DN,P3 B=82 C=77 D=DQ E=PW F=45",
    "A=IL B=PR C=DN,P3 D=82 E=77 F=DQ G=85",
    "A=82 B=QB C=77 D=DQ E=DK F=DN,P3 G=PW H=45",
)
INSTITUTIONAL = _claim(
    "A=71 B=72 C=ZZ D=82 E=77 F=DN",
    "A=IL B=PR C=71 D=72 E=ZZ F=77 G=82 H=DN I=85",
    "A=72 B=ZZ C=82 D=DN",
)
DENTAL = _claim(
    "A=DN,P3 B=82 C=77 D=DD E=DQ",
    "A=IL B=PR C=DN,P3 D=82 E=DQ F=85 G=77 H=DD",
    "A=82 B=DD C=DQ D=77",
)
REMITTANCE = _openers(
    {
        "": {"N1*PR": "1000A", "N1*PE": "1000B", "LX": "2000", "CLP": "2100", "PLB": "", "SE": ""},
        "2000": {"CLP": "2100"},
        "2100": {"SVC": "2110"},
    }
)
ELIGIBILITY = {"20": "A", "21": "B", "22": "C", "23": "D"}
STATUS = {"20": "A", "21": "B", "19": "C", "22": "D", "23": "E", "PT": "D"}

BY_KIND: Mapping[str, Openers] = MappingProxyType(
    {
        "837": PROFESSIONAL,
        "835": REMITTANCE,
        "270": _levels(ELIGIBILITY, "", "", "EQ"),
        "271": _levels(ELIGIBILITY, "", "", "EB"),
        "276": _levels(STATUS, "2200", "2210", ""),
        "277": _levels(STATUS, "2200", "2220", ""),
    }
)
NOTHING = _openers({})
INSTITUTIONAL_VERSIONS = ("005010X223", "005010X292")
DENTAL_VERSION = "005010X224"


def openers_of(kind: str, version: str) -> Openers:
    """Return what opens loops in a transaction; nothing does in one that is not ours to read."""
    if kind == "837" and version.startswith(INSTITUTIONAL_VERSIONS):
        return INSTITUTIONAL
    if kind == "837" and version.startswith(DENTAL_VERSION):
        return DENTAL
    return BY_KIND.get(kind, NOTHING)
