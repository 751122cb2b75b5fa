"""What the claim status codes of a 277CA point at, in our own words, for those seen most.

The official texts belong to X12 and do not stand here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

STATUSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "19": "received by the next party",
        "20": "taken for a decision",
        "21": "information missing or wrong",
        "24": "not enrolled to send claims electronically",
        "25": "not enrolled with this payer",
        "26": "not found",
        "27": "the policy was cancelled",
        "29": "insured and policy do not belong together",
        "30": "insured and member number do not belong together",
        "31": "the insured's name does not fit the policy",
        "32": "insured and policy not found",
        "33": "insured and member number not found",
        "35": "claim not found",
        "54": "a claim like it was decided before",
        "65": "paid",
        "78": "a claim like it is being decided",
        "88": "not covered on the dates of service",
        "91": "provider not approved on the dates of service",
        "97": "patient not found as covered",
        "116": "sent to the wrong payer",
        "121": "more lines than are allowed",
        "122": "data missing or wrong that the payer cannot do without",
        "125": "name",
        "126": "address",
        "128": "tax number",
        "145": "specialty or taxonomy code",
        "153": "identification number",
        "155": "relationship to the patient",
        "156": "relationship to the insured",
        "157": "sex",
        "158": "birth date",
        "164": "member number",
        "171": "other coverage",
        "178": "charges",
        "187": "date of service",
        "188": "first and last day of service",
        "228": "type of bill",
        "234": "discharge status",
        "249": "place of service",
        "252": "authorization number",
        "254": "principal diagnosis",
        "255": "diagnosis",
        "258": "days or units",
        "400": "the amounts do not add up",
        "453": "modifier",
        "454": "procedure code",
        "455": "revenue code",
        "464": "the payer's own number of the claim",
        "476": "units",
        "477": "pointer to a diagnosis",
        "481": "form of the claim file",
        "488": "diagnosis of a service",
        "496": "we are not approved to send for this provider",
        "500": "postal code",
        "504": "last name",
        "505": "first name",
        "507": "procedure code",
        "562": "NPI",
        "746": "sent twice",
    }
)
ENTITIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "1P": "provider",
        "40": "receiver",
        "41": "sender",
        "71": "attending provider",
        "77": "place of service",
        "82": "rendering provider",
        "85": "billing provider",
        "87": "pay-to provider",
        "DN": "referring provider",
        "IL": "insured",
        "PR": "payer",
        "QC": "patient",
    }
)


def status_label(code: str) -> str:
    """Return our words for a claim status code, or the code itself where we have none."""
    return STATUSES.get(code, f"status {code}")
