"""A proof that one row is in the ledger: the row, its leaf, the path to the root, the seal over it.

A check needs the proof and a public key: no database, no master key. `seal.py` says how each hash
is made.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from integration_api.ledger.seal import COLUMNS, ENCODING, head_of, is_signed, key_id_of, leaf_of, path_of, root_from
from integration_api.ledger.tables import PlaceRow, SealRow


class ProofBroken(Exception):
    """The proof does not hold; the message says where."""


class SealFacts(TypedDict):
    """A seal, its bytes in hexadecimal."""

    clinic_id: UUID
    id: UUID
    number: int
    encoding: int
    first_position: int
    row_count: int
    root: str
    previous_head: str
    head: str
    signature: str
    key_id: str
    public_key: str
    sealed_at: datetime
    reached_at: datetime


class InclusionProof(TypedDict):
    """A row's place, and the hashes that lead from it to a signed head."""

    position: int
    leaf: str
    path: list[str]
    seal: SealFacts


_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")
_HEX = ("root", "previous_head", "head", "signature", "key_id", "public_key")
_NUMBERS = ("number", "encoding", "first_position", "row_count")


def inclusion(seal: SealRow, places: Sequence[PlaceRow], position: int) -> InclusionProof:
    """Make it from a seal and the places under it, in their order."""
    leaves, index = [place.leaf for place in places], position - seal.first_position
    facts = {name: value.hex() if isinstance(value, bytes) else value for name, value in seal.__dict__.items()}
    return {
        "position": position,
        "leaf": leaves[index].hex(),
        "path": [one.hex() for one in path_of(leaves, index)],
        "seal": {name: facts[name] for name in SealFacts.__annotations__},  # type: ignore[typeddict-item]  # by name
    }


def check_inclusion(entry: Mapping[str, object], proof: Mapping[str, object]) -> SealRow:
    """Return the seal over the row. The caller compares its key with a trusted one. Raises ProofBroken.

    `entry` and `proof` are as JSON gives them.
    """
    try:
        seal = _seal(_mapping(proof["seal"]))
        row = _row(entry, seal.encoding)
        position, path = proof["position"], [bytes.fromhex(str(one)) for one in _list(proof["path"])]
        leaf = bytes.fromhex(str(proof["leaf"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ProofBroken("it is not whole: a part is missing or cannot be read") from error
    if leaf_of(row, seal.encoding) != leaf:
        raise ProofBroken("the ledger row is not the one that was sealed: its leaf is another")
    if row["clinic_id"] != seal.clinic_id:
        raise ProofBroken("the ledger row is of another clinic than the seal")
    if (
        not isinstance(position, int)
        or root_from(leaf, position - seal.first_position, seal.row_count, path) != seal.root
    ):
        raise ProofBroken("the path does not lead from the row's leaf to the seal's root")
    if head_of(seal) != seal.head:
        raise ProofBroken("the seal's head is of something else")
    if seal.key_id != key_id_of(seal.public_key) or not is_signed(seal.head, seal.signature, seal.public_key):
        raise ProofBroken("the signature under the head is not of the key that is named")
    return seal


def _seal(told: Mapping[str, object]) -> SealRow:
    if set(told) != set(SealFacts.__annotations__):
        raise ValueError
    numbers = {name: told[name] for name in _NUMBERS}
    if not all(type(number) is int for number in numbers.values()):
        raise ValueError
    return SealRow(
        clinic_id=UUID(str(told["clinic_id"])),
        id=UUID(str(told["id"])),
        sealed_at=instant(told["sealed_at"]),
        reached_at=instant(told["reached_at"]),
        **numbers,  # type: ignore[arg-type]  # looked at above
        **{name: bytes.fromhex(str(told[name])) for name in _HEX},  # type: ignore[arg-type]  # by name
    )


def _row(told: Mapping[str, object], encoding: int) -> dict[str, object]:
    """Return the row's values from their JSON; columns of a later encoding are null. Raises KeyError, ValueError."""
    kinds = COLUMNS[encoding]
    later = told.keys() - kinds.keys()
    if (
        not kinds.keys() <= told.keys()
        or later - COLUMNS[ENCODING].keys()
        or any(told[one] is not None for one in later)
    ):
        raise ValueError
    return {name: None if told[name] is None else _value(kind, told[name]) for name, kind in kinds.items()}


def _value(kind: str, value: object) -> object:
    if kind == "uuid":
        return UUID(str(value))
    if kind == "time":
        return instant(value)
    return bytes.fromhex(str(value)) if kind == "bytes" else value


def instant(value: object) -> datetime:
    """Return a time from the API's spelling. Raises ValueError for another spelling."""
    if not _INSTANT.fullmatch(str(value)):
        raise ValueError
    return datetime.fromisoformat(str(value))


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError
    return value


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise TypeError
    return value
