"""The company's own sign-in service, as the environment names it."""

from models.errors import RejectedError
from revcycle.connectors.identity_provider import IdentityProvider, ProviderAddress
from revcycle.rules.access.provider_claims import EMAIL_CLAIM
from revcycle.settings import settings
from workbench.pages.provider_sign_in import ProviderSignIn


def provider_sign_in() -> ProviderSignIn | None:
    """Read the settings of the company's own sign-in service; None when there is none.

    Raises:
        RejectedError: something that is needed is not set, or the service is not reached by https.
    """
    known = settings()
    if not known.oidc_issuer:
        return None
    if not known.oidc_client_id:
        msg = "REVCYCLE_OIDC_ISSUER needs REVCYCLE_OIDC_CLIENT_ID beside it"
        raise RejectedError(msg)
    if known.oidc_login_claim == EMAIL_CLAIM and not known.oidc_email_domain:
        msg = "the claim email needs REVCYCLE_OIDC_EMAIL_DOMAIN: whose addresses are logins here"
        raise RejectedError(msg)
    secret = known.oidc_client_secret.get_secret_value()
    return ProviderSignIn(
        IdentityProvider(ProviderAddress(known.oidc_issuer, known.oidc_client_id, secret)),
        known.oidc_name,
        known.oidc_login_claim,
        known.oidc_email_domain,
        known.oidc_trust_mfa,
    )
