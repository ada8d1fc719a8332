"""What the controls of a page are made of: links to what could be chosen instead, and fields of text."""

from typing import NamedTuple


class Choice(NamedTuple):
    """A link to a neighbour, or one value of a setting; without an address where there is no such page."""

    label: str
    address: str | None
    chosen: bool = False
    note: str = ""
    name: str = ""


class Field(NamedTuple):
    """A setting or a grid as text. While it is empty, what the placeholder says holds."""

    name: str
    label: str
    value: str
    placeholder: str
    note: str = ""
