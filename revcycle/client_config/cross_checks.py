"""What one client file must hold together, beyond each value being well formed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from models.documents.claim import ClaimForm
from models.documents.client_config import (
    BankSection,
    ClientConfig,
    ConnectionSection,
    IntakeFormat,
    IntakeSourceSection,
)
from models.documents.clock import ClockKind
from models.documents.finding import Severity
from models.documents.intake_columns import INTAKE_COLUMNS, INTAKE_COLUMNS_REQUIRED
from models.states.stage import Stage
from revcycle.client_config.bank_checks import check_bank
from revcycle.client_config.coding_checks import check_coding_section
from revcycle.client_config.places import Problem
from revcycle.client_config.toml_lines import KeyPath
from revcycle.reference.places_of_service import PLACES_OF_SERVICE
from revcycle.reference.procedures import is_procedure_code
from revcycle.reference.us_states import US_STATES

SFTP_NEEDS: Final = ("host", "username", "private_key", "host_key")
POST_OFFICE_BOX: Final = re.compile(r"\bP\.?\s*O\.?\s*BOX\b", re.IGNORECASE)
FULL_ZIP_DIGITS: Final = 9
LIMIT_BY_LAW: Final = frozenset({"MA", "MB"})  # Medicare, 42 CFR 424.44(a)


def check_client(config: ClientConfig) -> Iterator[Problem]:
    """Report what does not hold together within one client file."""
    yield from _references(config)
    yield from _duplicates(config)
    yield from _practice(config)
    for index, connection in enumerate(config.connections):
        yield from _connection(connection, ("connections", index))
    for index, source in enumerate(config.intake):
        yield from _intake_source(source, config, ("intake", index))
    yield from _clocks(config)
    if config.bank is not None:
        yield from check_bank(config.bank)
        yield from _sftp_needs(config.bank, ("bank",))
    yield from _stages(config)
    yield from _revenue_codes(config)
    yield from check_coding_section(config)


def _references(config: ClientConfig) -> Iterator[Problem]:
    defined = [connection.key for connection in config.connections]
    for index, payer in enumerate(config.payers):
        if payer.connection not in defined:
            message = f"{payer.connection!r} is not defined; allowed: {', '.join(defined)}"
            yield Problem("client.reference", ("payers", index, "connection"), message)


def _duplicates(config: ClientConfig) -> Iterator[Problem]:
    """Report keys and numbers that stand twice; payers are also told apart by their names."""
    for table, name in (
        ("connections", "key"),
        ("payers", "key"),
        ("payers", "payer_id"),
        ("intake", "key"),
        ("intake", "folder"),
        ("providers", "npi"),
    ):
        sections = getattr(config, table)
        paths = [
            (str(getattr(section, name)), (table, index, name))
            for index, section in enumerate(sections)
        ]
        yield from _repeated(paths)
    yield from _repeated(_payer_names(config))


def _payer_names(config: ClientConfig) -> Iterator[tuple[str, KeyPath]]:
    for index, payer in enumerate(config.payers):
        yield payer.name.casefold(), ("payers", index, "name")
        for alias_index, alias in enumerate(payer.aliases):
            yield alias.casefold(), ("payers", index, "aliases", alias_index)


def _repeated(values: Iterable[tuple[str, KeyPath]]) -> Iterator[Problem]:
    by_value: dict[str, list[KeyPath]] = defaultdict(list)
    for value, path in values:
        by_value[value].append(path)
    for value, paths in by_value.items():
        for path in paths[1:]:
            yield Problem("client.duplicate", path, f"{value!r} stands here and before")


def _practice(config: ClientConfig) -> Iterator[Problem]:
    practice, address = config.practice, config.practice.address
    path: KeyPath = ("practice", "address")
    if address.state not in US_STATES:
        yield Problem("client.address", (*path, "state"), f"{address.state!r} is not a US state")
    if len(address.zip_code) != FULL_ZIP_DIGITS:
        message = "payers refuse a billing provider without all nine digits of the ZIP code"
        yield Problem("client.address", (*path, "zip_code"), message)
    if POST_OFFICE_BOX.search(f"{address.line1} {address.line2}"):
        message = "payers refuse a PO box as the address of a billing provider; give the street"
        yield Problem("client.address", (*path, "line1"), message)
    if practice.place_of_service not in PLACES_OF_SERVICE:
        message = f"{practice.place_of_service!r} is not a place of service; see the CMS code set"
        yield Problem("client.value", ("practice", "place_of_service"), message)


def _connection(connection: ConnectionSection, path: KeyPath) -> Iterator[Problem]:
    yield from _sftp_needs(connection, path)
    if not connection.upper_case and connection.characters == "basic":
        message = "needs characters = 'extended': the basic set has capitals only"
        yield Problem("client.connection", (*path, "upper_case"), message)
    if connection.send_folder == connection.collect_folder:
        message = "is also the send_folder: we would collect what we sent"
        yield Problem("client.connection", (*path, "collect_folder"), message)


def _sftp_needs(
    section: ConnectionSection | IntakeSourceSection | BankSection, path: KeyPath
) -> Iterator[Problem]:
    for name in SFTP_NEEDS:
        given = bool(getattr(section, name))
        if section.kind == "sftp" and not given:
            yield Problem("client.connection", (*path, name), "is missing; kind = 'sftp' needs it")
        if section.kind == "directory" and given:
            message = "has no meaning with kind = 'directory'; allowed with 'sftp' only"
            yield Problem("client.connection", (*path, name), message)


def _intake_source(
    source: IntakeSourceSection, config: ClientConfig, path: KeyPath
) -> Iterator[Problem]:
    yield from _sftp_needs(source, path)
    yield from _columns(source, path)
    for theirs, code in source.procedure_codes.items():
        at = (*path, "procedure_codes", theirs)
        if not is_procedure_code(code):
            yield Problem("client.intake", at, f"{code!r} is not a CPT or HCPCS code")
        elif config.fees and config.find_fee(code) is None:
            yield Problem("client.fees", at, f"{code!r} has no price in fees.csv")


def _columns(source: IntakeSourceSection, path: KeyPath) -> Iterator[Problem]:
    path = (*path, "columns")
    if source.format is not IntakeFormat.CSV:
        if source.columns:
            yield Problem("client.intake", path, f"has no meaning with format = '{source.format}'")
        return
    missing = [name for name in INTAKE_COLUMNS_REQUIRED if name not in source.columns]
    if missing:
        message = f"lacks {', '.join(missing)}: without them no row is an encounter"
        yield Problem("client.intake", path, message)
    for name in source.columns:
        if name not in INTAKE_COLUMNS:
            message = "is not a column we read; see docs/reference/client-file.md"
            yield Problem("client.intake", (*path, name), message)
    headers = source.columns.items()  # found in the file whatever their case
    yield from _repeated((header.casefold(), (*path, name)) for name, header in headers)


def _clocks(config: ClientConfig) -> Iterator[Problem]:
    """Report clocks of nobody or without one length, and payers whose filing limit nobody knows."""
    keys = [payer.key for payer in config.payers]
    for index, clock in enumerate(config.clocks):
        if clock.payer is not None and clock.payer not in keys:
            message = f"{clock.payer!r} is not defined; allowed: {', '.join(keys)}"
            yield Problem("client.reference", ("clocks", index, "payer"), message)
        if clock.kind is ClockKind.APPEAL:
            message = "appeals are set by payers.appeal_levels, level by level"
            yield Problem("client.clock", ("clocks", index, "kind"), message)
        if (clock.days is None) == (clock.months is None):
            yield Problem("client.clock", ("clocks", index, "days"), "give days or months, one")
    own = {clock.payer for clock in config.clocks if clock.kind is ClockKind.FILING}
    for index, payer in enumerate(config.payers):
        is_known = payer.filing_limit_days or own & {payer.key, None}
        if not is_known and payer.filing_indicator not in LIMIT_BY_LAW:
            message = "is missing; the contract says it, no law does"
            yield Problem("client.clock", ("payers", index, "filing_limit_days"), message)


def _stages(config: ClientConfig) -> Iterator[Problem]:
    if config.schedules.statements and not config.is_on(Stage.STATEMENTS):
        message = "schedules a stage that is switched off under [stages]"
        yield Problem("client.schedule", ("schedules", "statements"), message)
    if config.is_on(Stage.INTAKE) and not config.intake:
        message = "intake is on, but no [[intake]] source is defined"
        yield Problem("client.intake", ("intake",), message, Severity.WARNING)


def _revenue_codes(config: ClientConfig) -> Iterator[Problem]:
    """An institutional line names a revenue code; the price list says which."""
    if config.practice.claim_form is not ClaimForm.INSTITUTIONAL:
        return
    codes = {key.partition("-")[0] for key in config.fees}
    lacking = sorted(codes.difference(config.revenue_codes))
    if lacking:
        message = f"institutional claims need a revenue_code in fees.csv for {', '.join(lacking)}"
        yield Problem("client.fees", ("practice", "claim_form"), message)
