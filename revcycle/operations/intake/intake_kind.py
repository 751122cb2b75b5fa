"""Which format does a practice's file have?"""

FHIR, HL7V2, CSV = "FHIR", "HL7V2", "CSV"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def intake_kind(content: bytes) -> str:
    """Judge by the first bytes: JSON is FHIR, MSH and batch headers are HL7 v2, the rest CSV."""
    start = content.removeprefix(BYTE_ORDER_MARK).lstrip()[:3]
    if start[:1] in {b"{", b"["}:
        return FHIR
    return HL7V2 if start in {b"MSH", b"FHS", b"BHS"} else CSV
