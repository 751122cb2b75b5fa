"""Kinds of service with demands of their own: anaesthesia, ambulance, drugs, purchased services."""

import re

from models.documents.finding import Severity
from revcycle.formats.x12.checks.claim_view import ClaimView
from revcycle.formats.x12.checks.examination import Examination
from revcycle.formats.x12.checks.outline import Loop
from revcycle.formats.x12.checks.rules import Rule
from revcycle.formats.x12.diagnostics import Snip
from revcycle.formats.x12.segments import Segment

MINUTES = Rule(
    "x12.anesthesia_minutes",
    Snip.SITUATION,
    Severity.WARNING,
    "837P",
    "minutes (MJ) go with anaesthesia services, and most anaesthesia services with minutes",
    "use MJ in SV103 for the codes 00100 to 01999, UN for others",
    "005010X222A1, SV103 and SV104",
    "7",
)
PICKUP = Rule(
    "x12.ambulance_pickup_missing",
    Snip.SITUATION,
    Severity.ERROR,
    "837P",
    "an ambulance service needs the place where the patient was picked up",
    "add NM1*PW with N3 and N4 to the claim (2310E) or the line (2420G)",
    "005010X222A1, loops 2310E and 2420G",
    "I6",
)
TRANSPORT = Rule(
    "x12.ambulance_transport_missing",
    Snip.SITUATION,
    Severity.ERROR,
    "837P",
    "an ambulance service needs why and how the patient was carried",
    "add CR1 to the claim or the line",
    "005010X222A1, CR1 of 2300 and 2400",
    "I6",
)
DRUG_CODE = Rule(
    "x12.ndc_form",
    Snip.CODE_SET,
    Severity.ERROR,
    "837P 837I",
    "not a national drug code of eleven digits",
    "five, four and two digits without dashes; fill each part with zeros from the left",
    "005010X222A1 and X223A2, LIN03 of 2410; 45 CFR 162.1002",
    "7",
)
DRUG_QUANTITY = Rule(
    "x12.ndc_quantity_missing",
    Snip.SITUATION,
    Severity.ERROR,
    "837P 837I",
    "a drug needs its quantity and the unit it is counted in",
    "add CTP with quantity and F2, GR, ME, ML or UN after LIN",
    "005010X222A1 and X223A2, CTP04 and CTP05 of 2410",
    "3",
)
PURCHASED = Rule(
    "x12.purchased_provider_missing",
    Snip.SITUATION,
    Severity.ERROR,
    "837P",
    "a purchased service needs the provider from whom it was bought",
    "add NM1*QB to the line (2420B)",
    "005010X222A1, PS1 of 2400 and loop 2420B",
    "I6",
)
_AMBULANCE = re.compile(r"A04(?:2[5-9]|3[0-6])")
_ANESTHESIA = re.compile(r"0(?:0[1-9]\d\d|1\d{3})")
TIMELESS = frozenset({"01953", "01996"})  # anaesthesia that is counted by area or by day
DRUG_UNITS = frozenset({"F2", "GR", "ME", "ML", "UN"})
_NDC = re.compile(r"\d{11}", re.ASCII)


def check_services(claim: ClaimView, exam: Examination) -> None:
    """Judge each line of a professional claim by the kind of its service."""
    if not exam.is_professional:
        return
    ambulance: Loop | None = None
    for line, (_, service) in zip(claim.lines, claim.services, strict=True):
        code = service.get(1)[3:8]
        if code[:1] in {"0", "A"} or service.get(3) == "MJ":
            _check_minutes(line, service, code, exam)
            if _AMBULANCE.fullmatch(code):
                ambulance = ambulance or line
        if (
            "PS1" in exam.tags
            and line.has("PS1")
            and not any(one.id == "2420B" for one in line.loops)
        ):
            exam.report(PURCHASED, line.index("PS1"), "NM1*QB")
    if ambulance is not None:
        _check_ambulance(claim, ambulance, exam)


def _check_minutes(line: Loop, service: Segment, code: str, exam: Examination) -> None:
    is_anesthesia = bool(_ANESTHESIA.fullmatch(code)) and code not in TIMELESS
    unit = service.get(3)
    is_odd = is_anesthesia if unit == "UN" else unit == "MJ" and not _ANESTHESIA.fullmatch(code)
    if is_odd:
        exam.report(MINUTES, line.index("SV1"), "SV103")


def _check_ambulance(claim: ClaimView, line: Loop, exam: Examination) -> None:
    at = line.index("SV1")
    is_picked_up = "2310E" in claim.parties or any(one.id == "2420G" for one in line.loops)
    if not is_picked_up:
        exam.report(PICKUP, at, "NM1*PW")
    if not claim.loop.has("CR1") and not line.has("CR1"):
        exam.report(TRANSPORT, at, "CR1")


def check_drug(loop: Loop, exam: Examination) -> None:
    """Judge the drug of a line (2410)."""
    drug = loop.segments[0]
    if drug.get(2) == "N4" and not _NDC.fullmatch(drug.get(3)):
        exam.report(DRUG_CODE, loop.start, "LIN03")
    price = loop.find("CTP")
    unit = price.get(5).partition(exam.separator)[0]
    if not price.get(4):
        exam.report(DRUG_QUANTITY, max(loop.index("CTP"), loop.start), "CTP04")
    elif unit not in DRUG_UNITS:
        exam.report(DRUG_QUANTITY, loop.index("CTP"), "CTP05-1")
