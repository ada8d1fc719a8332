"""What an equation is made of. A node says what a part is, and which colour it has; a writer says how it looks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Number:
    """A value, shortened for the reader; a result is what the eye should find first."""

    value: float
    role: str = ""
    result: bool = False


@dataclass(frozen=True)
class Count:
    """An index or a divisor: a whole number with all its digits."""

    value: int


@dataclass(frozen=True)
class Amount:
    """How many there are: a whole number with all its digits, in groups of three."""

    value: int
    role: str = ""
    result: bool = False


@dataclass(frozen=True)
class Name:
    """A letter, or the name of a function."""

    name: str
    role: str = ""


@dataclass(frozen=True)
class Sign:
    sign: str


@dataclass(frozen=True)
class Words:
    words: str


@dataclass(frozen=True)
class Element:
    """A number of a grid, by its index; `mark` distinguishes two results."""

    grid: str
    index: "Node"
    role: str = ""
    mark: str | None = None


@dataclass(frozen=True)
class Subscript:
    """Something with a mark below it that says which of its kind it is."""

    base: "Node"
    below: "Node"


@dataclass(frozen=True)
class Over:
    """A sum or a maximum, and what it is taken over."""

    sign: "Node"
    below: "Node"
    above: "Node | None" = None


@dataclass(frozen=True)
class Stack:
    """Conditions under each other, all of which hold."""

    lines: tuple["Node", ...]


@dataclass(frozen=True)
class Row:
    """Parts from left to right."""

    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Sum:
    """Terms added up: of a negative number after the first, its size is taken away."""

    terms: tuple["Node", ...]


@dataclass(frozen=True)
class Product:
    """One number times another, or times the letter that stands for it."""

    factors: tuple["Node", ...]

    @property
    def is_zero(self) -> bool:
        return any(isinstance(factor, Number) and factor.value == 0 for factor in self.factors)


@dataclass(frozen=True)
class Group:
    """Something in parentheses."""

    content: "Node"


@dataclass(frozen=True)
class Power:
    base: "Node"
    exponent: int


@dataclass(frozen=True)
class Transposed:
    content: "Node"


@dataclass(frozen=True)
class Fraction:
    top: "Node"
    bottom: "Node"


@dataclass(frozen=True)
class Root:
    """The root of a sum of powers; without a degree it is a square root."""

    content: "Node"
    degree: int | None


@dataclass(frozen=True)
class Labelled:
    """Which number it is about: y[1, 2]: 3 + 4 = 7."""

    label: "Node"
    content: "Node"


@dataclass(frozen=True)
class Series:
    """Equations on one line, one after the other."""

    each: tuple["Node", ...]


Atom = Number | Count | Amount | Name | Words | Element | Subscript
"""What needs no parentheses."""
Composed = Row | Sum | Product | Group | Power | Transposed | Fraction | Root | Over | Stack | Labelled | Series
Node = Atom | Sign | Composed

DOTS, EQUALS, TIMES, BECOMES, COMMA = map(Sign, "…=·→,")
