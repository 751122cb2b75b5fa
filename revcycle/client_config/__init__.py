"""Reads ``client_configs/*/client.toml``: what differs between practices."""

from revcycle.client_config.reader import (
    ClientConfigError,
    check_client_configs,
    check_fee_coverage,
    list_client_folders,
    read_client_config,
)

__all__ = [
    "ClientConfigError",
    "check_client_configs",
    "check_fee_coverage",
    "list_client_folders",
    "read_client_config",
]
