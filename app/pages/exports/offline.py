"""A scene as one file that plays without a server: the page's own stage and player, with the steps inside.

It opens by a double click, and as a file in a course page's sandbox, where there is no storage and no origin. Its
policy lets its own script and style run, by their hashes, and nothing from anywhere else.
"""

import re
import zlib
from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup

from app.address.refusal import Refusal
from app.http.frozen import travelling
from app.pages.exports import words
from app.pages.exports.bundle import bundle
from app.pages.exports.options import Options
from app.pages.public import PUBLIC_URL
from app.pages.scene.embed import all_grids
from app.pages.scene.stage import Stage, stage
from app.pages.templates import render
from app.paths import static_folder
from app.stream import events
from app.text.encoding import dumps
from app.views.view import View

PAGE = 4096
"""Steps of a page of the stream, as static/js/source.js asks for them."""
MOST_NUMBERS = 1_000_000
POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data: blob:; font-src data:; "
    "form-action 'none'; base-uri 'none'"
)
SHEETS = ("base", "stage", "views", "photographs", "frame")
LINK = re.compile(r' href="/[^"]*"')
OUTSIDE = re.compile(r"<link [^>]*>|<noscript>.*?</noscript>", re.DOTALL)


def check(view: View, options: Options) -> None:
    numbers = view.steps * view.numbers_per_step
    if numbers > MOST_NUMBERS:
        raise Refusal(words.HEAVY.format(value=numbers, most=MOST_NUMBERS), type="less_than_equal", loc=("x",))


def html(view: View, options: Options) -> bytes:
    """The file."""
    check(view, options)
    scene, drawn = view.scene, stage(view, prefix="/embed")
    script = script_for(drawn)
    return render(
        "offline.html",
        title=scene.operation.title,
        theme=scene.presentation.theme.replace("transparent", "auto"),
        policy=policy(script),
        style=Markup(style()),
        stage=Markup(stage_of(view, drawn)),
        address=PUBLIC_URL.get() + scene.address(),
        steps=Markup(steps(view)),
        script=Markup(script),
    ).encode()


def policy(script: str) -> str:
    return POLICY.format(script=digest(script), style=digest(style()))


def policy_of(view: View) -> str:
    """The policy that the file states itself, for the answer that carries it."""
    return policy(script_for(stage(view, prefix="/embed")))


def digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def script_for(drawn: Stage) -> str:
    """The stage's modules, and those of the view that it asks for."""
    view = drawn.settings.get("view")
    return bundle("offline.js", *([f"views/{view}.js"] if view else []), "stage.js")


def style() -> str:
    """All sheets of a stage, and the font of its formulas within them."""
    font = b64encode((static_folder() / "fonts" / "convscope-math.woff2").read_bytes()).decode()
    sheets = "\n".join(travelling(static_folder() / "css" / f"{name}.css") for name in SHEETS)
    return sheets.replace("../fonts/convscope-math.woff2", f"data:font/woff2;base64,{font}")


def stage_of(view: View, drawn: Stage) -> str:
    """The stage as a frame has it. Its links lead to a server, and what is typed would need one: both are left out."""
    scene = view.scene
    locked = all_grids(scene)
    made = render("_stage.html", scene=scene, stage=drawn, locked=locked)
    return LINK.sub("", OUTSIDE.sub("", made))


def steps(view: View) -> str:
    """The pages of the stream by their first step, packed: so the answers of a scene that asks are not to be read."""
    pages = {
        str(start): b64encode(zlib.compress(events.whole(view, events.page_of(view, start, start + PAGE)), 9)).decode()
        for start in range(0, view.steps, PAGE)
    }
    return dumps(pages).decode()
