"""What is to be pasted, right for where it goes: for slides no lazy loading and a fixed size."""

from dataclasses import dataclass, field
from html import escape

from app.pages.oembed import markup
from app.pages.share import words
from app.pages.share.shared import Shared

WIDTH, HEIGHT = 960, 540


@dataclass(frozen=True)
class Snippet:
    """A text for one program, how it gets there, and the files that it needs."""

    name: str
    title: str
    how: str
    text: str
    files: tuple[tuple[str, str], ...] = field(default=())
    """What each is called, and where it is."""


def snippets(shared: Shared) -> dict[str, list[Snippet]]:
    """By the names of the tabs."""
    if not shared.can_be_framed:
        return {"documents": [markdown(shared)]}
    return {
        "slides": [
            Snippet("reveal", words.REVEAL, words.REVEAL_HOW, reveal(shared)),
            Snippet("quarto", words.QUARTO, words.QUARTO_HOW, f"```{{=html}}\n{reveal(shared)}\n```"),
            linked("powerpoint", words.POWERPOINT, words.POWERPOINT_HOW, shared, ".pptx", ".svg"),
            linked("google", words.GOOGLE, words.GOOGLE_HOW, shared, ".gif", ".png"),
            linked("keynote", words.KEYNOTE, words.KEYNOTE_HOW, shared, ".mp4", ".png"),
        ],
        "documents": [
            latex(shared),
            markdown(shared),
            linked("word", words.WORD, words.WORD_HOW, shared, ".svg", ".png"),
            Snippet("web", words.WEB, words.WEB_HOW, frame(shared)),
        ],
        "courses": [
            Snippet("moodle", words.MOODLE, words.MOODLE_HOW, frame(shared)),
            Snippet("canvas", words.CANVAS, words.CANVAS_HOW, frame(shared)),
        ],
        "notebooks": [Snippet("jupyter", words.JUPYTER, words.JUPYTER_HOW, jupyter(shared))],
    }


def frame(shared: Shared) -> str:
    return markup(shared.frame(), shared.title, WIDTH, HEIGHT, allow=allowed(shared))


def allowed(shared: Shared) -> str:
    return "camera; fullscreen" if shared.needs_camera else "fullscreen"


def reveal(shared: Shared) -> str:
    """`data-src` makes the deck load it with its slide, and say when that is there. On paper stands a picture."""
    source = markup(shared.frame(deck="reveal"), shared.title, WIDTH, HEIGHT, allow=allowed(shared))
    source = source.replace(" src=", " data-src=", 1)
    still = shared.first(".svg", ".png")
    if not still:
        return source
    address, title = escape(shared.file(still)), escape(shared.title)
    return f"""<div class="convscope">
  {source}
  <img src="{address}" width="{WIDTH}" height="{HEIGHT}" alt="{title}">
</div>
<style>
  .convscope img {{ object-fit: contain; }}
  html:not(.print-pdf, .reveal-print) .convscope img {{ display: none; }}
  html:is(.print-pdf, .reveal-print) .convscope iframe {{ display: none; }}
</style>"""


def linked(name: str, title: str, how: str, shared: Shared, *wanted: str) -> Snippet:
    """For programs that take no frames: a file, and the address to which it leads."""
    found = [extension for extension in wanted if extension in shared.extensions]
    files = tuple((shared.name + extension, shared.file(extension)) for extension in found)
    return Snippet(name, title, how, shared.wall, files)


def latex(shared: Shared) -> Snippet:
    address = escaped(shared.link)
    if ".pdf" not in shared.extensions:
        return Snippet("latex", words.LATEX, words.LATEX_ALONE_HOW, rf"\href{{{address}}}{{{shared.title}}}")
    name = f"{shared.name}.pdf"
    text = "\n".join(
        [
            r"\begin{figure}",
            r"  \centering",
            rf"  \href{{{address}}}{{\includegraphics[width=\linewidth]{{{name}}}}}",
            rf"  \caption{{{shared.title}}}",
            r"\end{figure}",
        ]
    )
    return Snippet("latex", words.LATEX, words.LATEX_HOW, text, ((name, shared.file(".pdf")),))


def escaped(address: str) -> str:
    """An address as \\href takes it, even where other commands have read it before."""
    for character in "%#&":
        address = address.replace(character, rf"\{character}")
    return address


def markdown(shared: Shared) -> Snippet:
    still = shared.first(".svg", ".png")
    if not still:
        text = f"[{shared.title}](<{shared.link}>)"
        return Snippet("markdown", words.MARKDOWN, words.MARKDOWN_ALONE_HOW, text)
    text = f"[![{shared.title}](<{shared.file(still)}>)](<{shared.link}>)"
    return Snippet("markdown", words.MARKDOWN, words.MARKDOWN_HOW, text)


def jupyter(shared: Shared) -> str:
    return f'from IPython.display import IFrame\n\nIFrame("{shared.frame()}", width={WIDTH}, height={HEIGHT})'
