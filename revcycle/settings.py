"""What differs between machines, from ``REVCYCLE_*`` variables.

Read by tasks, pages and commands only; everything below gets arguments.
"""

import re
from functools import cache
from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One machine's settings. Secrets come from the environment and are written nowhere."""

    model_config = SettingsConfigDict(env_prefix="REVCYCLE_", frozen=True)

    home: Path = Path(".revcycle")  # state: database, drop folders, server data
    database_url: str = ""  # empty: SQLite under ``home``
    client_configs: Path = Path("client_configs")
    secret_key: SecretStr = SecretStr("")  # 64 hexadecimal digits; seals authenticators' secrets
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 2525
    smtp_username: str = ""
    smtp_starttls: bool = True
    statements_address: str = "statements@billing.example.org"  # the mailbox statements leave from
    smtp_ca_file: str = ""
    oidc_issuer: str = ""  # empty: people sign in with their password only
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_name: str = "your company's sign-in"  # what the button says
    oidc_login_claim: str = "email"
    oidc_email_domain: str = ""  # whose addresses are logins, where the claim is ``email``
    oidc_trust_mfa: bool = True  # a token that says mfa needs no code of ours
    sftp_host: str = ""  # overrides every connection's host; for the sandbox
    sftp_port: int = 0
    alert_url: SecretStr = SecretStr("")  # where Prefect posts that a run failed or is late
    workbench_url: str = ""  # where people open the pages, for links to them; empty: no links

    demo_words: bool = True  # our own words for the procedures of the demonstration
    clamd: str = ""  # host:port of a virus scanner for what people send; empty: none

    @property
    def database(self) -> str:
        """The database's URL, with the one PostgreSQL driver that is installed."""
        if not self.database_url:
            return f"sqlite:///{self.home.resolve() / 'revcycle.sqlite3'}"
        return re.sub("^postgres(ql)?://", "postgresql+psycopg://", self.database_url)


@cache
def settings() -> Settings:
    """Read the environment once per process."""
    return Settings()
