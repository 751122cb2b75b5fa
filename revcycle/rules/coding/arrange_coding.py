"""Move, remove and add rows of a typed coding; services go on pointing at the same diagnoses."""

from collections.abc import Callable
from dataclasses import replace

from revcycle.rules.coding.typed_coding import (
    TypedCoding,
    TypedService,
    read_pointers,
    write_pointers,
)


def move_diagnosis(typed: TypedCoding, number: int, *, steps: int) -> TypedCoding:
    """Let a diagnosis change places with a neighbour; the first is the principal one.

    Args:
        typed: The rows of the page.
        number: Which diagnosis, from 1.
        steps: -1 for up, 1 for down. Beyond the ends nothing moves.

    Source:
        ICD-10-CM Official Guidelines, section IV.G: the principal diagnosis stands first.
    """
    other = number + steps
    if not (1 <= number <= len(typed.diagnoses) and 1 <= other <= len(typed.diagnoses)):
        return typed
    diagnoses = list(typed.diagnoses)
    diagnoses[number - 1], diagnoses[other - 1] = diagnoses[other - 1], diagnoses[number - 1]
    swapped = {number: other, other: number}
    return _repointed(typed, tuple(diagnoses), lambda pointer: swapped.get(pointer, pointer))


def remove_diagnosis(typed: TypedCoding, number: int) -> TypedCoding:
    """Remove a diagnosis; services no longer point at it, and those behind it move up.

    Source:
        House rule: a pointer never silently means another diagnosis.
    """
    if not 1 <= number <= len(typed.diagnoses):
        return typed
    diagnoses = typed.diagnoses[: number - 1] + typed.diagnoses[number:]

    def follow(pointer: int) -> int | None:
        if pointer == number:
            return None
        return pointer - 1 if pointer > number else pointer

    return _repointed(typed, diagnoses, follow)


def remove_service(typed: TypedCoding, number: int) -> TypedCoding:
    """Remove a service.

    Source:
        House rule.
    """
    if not 1 <= number <= len(typed.services):
        return typed
    return replace(typed, services=typed.services[: number - 1] + typed.services[number:])


def add_diagnosis(typed: TypedCoding, code: str) -> TypedCoding:
    """Put a diagnosis behind the others, unless it is there already.

    Source:
        ICD-10-CM Official Guidelines, section I.B.8: a code is reported once.
    """
    rows = typed.trimmed()
    if _bare(code) in {_bare(one) for one in rows.diagnoses}:
        return rows
    return replace(rows, diagnoses=(*rows.diagnoses, code))


def add_service(typed: TypedCoding, procedure: str) -> TypedCoding:
    """Put a service behind the others; which diagnoses it was for, the coder says.

    Source:
        House rule: nothing is copied that a coder has not seen.
    """
    rows = typed.trimmed()
    return replace(rows, services=(*rows.services, TypedService(procedure=procedure)))


def _repointed(
    typed: TypedCoding, diagnoses: tuple[str, ...], follow: Callable[[int], int | None]
) -> TypedCoding:
    services = tuple(
        replace(service, pointers=_follow_all(service.pointers, follow))
        for service in typed.services
    )
    return TypedCoding(diagnoses, services)


def _follow_all(text: str, follow: Callable[[int], int | None]) -> str:
    """Change the pointers that can be read; what cannot stays for the coder to mend."""
    pointers = read_pointers(text)
    if pointers is None:
        return text
    moved = (follow(pointer) for pointer in pointers)
    return write_pointers(tuple(pointer for pointer in moved if pointer is not None))


def _bare(code: str) -> str:
    return code.replace(".", "").strip().upper()
