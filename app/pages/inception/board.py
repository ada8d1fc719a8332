"""The board of an inception block: all lanes play together, then their maps slide into one stack."""

from app.grids.literals import Array
from app.layout.sheet import Sheet, SizeClass
from app.layout.tree import Column, Row
from app.pages.board.board import Board, Flight, Line, Moment, Way, leaves, sheet
from app.pages.board.windows import place
from app.pages.inception import words
from app.pages.inception.task import Task
from app.text.format import short
from app.views.plane import largest

SHARE, LANE_SHARE = 0.12, 0.5
"""Of the gap, between maps of a lane, and between lanes."""
SLIDE = 3500
"""Milliseconds in which all maps slide into the stack."""


def board(task: Task) -> Board:
    x, lanes, stack = task.x.values, task.lanes, task.stack
    inputs = [sheet(f"x.{n}", "input", plane, words.INPUT.format(n=n), grid="x") for n, plane in enumerate(x)]
    names = [(lane, n) for lane, maps in lanes.items() for n in range(len(maps))]
    scales = {lane: largest(maps) for lane, maps in lanes.items()}
    maps = [
        sheet(f"m.{number}", "output", plane, title(lane, n, len(lanes[lane])), scale=scales[lane])
        for number, ((lane, n), plane) in enumerate(zip(names, stack, strict=True))
    ]
    joined = stacked("s", stack, [scales[lane] for lane, _ in names], "large")
    joined_small = stacked("t", stack, [scales[lane] for lane, _ in names], "tiny")
    sheets = [*inputs, *maps, *joined, *joined_small]
    leaf = leaves(sheets)

    def row(group: list[Sheet], share: float = SHARE) -> Row:
        return Row(tuple(leaf[each.plane.id] for each in group), share=share)

    lane_rows = [row([each for each, (owner, _) in zip(maps, names, strict=True) if owner == lane]) for lane in lanes]
    entering = Column(tuple(leaf[each.plane.id] for each in inputs))
    return Board(
        sheets=tuple(sheets),
        wide=(
            Row((entering, Column((Row(tuple(lane_rows), share=LANE_SHARE), row(joined)), gap=30)), share=1.2),
            Row((entering, Column((*pairs(lane_rows), row(joined)))), share=1.2),
        ),
        tall=(Column((row(inputs), *pairs(lane_rows), row(joined_small)), is_centred=True),),
        moments=moments(task, names),
        row=x.shape[2],
        ways=tuple(Way(f"m.{number}", f"s.{number}") for number in range(len(stack))),
    )


def title(lane: str, number: int, count: int) -> str:
    """What a lane's map is called: by its number, where the lane gives several."""
    return words.LANES[lane] if count == 1 else words.MAP.format(lane=words.LANES[lane], n=number)


def stacked(name: str, stack: Array, scales: list[float], size: SizeClass) -> list[Sheet]:
    """The maps once more, side by side without space between them; the first one names them all."""
    return [
        sheet(
            f"{name}.{n}",
            "output",
            plane,
            words.JOINED if n == 0 else "",
            scale=scale,
            size=size,
            label=f"{words.JOINED}, {n}",
        )
        for n, (plane, scale) in enumerate(zip(stack, scales, strict=True))
    ]


def pairs(rows: list[Row]) -> list[Row]:
    """Lanes two by two, where there is no room for all beside each other."""
    return [Row(tuple(rows[start : start + 2]), share=LANE_SHARE) for start in range(0, len(rows), 2)]


def moments(task: Task, names: list[tuple[str, int]]) -> tuple[Moment, ...]:
    """One for each place: all lanes at once. Then the maps are laid into one stack."""
    x, stack = task.x.values, task.stack
    count, cols = stack[0].size, stack.shape[2]
    unseen = {f"{name}.{n}": 0 for name in "st" for n in range(len(stack))}
    made = []
    for number in range(count):
        maps = {f"m.{n}": number + 1 for n in range(len(stack))}
        here = {name: [number] for name in (*(f"x.{n}" for n in range(len(x))), *maps)}
        made.append(
            Moment(
                lines=(computed(task, number, cols),),
                shown={**unseen, **maps},
                lit=here,
                flights=entering(task, number, names) if number < cols else (),
            )
        )
    whole = dict.fromkeys(unseen, count)
    slides = {f"{name}.{n}": f"m.{n}" for name in "st" for n in range(len(stack))}
    sums = " + ".join(str(len(maps)) for maps in task.lanes.values())
    line: Line = ((words.JOIN, ""), (f"{sums} = {len(stack)}", "output"))
    return (*made, Moment((line,), whole, slides=slides, time=SLIDE))


def computed(task: Task, number: int, cols: int) -> Line:
    """What every lane gives at one place."""
    parts: list[tuple[str, str]] = [(place("", number, cols), "input")]
    for lane, maps in task.lanes.items():
        values = ", ".join(short(float(each.flat[number])) for each in maps)
        parts += [(f" · {words.LANES[lane]} → ", ""), (values, "output")]
    return tuple(parts)


def entering(task: Task, number: int, names: list[tuple[str, int]]) -> tuple[Flight, ...]:
    """From every map that enters to each lane."""
    return tuple(
        Flight((f"x.{n}", number), (f"m.{end}", number), short(float(plane.flat[number])))
        for n, plane in enumerate(task.x.values)
        for end, (_, first) in enumerate(names)
        if first == 0
    )
