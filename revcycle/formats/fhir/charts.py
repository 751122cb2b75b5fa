"""What a file says about each encounter, found once for the whole file."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from revcycle.formats.fhir.nodes import EMPTY, Node, node, nodes, text
from revcycle.formats.fhir.resources import Resources

_LINKED: Final = ("Condition", "Procedure", "DocumentReference", "DiagnosticReport")
_PAYMENTS: Final = ("Claim", "ExplanationOfBenefit")
_VOID: Final = ("entered-in-error", "cancelled", "not-done", "superseded", "draft")


@dataclass(frozen=True, slots=True, repr=False)
class Chart:
    """One encounter with the resources that belong to it."""

    encounter: Node
    patient: Node
    conditions: tuple[Node, ...]
    procedures: tuple[Node, ...]
    documents: tuple[Node, ...]  # DocumentReference and DiagnosticReport
    claims: tuple[Node, ...]
    benefits: tuple[Node, ...]  # ExplanationOfBenefit
    coverages: tuple[Node, ...]  # every Coverage of the patient
    guarantor: Node  # of the patient's Account; empty if there is none


@dataclass(slots=True, repr=False)
class Charts:
    """Indexes of a file: by the identity of the encounter, and of the patient."""

    resources: Resources
    _linked: dict[tuple[int, str], list[Node]] = field(default_factory=lambda: defaultdict(list))
    _coverages: dict[int, list[Node]] = field(default_factory=lambda: defaultdict(list))
    _guarantors: dict[int, Node] = field(default_factory=dict)
    _encounters: dict[int, list[Node]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Link every resource to its encounter."""
        for encounter in self.resources.list_kind("Encounter"):
            self._encounters[id(self._patient(encounter, "subject"))].append(encounter)
        for coverage in self.resources.list_kind("Coverage"):
            self._coverages[id(self._patient(coverage, "beneficiary"))].append(coverage)
        for account in self.resources.list_kind("Account"):
            party = self.resources.resolve(node(account, "guarantor", "party"), account)
            self._guarantors.setdefault(id(self._patient(account, "subject")), party)
        for kind in _LINKED:
            for resource in self.resources.list_kind(kind):
                self._link(kind, resource, self._references(resource))
        for kind in _PAYMENTS:
            for resource in self.resources.list_kind(kind):
                self._link(kind, resource, self._billed_encounters(resource))

    def chart(self, encounter: Node) -> Chart:
        """Collect what belongs to one encounter."""
        patient = self._patient(encounter, "subject")

        def linked(kind: str) -> tuple[Node, ...]:
            return tuple(self._linked.get((id(encounter), kind), ()))

        return Chart(
            encounter=encounter,
            patient=patient,
            conditions=linked("Condition"),
            procedures=linked("Procedure"),
            documents=linked("DocumentReference") + linked("DiagnosticReport"),
            claims=linked("Claim"),
            benefits=linked("ExplanationOfBenefit"),
            coverages=tuple(self._coverages.get(id(patient), ())) if patient else (),
            guarantor=self._guarantors.get(id(patient), EMPTY),
        )

    def _patient(self, resource: Node, name: str) -> Node:
        return self.resources.resolve(node(resource, name), resource)

    def _link(self, kind: str, resource: Node, encounters: Iterator[Node]) -> None:
        if text(resource, "status") in _VOID:
            return
        for encounter in encounters:
            known = self._linked[id(encounter), kind]
            if not any(one is resource for one in known):
                known.append(resource)

    def _references(self, resource: Node) -> Iterator[Node]:
        """Give the encounters of a clinical resource; R4 documents name them in their context."""
        references = nodes(resource, "encounter") + nodes(node(resource, "context"), "encounter")
        yield from (self.resources.resolve(one, resource) for one in references)

    def _billed_encounters(self, resource: Node) -> Iterator[Node]:
        """Give the encounters a claim names, or the claim it explains names, or the only one."""
        items = nodes(resource, "item")
        references = [one for item in items for one in nodes(item, "encounter")]
        references += nodes(resource, "encounter")
        if references:
            yield from (self.resources.resolve(one, resource) for one in references)
            return
        claim = self.resources.resolve(node(resource, "claim"), resource)
        if claim:
            yield from self._billed_encounters(claim)
        elif text(resource, "type", "coding", "code") != "pharmacy":
            only = self._encounters.get(id(self._patient(resource, "patient")), [])
            yield from only if len(only) == 1 else ()
