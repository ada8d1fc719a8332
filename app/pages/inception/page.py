"""/inception: four lanes side by side on the same small maps, and one stack of what they give."""

from starlette.routing import Route

from app.pages.board.board import Board
from app.pages.board.document import describe
from app.pages.board.page import board_page, opened
from app.pages.inception import words
from app.pages.inception.board import board
from app.pages.inception.task import PATH, Task, read_task
from app.pages.networks.catalogue import catalogue
from app.pages.requests import page_and_document
from app.stream.document import grid
from app.text.encoding import dumps

LECTURE = "naive-inception"
"""The block of the lecture."""


def routes() -> list[Route]:
    return page_and_document(PATH, opened(read_task, board), page, document)


def page(asked: tuple[Task, Board]) -> str:
    task, made = asked
    choices = [task.choice(label, read_task(fields).address()) for label, fields in words.CHOICES]
    answer = words.ANSWER.format(here=len(task.x.values), there=lecture_depths()[-1])
    return board_page("inception.html", words, task, made, counts(task), choices=choices, answer=answer)


def lecture_depths() -> list[int]:
    """How many maps each lane of the lecture's block gives."""
    *lanes, _ = catalogue()[LECTURE].layers
    return [int(layer.shape[0]) for layer in lanes]


def counts(task: Task) -> str:
    """Both sums of maps, lane by lane."""
    depths, small = lecture_depths(), [len(maps) for maps in task.lanes.values()]
    return words.COUNTS.format(
        small=" + ".join(map(str, small)), count=sum(small), large=" + ".join(map(str, depths)), total=sum(depths)
    )


def document(asked: tuple[Task, Board]) -> bytes:
    """Every map of every lane, the stack, and the board that the page plays."""
    task, made = asked
    return dumps(
        {
            "x": grid(task.x.values),
            **{name: grid(w.values) for name, w in task.filters.items()},
            "lanes": {words.LANES[name]: grid(maps) for name, maps in task.lanes.items()},
            "y": grid(task.stack),
            "maps": [len(maps) for maps in task.lanes.values()],
            "lecture": lecture_depths(),
            "said": {"verdict": counts(task)},
            "address": task.address(),
            "fields": task.given,
            "board": describe(made),
        }
    )
