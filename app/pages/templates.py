"""The templates: one environment, and what every page may call."""

import re
from collections.abc import Callable, Hashable
from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.equation.mathml import math
from app.operations import menu
from app.pages.frames.table import can_be_framed
from app.pages.framing import FRAME, PROGRAMME
from app.pages.previews import preview_of
from app.pages.public import PUBLIC_URL
from app.paths import build_id, template_folder
from app.text import page as words
from app.text.format import exact, grouped, short

INDENTATION = re.compile(r"^ +", re.MULTILINE)


class Unindented(FileSystemLoader):
    """Templates travel with one space for their indentation; every line keeps its place."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_fresh = super().get_source(environment, template)
        return INDENTATION.sub(" ", source), path, is_fresh


@cache
def environment() -> Environment:
    made = Environment(
        loader=Unindented(template_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a build is what its files were when it started
    )
    made.globals |= {"words": words, "menu": menu, "static": f"/static/{build_id()}", "constant": constant}
    made.globals |= {"can_be_framed": can_be_framed, "preview_of": preview_of}
    made.filters |= {"short": short, "exact": exact, "thousands": grouped, "math": math}
    return made


def render(template: str, **context: Any) -> str:
    """A page from its template, as it is shown where it is asked for."""
    around = {"frame": FRAME.get(), "public_url": PUBLIC_URL.get(), "programme": PROGRAMME.get()}
    return environment().get_template(template).render(**around | context)


@lru_cache(1024)
def constant(template: str, **context: Hashable) -> Markup:
    """A piece that is the same on every page, or on every page of this context, and so is made once."""
    return Markup(render(template, **context))
