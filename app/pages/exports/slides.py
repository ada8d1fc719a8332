"""Steps of a scene as slides, or as numbered pictures: which steps, and what stands beside the drawing."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

from pptx import Presentation as Deck
from pptx.dml.color import RGBColor
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Emu, Pt

from app.address.refusal import Refusal
from app.equation.maker import equation_tree
from app.equation.text import text
from app.film.canvas import Canvas
from app.layout.layout import Layout, arrange
from app.pages.exports import words
from app.pages.exports.names import file_name
from app.pages.exports.options import Options
from app.pages.exports.still import WIDTH, check_pixels, packed
from app.pages.public import PUBLIC_URL
from app.painters.masks import ALL
from app.painters.palette import Palette
from app.painters.poster import Sheet, paint
from app.painters.reading import ReadLine, read
from app.painters.shapes import Drawing
from app.painters.slide import Frame as Place
from app.painters.slide import paint as paint_slide
from app.stream.picture import colours
from app.text.refusals import STEP_RANGE
from app.views.frame import Frame
from app.views.table import view_of
from app.views.view import View

SLIDES, PICTURES = 8, 60
"""Unless a link says which steps: slides, and pictures."""
MOST_SHAPES = 60_000
"""Of a whole deck."""
MOST_PIXELS = 80_000_000
"""Of all pictures of a file, which are drawn and packed in a few seconds."""
EACH_SHAPE = 200
"""Pixels that are drawn in the time of a shape."""
SIZES = {"16x9": (12_192_000, 6_858_000), "4x3": (9_144_000, 6_858_000)}
"""English metric units."""
MARGIN = 360_000
FOOT = 420_000
"""For the link."""

Progress = Callable[[int, int], None]
Step = tuple[Layout, Frame]


def chosen(view: View, options: Options, usual: int) -> list[int]:
    """The steps that a link asks for, or as many as are usual, from the first to the last."""
    count = view.steps
    if options.steps is None:
        shown = min(usual, count)
        return [round(place * (count - 1) / max(shown - 1, 1)) for place in range(shown)]
    for step in options.steps:
        if step >= count:
            sentence = STEP_RANGE.format(name="steps", most=count - 1, steps=count, value=step)
            raise Refusal(sentence, type="less_than_equal", loc=("steps",))
    return list(options.steps)


# Slides.


def lectured(view: View, options: Options) -> list[int]:
    """The steps of which there are slides. Raises Refusal where these would hold too many shapes."""
    steps = chosen(view, options, SLIDES)
    each = len(drawn(view, seen(view, steps[0]), Sheet()).shapes) * (2 if view.scene.presentation.predict else 1)
    if each * len(steps) > MOST_SHAPES:
        sentence = words.SHAPES.format(value=each * len(steps), most=MOST_SHAPES)
        raise Refusal(sentence, type="less_than_equal", loc=("steps",))
    return steps


def pptx(view: View, options: Options, progress: Progress) -> bytes:
    """A deck: for each step a slide or, where the scene asks for its results, a question and its answer."""
    steps, read_line = lectured(view, options), ReadLine()
    deck = Deck()
    width, height = SIZES["4x3" if options.aspect == "4x3" else "16x9"]
    deck.slide_width, deck.slide_height = Emu(width), Emu(height)
    for done, step in enumerate(steps):
        progress(done, len(steps))
        if view.scene.presentation.predict:
            add(deck, view, seen(view, step), read_line)
        add(deck, view, answered(view, step), read_line)
    written = BytesIO()
    deck.save(written)
    return written.getvalue()


def add(deck: Presentation, view: View, step: Step, read_line: ReadLine) -> None:
    palette = colours(view)
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = rgb(palette["paper"])
    drawing = drawn(view, step, Sheet(), read_line)
    width, height = deck.slide_width or 0, (deck.slide_height or 0) - FOOT
    scale = min((width - 2 * MARGIN) / drawing.width, (height - MARGIN) / drawing.height)
    left, top = (width - drawing.width * scale) / 2, (height - drawing.height * scale) / 2
    paint_slide(slide, drawing, Place(left, top, scale))
    link(slide, view, palette, (MARGIN, height, width - 2 * MARGIN, FOOT - MARGIN // 3), step[1]["step"])
    notes = slide.notes_slide.notes_text_frame
    if notes is not None:
        notes.text = sentence_of(step)


def link(slide: Slide, view: View, palette: Palette, place: tuple[int, int, int, int], step: int) -> None:
    """The address of the scene at this step; it leads there where it is known who serves it."""
    address = view.scene.address(step=str(step))
    box = slide.shapes.add_textbox(*map(Emu, place))
    run = box.text_frame.paragraphs[0].add_run()
    run.text = PUBLIC_URL.get() + address
    run.font.size, run.font.color.rgb = Pt(10), rgb(palette["soft"])
    if PUBLIC_URL.get():
        run.hyperlink.address = PUBLIC_URL.get() + address


def rgb(colour: str) -> RGBColor:
    red, green, blue = bytes.fromhex(colour.lstrip("#"))
    return RGBColor(red, green, blue)  # type: ignore[no-untyped-call]


def sentence_of(step: Step) -> str:
    """The sum of the step, every term written out."""
    layout, frame = step
    return text(equation_tree(frame["equation"], replace(layout.conventions, most=10_000)))


# Pictures.


def pictured(view: View, options: Options) -> list[int]:
    """The steps of which there are pictures; fewer, unless a link says which, where each takes long."""
    first, width = drawn(view, seen(view, 0), options.sheet()), options.width or WIDTH
    check_pixels(first, width)
    each = width * round(width * first.height / first.width)
    usual = MOST_PIXELS // (each + EACH_SHAPE * len(first.shapes))
    steps = chosen(view, options, min(PICTURES, usual))
    if len(steps) * each > MOST_PIXELS:
        sentence = words.ALL_PIXELS.format(count=len(steps), value=len(steps) * each, most=MOST_PIXELS)
        raise Refusal(sentence, type="less_than_equal", loc=("steps",))
    return steps


def frames(view: View, options: Options, progress: Progress) -> bytes:
    """A picture of each step, numbered as the steps are, so that a folder has them in their order."""
    steps = pictured(view, options)
    canvas, read_line = Canvas(options.width or WIDTH, ALL), ReadLine()
    digits = max(len(str(view.steps - 1)), 3)
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as file:
        for done, step in enumerate(steps):
            progress(done, len(steps))
            drawing = drawn(view, seen(view, step), options.sheet(), read_line)
            name = file_name(view.scene, f"-{step:0{digits}}.png")
            file.writestr(zipfile.ZipInfo(name), packed(canvas.draw(drawing)))
    return held.getvalue()


# Steps.


def seen(view: View, step: int) -> Step:
    """A step as a film has it: what lies ahead is not there, and what is asked for is unanswered."""
    layout, frame = arrange(at_step(view, step, is_asking=view.scene.presentation.predict), step)
    return replace(layout, is_complete=False), frame


def answered(view: View, step: int) -> Step:
    layout, frame = arrange(at_step(view, step, is_asking=False), step)
    return replace(layout, is_complete=False), frame


def at_step(view: View, step: int, *, is_asking: bool) -> View:
    """The view of the scene at this step. A question gives no result, not even those before it."""
    changes = {"step": 0 if is_asking else step, "predict": is_asking}
    return view_of(replace(view.scene, presentation=view.scene.presentation.model_copy(update=changes)))


def drawn(view: View, step: Step, sheet: Sheet, read_line: ReadLine | None = None) -> Drawing:
    return read(paint(*step, colours(view), sheet), read_line=read_line)
