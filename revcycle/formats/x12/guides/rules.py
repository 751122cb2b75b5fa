"""What a guide says of one transaction: loops, segments, elements, components."""

from collections.abc import Mapping
from dataclasses import dataclass

UNLIMITED = 1_000_000_000  # a loop or segment that may repeat without end


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ComponentRule:
    """One component of a composite element, or a whole element that is not a composite.

    Attributes:
        number: Its place, counted from 1.
        usage: ``R`` required, ``S`` situational, ``N`` not used.
        data_element: The number of the data element, as a 999 names it (IK402).
        type: ``AN``, ``ID``, ``N0``, ``R``, ``R2`` (money), ``DT``, ``TM``.
        shortest: Fewest characters.
        longest: Most characters; signs and decimal points do not count.
        codes: What is allowed, where the guide lists it; ``None`` where it does not.
        external: The name of the list that somebody else keeps (``states``, ``pos``), or nothing.
        pattern: A regular expression for the whole value, or nothing.
    """

    number: int
    usage: str
    data_element: str
    type: str
    shortest: int
    longest: int
    codes: frozenset[str] | None = None
    external: str = ""
    pattern: str = ""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.number} {self.usage} {self.data_element}>"

    @property
    def is_required(self) -> bool:
        """Whether it must have a value."""
        return self.usage == "R"

    @property
    def is_used(self) -> bool:
        """Whether it may have a value."""
        return self.usage != "N"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ElementRule(ComponentRule):
    """One element of a segment.

    Attributes:
        repeat: How often it may repeat, between repetition separators.
        components: Its components where it is a composite; then its own type is ``COMP``.
    """

    repeat: int = 1
    components: tuple[ComponentRule, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SyntaxNote:
    """A condition between elements of a segment.

    Attributes:
        kind: ``P`` all or none, ``R`` at least one, ``E`` at most one, ``C`` with the first come
            all others, ``L`` with the first comes at least one other.
        elements: The numbers of the elements.
    """

    kind: str
    elements: tuple[int, ...]

    def __repr__(self) -> str:
        return f"<SyntaxNote {self.kind}{self.elements}>"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SegmentRule:
    """One use of a segment in a loop.

    Attributes:
        tag: The segment id.
        usage: ``R`` or ``S``.
        max_use: How often it may stand in one instance of its loop.
        elements: Every element that the standard knows for this segment, used or not.
        notes: The conditions between them.
    """

    tag: str
    usage: str
    max_use: int
    elements: tuple[ElementRule, ...]
    notes: tuple[SyntaxNote, ...] = ()

    def __repr__(self) -> str:
        return f"<SegmentRule {self.tag} {self.usage} {self.max_use}>"

    @property
    def is_required(self) -> bool:
        """Whether each instance of the loop must have it."""
        return self.usage == "R"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LoopRule:
    """A loop. Its first child is the segment that opens it, except for the whole transaction.

    Attributes:
        id: Such as ``2010BA``; empty for the transaction itself.
        usage: ``R`` or ``S``.
        max_use: How often it may stand in one instance of the loop above.
        title: What it is about, in our words.
        children: Segments and loops in the order of the guide.
        places: The place of each child. Children of one place may stand in any order.
    """

    id: str
    usage: str
    max_use: int
    title: str
    children: tuple["SegmentRule | LoopRule", ...]
    places: tuple[int, ...]

    def __repr__(self) -> str:
        return f"<LoopRule {self.id} {self.usage} {self.max_use}>"

    @property
    def is_required(self) -> bool:
        """Whether each instance of the loop above must have it."""
        return self.usage == "R"

    @property
    def opener(self) -> SegmentRule:
        """The segment that opens the loop."""
        first = self.children[0]
        if isinstance(first, LoopRule):
            return first.opener
        return first


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Guide:
    """A guide.

    Attributes:
        name: ``837P``, ``835``, ``277CA`` ...
        kind: ST01.
        version: How ST03 or GS08 begins, without the addenda: ``005010X222``.
        root: The transaction from ST to SE.
        segments: The elements of every segment that the standard knows, by tag.
    """

    name: str
    kind: str
    version: str
    root: LoopRule
    segments: Mapping[str, tuple[str, ...]]

    def __repr__(self) -> str:
        return f"<Guide {self.name}>"
