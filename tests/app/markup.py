"""HTML and SVG as a flat list of elements, for tests that look at what a page says and where it leads."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "link", "meta", "br", "img", "hr", "source"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""
    """All text inside, that of inner elements too."""

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")


@dataclass
class Markup(HTMLParser):
    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def elements(html: str) -> list[Element]:
    """Every element of a page, in its order."""
    parser = Markup()
    parser.feed(html)
    parser.close()
    return parser.elements


def value_of(control: Element) -> str:
    """What a form's control would send. A parser drops the newline that may open a textarea; this one does not."""
    return control.text.removeprefix("\n") if control.tag == "textarea" else control.get("value")
