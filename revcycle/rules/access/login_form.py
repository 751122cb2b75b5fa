"""What a login may look like."""

import re
from typing import Final

from models.documents.finding import Finding, Severity

RULE_ID = "access.login"
LOGIN: Final = re.compile(r"[a-z][a-z0-9._-]{1,38}[a-z0-9]")


def check_login(login: str) -> tuple[Finding, ...]:
    """Report a login that could be mistaken for another, or for the name of a program.

    Source:
        Ours: logins stand in audit trails beside names such as ``flow:submission``.
    """
    if LOGIN.fullmatch(login):
        return ()
    text = "a login has 3 to 40 small letters, digits, dots or hyphens and begins with a letter"
    return (Finding(RULE_ID, Severity.ERROR, "login", text),)
