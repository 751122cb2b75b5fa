"""The PDF that shows a payer when a claim was filed."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from models.documents.proof_of_filing import FiledVersion, FilingReceipt, ProofOfFiling
from models.values.display import to_dollars, to_long_date, to_phone_text, to_short_date
from revcycle.formats.pdf.statement import address_lines
from revcycle.formats.pdf.typesetting import typeset

TEMPLATE: Final = "letters/proof_of_filing.typ"
FREQUENCIES: Final = {"1": "original", "7": "replacement", "8": "void"}
HASH_SHOWN: Final = 16  # characters; the whole hash stands in our books


def render_proof_of_filing(proof: ProofOfFiling) -> bytes:
    """Lay out the proof as a tagged PDF, US letter; the claim's own number is in the text only."""
    return typeset(TEMPLATE, proof_facts(proof), on=proof.drawn_on)


def proof_facts(proof: ProofOfFiling) -> dict[str, object]:
    """Write every fact of the proof the way it is printed."""
    zone = ZoneInfo(proof.time_zone)
    return {
        "practice": {
            "name": proof.practice.name,
            "address": address_lines(proof.practice.address),
            "phone": to_phone_text(proof.practice.contact_phone),
            "npi": proof.practice.npi,
        },
        "day": to_long_date(proof.drawn_on),
        "payer": proof.payer_name,
        "zone": proof.time_zone,
        "verdict": _verdict(proof),
        "rows": _rows(proof),
        "versions": [_version(one, zone) for one in proof.versions],
        "receipts": [_receipt(one, zone) for one in proof.receipts],
    }


def _verdict(proof: ProofOfFiling) -> str:
    """Say in one sentence what the pages below show, and no more than they show."""
    if proof.filed_on is None:
        return "No version of this claim is known to have left."
    left = f"The claim left on {to_long_date(proof.filed_on)}"
    limit = f"the last day of the filing limit was {to_long_date(proof.file_by)}"
    if proof.is_in_time and proof.is_payer_receipt:
        return f"{left} and was accepted by the payer; {limit}."
    return f"{left}; {limit}."


def _rows(proof: ProofOfFiling) -> list[dict[str, str]]:
    shown = (
        ("Payer", f"{proof.payer_name}, {proof.payer_id}"),
        ("Patient", proof.patient_name),
        ("Member number", proof.member_id),
        ("Our claim number", proof.control_number),
        ("Payer's claim number", proof.payer_claim_control_number),
        ("Dates of service", _period(proof)),
        ("Charge", to_dollars(proof.charge)),
        ("Billing NPI", proof.practice.npi),
    )
    return [{"label": label, "value": value} for label, value in shown if value]


def _period(proof: ProofOfFiling) -> str:
    if proof.service_from is None or proof.service_to is None:
        return ""
    first, last = to_short_date(proof.service_from), to_short_date(proof.service_to)
    return first if first == last else f"{first} to {last}"


def _version(version: FiledVersion, zone: ZoneInfo) -> list[str]:
    return [
        version.control_number,
        FREQUENCIES.get(version.frequency_code, version.frequency_code),
        _moment(version.sent_at, zone) if version.sent_at else "not known to have left",
        f"{version.file_kind} {version.interchange_number}",
        version.sha256[:HASH_SHOWN],
    ]


def _receipt(receipt: FilingReceipt, zone: ZoneInfo) -> list[str]:
    said = "accepted" if receipt.is_accepted else "refused"
    about = f"version {receipt.version}" if receipt.version else "the claim"
    number = receipt.payer_claim_control_number
    return [
        _moment(receipt.received_at, zone),
        f"{receipt.kind} {receipt.code}",
        f"{about} {said}" + (f": {receipt.meaning}" if receipt.meaning else ""),
        number,
        receipt.sha256[:HASH_SHOWN],
    ]


def _moment(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{to_short_date(local.date())} {local:%H:%M}"
