"""Reads the folder of a practice, and checks all of them."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from models.documents.client_config import ClientConfig
from models.documents.finding import Finding, Severity, is_blocking
from models.errors import RejectedError
from revcycle.client_config.between_clients import check_between_clients
from revcycle.client_config.contracts import examine_contracts
from revcycle.client_config.cross_checks import check_client
from revcycle.client_config.explanations import explain
from revcycle.client_config.fees import PriceList, read_fees
from revcycle.client_config.own_plays import OwnPlays, check_payers_of_plays, read_own_plays
from revcycle.client_config.places import ClientFile, Problem
from revcycle.client_config.schema import FILLED_BY_READER
from revcycle.client_config.toml_lines import locate_keys

CLIENT_FILE: Final = "client.toml"
FEE_FILE: Final = "fees.csv"
PLAYBOOK_FILE: Final = "playbook.toml"  # optional
EXAMPLE_PREFIX: Final = "_"  # folders to copy from, not practices
SYNTAX_LINE: Final = re.compile(r" \(at line ([0-9]+), column [0-9]+\)$")


class ClientConfigError(RejectedError):
    """A client file is wrong, or two do not go together."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [item for item in self.findings if item.severity is Severity.ERROR]
        listed = (f"{item.position}: {item.field} {item.message}" for item in errors)
        super().__init__("; ".join(listed))


@dataclass(frozen=True, slots=True)
class _Examined:
    """A folder after reading; ``config`` is None when its file could not be understood."""

    file: ClientFile
    config: ClientConfig | None
    findings: tuple[Finding, ...]


def read_client_config(folder: Path) -> ClientConfig:
    """Read one practice: ``client.toml``, ``fees.csv`` beside it, and the folder's name as key.

    ``contracts.csv``, where there is one, is only checked; ``read_contracts`` returns it.

    Raises:
        ClientConfigError: something in the folder is wrong; it holds every finding.
    """
    examined = _examine(folder)
    if examined.config is None or is_blocking(examined.findings):
        raise ClientConfigError(examined.findings)
    return examined.config


def list_client_folders(root: Path, *, include_examples: bool = False) -> tuple[Path, ...]:
    """List the folders that hold a client file, by name; those of ``_example``'s kind if asked."""
    folders = (file.parent for file in root.glob(f"*/{CLIENT_FILE}"))
    return tuple(
        sorted(
            folder
            for folder in folders
            if include_examples or not folder.name.startswith(EXAMPLE_PREFIX)
        )
    )


def check_client_configs(root: Path) -> tuple[Finding, ...]:
    """Check every client file, ``_example`` too, each for itself and all against each other."""
    folders = list_client_folders(root, include_examples=True)
    if not folders:
        return (_file_finding(root.name, f"holds no folder with a {CLIENT_FILE}"),)
    examined = [_examine(folder) for folder in folders]
    readable = [(item.file, item.config) for item in examined if item.config is not None]
    own = [finding for item in examined for finding in item.findings]
    return (*own, *check_between_clients(readable))


def check_fee_coverage(config: ClientConfig, codes: Iterable[str]) -> tuple[Finding, ...]:
    """Report procedure codes in use for which the practice has no price."""
    return tuple(
        Finding(
            "client.fees",
            Severity.ERROR,
            "code",
            f"{code} is in use and has no price",
            f"{config.key}/{FEE_FILE}",
        )
        for code in sorted(set(codes))
        if config.find_fee(code) is None
    )


def _examine(folder: Path) -> _Examined:
    name = f"{folder.name}/{CLIENT_FILE}"
    try:
        text = (folder / CLIENT_FILE).read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return _Examined(ClientFile(name, {}), None, (_unreadable(name, error),))
    file = ClientFile(name, locate_keys(text))
    prices, playbook = _read_prices(folder), _read_playbook(folder)
    config, problems = _validated(folder, content, prices, playbook)
    findings = (
        *(file.finding(problem) for problem in problems),
        *prices.findings,
        *_playbook_findings(playbook, config),
        *_contract_findings(folder, config),
    )
    return _Examined(file, config, findings)


def _contract_findings(folder: Path, config: ClientConfig | None) -> tuple[Finding, ...]:
    """Check the contracts; which payers they may name is known when the client file is."""
    if config is None:
        return ()
    return examine_contracts(folder, [payer.key for payer in config.payers])[1]


def _unreadable(name: str, error: Exception) -> Finding:
    if isinstance(error, tomllib.TOMLDecodeError):
        line = SYNTAX_LINE.search(str(error))
        position = f"{name} line {line[1]}" if line else name
        message = "is not TOML: " + SYNTAX_LINE.sub("", str(error))
        file_name = name.rsplit("/", 1)[-1]
        return Finding("client.syntax", Severity.ERROR, file_name, message, position)
    if isinstance(error, UnicodeDecodeError):
        return _file_finding(name, "is not UTF-8 text")
    return _file_finding(name, "cannot be opened; each practice's folder holds one")


def _file_finding(name: str, message: str) -> Finding:
    return Finding("client.file", Severity.ERROR, name.rsplit("/", 1)[-1], message, name)


def _read_prices(folder: Path) -> PriceList:
    name = f"{folder.name}/{FEE_FILE}"
    try:
        return read_fees((folder / FEE_FILE).read_text(encoding="utf-8-sig"), name)
    except FileNotFoundError:
        return PriceList(findings=(_file_finding(name, "is missing; it prices the charges"),))
    except UnicodeDecodeError:
        return PriceList(findings=(_file_finding(name, "is not UTF-8 text"),))


def _read_playbook(folder: Path) -> OwnPlays | Finding:
    """Read the practice's own plays; without the file it has none."""
    name = f"{folder.name}/{PLAYBOOK_FILE}"
    try:
        text = (folder / PLAYBOOK_FILE).read_text(encoding="utf-8")
        return read_own_plays(text, name)
    except FileNotFoundError:
        return OwnPlays(ClientFile(name, {}))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return _unreadable(name, error)


def _playbook_findings(
    playbook: OwnPlays | Finding, config: ClientConfig | None
) -> Iterator[Finding]:
    if isinstance(playbook, Finding):
        yield playbook
        return
    known = frozenset(payer.key for payer in config.payers) if config else None
    unknown = check_payers_of_plays(playbook, known) if known is not None else ()
    for problem in (*playbook.problems, *unknown):
        yield playbook.file.finding(problem)


def _validated(
    folder: Path, content: dict[str, Any], prices: PriceList, playbook: OwnPlays | Finding
) -> tuple[ClientConfig | None, tuple[Problem, ...]]:
    reserved = tuple(_reserved_keys(content))
    filled = {
        **{key: value for key, value in content.items() if key not in FILLED_BY_READER},
        "key": folder.name.removeprefix(EXAMPLE_PREFIX),
        "fees": prices.fees,
        "revenue_codes": prices.revenue_codes,
        "plays": () if isinstance(playbook, Finding) else playbook.plays,
    }
    try:
        config = ClientConfig.model_validate(filled)
    except ValidationError as error:
        return None, (*reserved, *explain(error))
    return config, (*reserved, *check_client(config))


def _reserved_keys(content: dict[str, Any]) -> Iterator[Problem]:
    for key in FILLED_BY_READER:
        if key in content:
            message = f"does not stand here: the folder's name is the key, prices are in {FEE_FILE}"
            yield Problem("client.value", (key,), message)
