"""Formulas of a graph as MathML, coloured by role: what is data, what is learned, what is computed."""

import re
from functools import lru_cache
from html import escape

from markupsafe import Markup

from app.pages.backprop.reading import Asked
from app.pages.backprop.writing import name_of

NUMBER, NAME, POWER = r"−?\d+(?:\.\d+)?(?:e-?\d+)?|−?∞", r"[A-Za-zσ_]+[0-9_]*[₀₁₂₃₄₅₆₇₈₉]*", r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]*"
TOKENS = re.compile(rf"{NUMBER}|{NAME}{POWER}|\S")
TOKEN = re.compile(rf"(?P<mn>{NUMBER})|(?P<mi>{NAME})(?P<above>{POWER})|(?P<mo>\S)")
PLAIN_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "01234567890123456789−")


class Mathematics:
    """Writes formulas of one graph."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.roles = {name_of(name): self.role(name) for name in asked.made.values}
        self.tokens_written: dict[str, str] = {}
        """Names, numbers and signs as they have been written: the same few come in every line."""

    def role(self, name: str) -> str:
        if name not in self.asked.given:
            return "output"
        return "input" if self.asked.is_data(name) else "tap"

    def formula(self, *parts: str | Markup) -> Markup:
        """One line: texts are cut into names, numbers and signs; what is Markup stands as it is."""
        inner = "".join(part if isinstance(part, Markup) else self.tokens(part) for part in parts)
        return Markup(f'<math displaystyle="true">{inner}</math>')

    def tokens(self, text: str) -> str:
        return "".join(map(self.token, TOKENS.findall(text)))

    def token(self, text: str) -> str:
        known = self.tokens_written.get(text)
        if known is None:
            known = self.tokens_written[text] = self.written(text)
        return known

    def written(self, text: str) -> str:
        match = TOKEN.fullmatch(text)
        assert match is not None
        if match["mn"]:
            return f"<mn>{match['mn']}</mn>"
        if match["mi"]:
            name = self.name(match["mi"])
            above = match["above"].translate(PLAIN_DIGITS)
            return f"<msup>{name}<mn>{above}</mn></msup>" if above else name
        stands = ' stretchy="false"' if match["mo"] and match["mo"] in "()[]" else ""  # brackets stay as high as a line
        return f"<mo{stands}>{escape(match['mo'])}</mo>"

    def name(self, shown: str) -> str:
        """A name in the colour of its role, its number below it."""
        return coloured(shown, self.roles.get(shown, ""))

    def slope(self, of: str, by: str) -> Markup:
        """∂of/∂by"""
        over, under = (f"<mrow><mo>∂</mo>{self.name(name_of(name))}</mrow>" for name in (of, by))
        return Markup(f"<mfrac>{over}{under}</mfrac>")

    def joined(self, parts: list[str | Markup], sign: str) -> Markup:
        return Markup(
            f"<mo>{sign}</mo>".join(part if isinstance(part, Markup) else self.tokens(part) for part in parts)
        )


@lru_cache(4096)
def coloured(shown: str, role: str) -> str:
    letters = shown.rstrip("₀₁₂₃₄₅₆₇₈₉")
    below = shown[len(letters) :].translate(PLAIN_DIGITS)
    marked = f' class="{role}"' if role else ""
    base = f"<mi{marked}>{escape(letters)}</mi>"
    return f"<msub>{base}<mn{marked}>{below}</mn></msub>" if below else base
