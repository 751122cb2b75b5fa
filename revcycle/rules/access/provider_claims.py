"""What a sign-in service says of a person, read as a login and as the proofs that were given."""

import re
from collections.abc import Mapping
from typing import Any, Final

EMAIL_CLAIM: Final = "email"
SEVERAL_FACTORS: Final = "mfa"
ONE_TIME_CODE: Final = "otp"
_WORD: Final = re.compile(r"[a-z0-9]+")


def find_login(claims: Mapping[str, Any], claim: str, email_domain: str) -> str:
    """Find the login that the service vouches for; empty when it vouches for none.

    An e-mail address counts only if the service has not said that it is unverified, and only in
    the company's own domain: its part before the sign is the login. Any other claim is the login.

    Source:
        OpenID Connect Core 1.0, section 5.7: an e-mail address is no identity by itself.
    """
    value = claims.get(claim)
    if not isinstance(value, str):
        return ""
    if claim != EMAIL_CLAIM:
        return value.strip().lower()
    name, _, domain = value.strip().lower().rpartition("@")
    is_ours = bool(email_domain) and domain == email_domain.lower()
    return name if is_ours and claims.get("email_verified", True) is True else ""


def has_several_factors(claims: Mapping[str, Any]) -> bool:
    """Tell whether the service says that the person gave more than one proof.

    ``mfa`` says so; a one-time code does beside another method. ``acr`` is read for the same words.

    Source:
        RFC 8176, section 2 (amr); OpenID Connect Core 1.0, section 2 (acr).
    """
    said = claims.get("amr")
    methods = {one for one in said if isinstance(one, str)} if isinstance(said, list) else set()
    grade = set(_WORD.findall(str(claims.get("acr", "")).lower()))
    is_beside_another = ONE_TIME_CODE in methods and len(methods) > 1
    return SEVERAL_FACTORS in methods or is_beside_another or SEVERAL_FACTORS in grade
