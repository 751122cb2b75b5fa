"""What is wrong in a client file, and where."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.documents.finding import Finding, Severity
from revcycle.client_config.toml_lines import KeyPath, find_line, path_text


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the value at a key path, before its line is looked up."""

    rule_id: str
    path: KeyPath
    message: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class ClientFile:
    """One ``client.toml`` as text: its name for people and the lines of its keys."""

    name: str  # with its folder: lakeside_family/client.toml
    lines: Mapping[KeyPath, int]

    def finding(self, problem: Problem) -> Finding:
        """Say where the problem stands."""
        return Finding(
            problem.rule_id,
            problem.severity,
            path_text(problem.path),
            problem.message,
            f"{self.name} line {find_line(self.lines, problem.path)}",
        )
