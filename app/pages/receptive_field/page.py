"""The page of a stack: the picture, the list of layers, what a unit sees, the table."""

from dataclasses import dataclass

from markupsafe import Markup

from app.pages.receptive_field import words
from app.pages.receptive_field.cone import cone_svg
from app.pages.receptive_field.editor import Editor, editor
from app.pages.receptive_field.heat import Heats, heats
from app.pages.receptive_field.inputs import spell_input
from app.pages.receptive_field.maps import Maps, linked_question, maps_of
from app.pages.receptive_field.planes import planes_svg
from app.pages.receptive_field.question import Question
from app.pages.receptive_field.table import Row, disagreements, rows, totals
from app.pages.receptive_field.view import View, view
from app.pages.templates import render
from kernels.graph import INPUT

MOST_SIDE_BY_SIDE = 13
"""Inputs up to this many cells wide have both pictures side by side, and so have long stacks."""
MOST_LEVELS_SIDE_BY_SIDE = 5


@dataclass(frozen=True)
class Figures:
    """Both pictures of the stack, as markup."""

    cone: Markup
    planes: Markup
    """Empty for a line, which has no planes."""
    side_by_side: bool
    source: str
    """Where the script fetches what each map reads."""
    map: str
    unit: str
    """The drawn map, and the unit in it, that stand for the chosen one."""


@dataclass(frozen=True)
class Page:
    """What the template receives."""

    question: Question
    figures: Figures | None
    sentence: str
    input: str
    """The size of the input, as 3×224×224."""
    view: View
    heats: Heats | None
    editor: Editor
    rows: list[Row]
    disagreements: list[str]
    totals: dict[str, int]


def page(question: Question) -> str:
    table = rows(question)  # first: it refuses fields that reach too far
    maps = maps_of(question)
    seen = view(question)
    made = Page(
        question=question,
        figures=figures(question, maps) if maps else None,
        sentence=sentence(question, seen),
        input=spell_input(question.shape).replace("x", "×"),
        view=seen,
        heats=heats(question),
        editor=editor(question),
        rows=table,
        disagreements=disagreements(question),
        totals=totals(question),
    )
    return render("receptive_field.html", title=words.TITLE, page=made, theme=question.theme or "auto", said=words)


def figures(question: Question, maps: Maps) -> Figures:
    is_flat = len(question.spatial) == 2
    is_small = question.spatial[-1] <= MOST_SIDE_BY_SIDE and maps.levels <= MOST_LEVELS_SIDE_BY_SIDE
    side_by_side = is_flat and (maps.is_long or (maps.is_single and is_small))
    return Figures(
        cone=Markup(cone_svg(maps)),
        planes=Markup(planes_svg(maps, side_by_side=side_by_side) if is_flat else ""),
        side_by_side=side_by_side,
        source=linked_question(question).address(".links"),
        map=question.place_of(maps.node),
        unit=",".join(map(str, maps.unit)),
    )


def sentence(question: Question, seen: View) -> str:
    """What the chosen unit sees, in words."""
    chosen = question.chosen
    where = "[" + ", ".join(map(str, chosen.unit)) + "]"
    if chosen.node == INPUT:
        return words.INPUT_CHOSEN.format(unit=where)
    layer = question.measured[chosen.node]
    if seen.field is None:
        return words.SEES_NOTHING.format(unit=where, place=layer.place)
    sides = (seen.field.wide,) if len(question.spatial) == 1 else (seen.field.high, seen.field.wide)
    cells = words.BRACKET.format(cells="×".join(f"{side:g}" for side in sides))
    sentence = words.SEES_BEYOND if seen.beyond else words.SEES
    return sentence.format(unit=where, place=layer.place, cells=words.BRACKET_ONE if set(sides) == {1} else cells)
