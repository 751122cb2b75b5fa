"""``revcycle workbench``: the web pages."""

from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from models.errors import RejectedError
from revcycle.connectors.identity_provider import IdentityProvider, ProviderAddress
from revcycle.connectors.virus_scan import open_scanner
from revcycle.rules.access.provider_claims import EMAIL_CLAIM
from revcycle.settings import settings
from revcycle.store.schema import count_rows
from workbench.commands.console import err
from workbench.commands.processes import require_free
from workbench.commands.secret_key import sealing_key
from workbench.pages.app import LOOPBACK_HOSTS, create_app
from workbench.pages.provider_sign_in import ProviderSignIn
from workbench.pages.warm_up import warm_up

ADDRESS_SCHEMES = ("http://", "https://")


def workbench(
    port: Annotated[int, typer.Option(min=1, max=65535, help="port on this machine")] = 8000,
    host: Annotated[str, typer.Option(help="127.0.0.1 or localhost, nothing else")] = "127.0.0.1",
    prefect_url: Annotated[str, typer.Option(help="address of Prefect's pages, to link to")] = "",
    mail_folder: Annotated[
        Path | None, typer.Option(help="folder of the local mail catcher, to show its mails")
    ] = None,
    public_name: Annotated[
        str, typer.Option(help="name under which a proxy on this machine serves the pages by https")
    ] = "",
) -> None:
    """Serve the web pages, on this machine only, until Ctrl-C; others come through a proxy."""
    require_loopback(host)
    require_address(prefect_url)
    require_free(port, "workbench")
    app = create_app(
        settings().database,
        key=sealing_key(),
        hosts=(*LOOPBACK_HOSTS, *([public_name] if public_name else [])),
        prefect_url=prefect_url,
        mail_folder=mail_folder,
        provider=provider_sign_in(),
        scanner=open_scanner(settings().clamd),
    )
    count_rows(settings().database)
    warm_up()
    err.print(f"The workbench is at http://{host}:{port}", markup=False)
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
        # Who asks, and whether by https, is believed of a proxy only if there is one.
        proxy_headers=bool(public_name),
    )


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


def require_loopback(host: str) -> None:
    """Refuse to show patients' data to a network: passwords and data would travel unencrypted.

    Raises:
        RejectedError: the host is not this machine.
    """
    if host not in LOOPBACK_HOSTS:
        msg = "the workbench binds to 127.0.0.1 or localhost only; put an https proxy before it"
        raise RejectedError(msg)


def require_address(url: str) -> None:
    """Refuse a link that is not one.

    Raises:
        RejectedError: it is neither http nor https.
    """
    if url and not url.startswith(ADDRESS_SCHEMES):
        msg = "--prefect-url must begin with http:// or https://"
        raise RejectedError(msg)
