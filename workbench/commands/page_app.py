"""The workbench's application with the settings of this machine."""

from pathlib import Path

from fastapi import FastAPI

from revcycle.connectors.virus_scan import open_scanner
from revcycle.settings import settings
from workbench.commands.logs import configure_logs
from workbench.commands.provider_settings import provider_sign_in
from workbench.commands.secret_key import sealing_key
from workbench.pages.app import LOOPBACK_HOSTS, create_app
from workbench.pages.warm_up import warm_up


def make_warm_app(prefect_url: str, mail_folder: Path | None, public_name: str) -> FastAPI:
    """Make the application, ready for the first person.

    Raises:
        RejectedError: a setting is missing or wrong.
    """
    configure_logs()  # a process that serves beside the first began with nothing
    app = create_app(
        settings().database,
        key=sealing_key(),
        hosts=(*LOOPBACK_HOSTS, *([public_name] if public_name else [])),
        prefect_url=prefect_url,
        mail_folder=mail_folder,
        provider=provider_sign_in(),
        scanner=open_scanner(settings().clamd),
    )
    warm_up()
    return app
