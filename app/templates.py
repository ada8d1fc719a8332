"""The templates: one environment, and what every page may call."""

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.format import exact, grouped, short
from app.operations import menu
from app.paths import build_id, template_folder
from app.words import page as words


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(template_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"words": words, "menu": menu, "static": f"/static/{build_id()}"}
    made.filters |= {"short": short, "exact": exact, "thousands": grouped}
    return made


def render(template: str, **context: Any) -> str:
    """A page from its template."""
    return environment().get_template(template).render(**context)
