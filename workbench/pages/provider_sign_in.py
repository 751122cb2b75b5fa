"""A company's own sign-in service, as the pages are given it."""

from dataclasses import dataclass

from revcycle.connectors.identity_provider import IdentityProvider


@dataclass(frozen=True, slots=True)
class ProviderSignIn:
    """A sign-in service, and how what it says is read.

    Attributes:
        name: What the button says.
        login_claim: Which claim of its tokens names the login.
        email_domain: Whose addresses are logins, where that claim is ``email``.
        trusts_mfa: Whether a token that says mfa needs no code of ours.
    """

    provider: IdentityProvider
    name: str
    login_claim: str
    email_domain: str
    trusts_mfa: bool
