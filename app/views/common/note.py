"""What a view says next to its planes: a sentence, and links that go on from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.address.query import spell_address
from app.scene.scene import Scene


@dataclass(frozen=True)
class Way:
    """A link to another scene."""

    label: str
    address: str


@dataclass(frozen=True)
class Note:
    sentence: str
    ways: tuple[Way, ...]


def ways_to(scene: Scene, label: str, path: str, fields: Mapping[str, str]) -> tuple[Way, ...]:
    """A link to a scene of these fields, or none where they are too long for an address."""
    address = f"{path}?{spell_address(fields)}"
    return (Way(label, address),) if len(address.encode()) <= scene.limits.url_bytes else ()
