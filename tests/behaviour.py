"""Keeps what the program answers, and compares a changed program with it: run before and after a change of structure.

    python -m tests.behaviour keep FOLDER       what is answered now, into files
    python -m tests.behaviour compare FOLDER    the same addresses again: what differs is printed

The addresses are every worked example, every gallery scene, every page that they lead to, and scenes drawn for every
view of every operation. Two things may differ: the name of the build in an address, and what the first event of a
stream adds to its tables.
"""

import json
import random
import re
import sqlite3
import sys
import tomllib
import zlib
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path
from urllib.parse import quote

from starlette.testclient import TestClient

from tests.program import ROOT

DRAWN = 300
"""Scenes for each view of each operation."""
SPACE_FOR_TABLES = 1024
"""Bytes by which the first event of a stream may grow."""
REPRESENTATIONS = ("", ".json", ".events", ".svg")
PAGES = (
    *(
        "/",
        "/compare",
        "/learn",
        "/learn?learning_rate=large&x=random:6x6:3",
        "/there-and-back",
        "/laws",
        "/residual",
        "/inception",
        "/gap",
        "/receptive-field",
    ),
    *("/receptive-field?layers=conv(3);maxpool(2);conv(3)&input=16x16", "/networks", "/networks/two-convolutions"),
    *("/lectures", "/networks/flatten-linear", "/networks/lenet5/live", "/networks/lenet5/live?x=digit:1&shift=0,2"),
    *("/networks/compare?a=lenet5&b=alexnet", "/networks/own?layers=conv(5,6);flatten;linear(10)&input=1x32x32"),
    *(
        "/openapi.json",
        "/learn.json",
        "/learn.events",
        "/compare.json",
        "/there-and-back.json",
        "/laws.json",
        "/residual.json",
    ),
    *("/receptive-field.json", "/networks.json", "/networks/lenet5/live.json", "/networks/lenet5/live.events"),
    *("/conv2d?stride=0", "/conv2d.json?bogus=1", "/max_pool2d?kernel_size=9", "/conv2d?x=1,2;3", "/nowhere"),
)


def main(verb: str, folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    listed = folder / "addresses.json"
    if verb == "keep":
        listed.write_text(json.dumps([*PAGES, *networks(), *examples(), *drawn()], indent=0))
    addresses = json.loads(listed.read_text())
    shards = [(verb, folder / f"{part}.sqlite", addresses[part::2]) for part in range(2)]
    with Pool(2) as pool:
        counts = pool.map(visit, shards)
    answered, different = map(sum, zip(*counts, strict=True))
    print(f"{answered} addresses, {different} differ" if verb == "compare" else f"{answered} addresses kept")
    return min(different, 1)


# The addresses.


def networks() -> Iterator[str]:
    for file in sorted((ROOT / "kernels" / "architectures").glob("*.toml")):
        yield from (f"/networks/{file.stem}", f"/networks/{file.stem}.json")


def examples() -> Iterator[str]:
    """The worked examples and the gallery, each as page, embedded, and as everything else."""
    from app.address.query import spell_address

    scenes = [entry["scene"] for entry in tomllib.loads((ROOT / "app" / "pages" / "gallery.toml").read_text())["scene"]]
    for case in json.loads((ROOT / "tests" / "app" / "cases.json").read_text()):
        grids = {name: json.dumps(case[name]) for name in ("x", "w", "b", "indices", "grad_output") if name in case}
        parameters = {name: spelled(value) for name, value in case["parameters"].items()}
        scenes.append(f"/{case['operation']}?{spell_address({**parameters, **grids})}")
    for scene in scenes:
        path, _, query = scene.partition("?")
        yield from (f"{path}{extension}?{query}" for extension in REPRESENTATIONS if path[1:].isidentifier())
        yield f"/embed{scene}" if path[1:].isidentifier() else scene


def spelled(value: object) -> str:
    if isinstance(value, list):
        return ",".join(map(spelled, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def drawn() -> Iterator[str]:
    """Scenes of every view of every operation, legal or not: a refusal is an answer, too."""
    from app.operations import OPERATIONS

    dice = random.Random(7)
    for operation in OPERATIONS.values():
        fields = operation.parameters.model_fields
        for view in operation.views:
            for number in range(DRAWN):
                values = {name: drawn_value(dice, name, operation.spatial) for name in fields if dice.random() < 0.3}
                shown = {name: dice.choice(SHOWN[name]) for name in SHOWN if dice.random() < 0.12}
                opens_in = next(iter(operation.views))
                asked = {} if view == opens_in and dice.random() < 0.8 else {"view": view}
                query = "&".join(f"{k}={quote(v, safe=',;~:!x')}" for k, v in {**values, **shown, **asked}.items())
                extensions = REPRESENTATIONS if number % 6 == 0 else (REPRESENTATIONS[number % 4],)
                yield from (f"/{operation.name}{extension}?{query}" for extension in extensions)


SHOWN = {
    "step": ["0", "3", "7"],
    "channel": ["0", "1"],
    "filter": ["0", "1"],
    "indices": ["1"],
    "symbol": ["asterisk"],
    "shapes": ["nchw"],
    "letters": ["true"],
    "predict": ["true"],
    "centres": ["true"],
    "reads": ["true"],
    "connections": ["full", "local"],
    "shift": ["1", "0,1", "1,0"],
    "theme": ["dark"],
}


def drawn_value(dice: random.Random, name: str, spatial: int) -> str:
    side = dice.choice([4, 5, 6, 7, 9])
    channels = dice.choice(["", "", "1x", "2x", "3x", "4x", "6x"])
    kernel = "x".join([str(dice.choice([1, 2, 3, 3]))] * spatial)
    grid = "x".join([str(side)] * spatial)
    seed = dice.randint(1, 99)
    if name == "x":
        sizes = [f"random:{channels}{grid}:{seed}", f"ramp:{channels}{grid}", f"checker:{channels}{grid}"]
        return dice.choice([*sizes, "seven", "1,2,3,4,5,6;6,5,4,3,2,1;0,0,1,1,0,0;9,8,7,6,5,4", "-1,2,-3,1/3,5"])
    if name == "w":
        filters = dice.choice(["", "1x1x", "2x1x", "2x2x", "3x2x", "2x3x", "4x1x", "1x3x"])
        return dice.choice([f"random:{filters}{kernel}:{seed}", "sobel-x", "edge", "1,2;3,4", "sobel-x~~sobel-y"])
    if name in ("grad_output", "indices"):
        return dice.choice([f"ones:{grid}", f"random:{channels}{grid}:{seed}", "5,7;8,15", "1,2;3,4"])
    if name == "b":
        return dice.choice(["1", "-2", "1,0", "1,2,3"])
    return dice.choice(CHOICES.get(name, ["1", "2", "3", "2,1"]))


CHOICES = {
    "padding": ["0", "1", "2", "same", "valid", "full", "1:0", "0,1"],
    "padding_mode": ["zeros", "reflect", "replicate", "circular"],
    "groups": ["1", "2", "3"],
    "flip": ["true", "false"],
    "activation": ["relu", "sigmoid", "tanh"],
    "ceil_mode": ["true"],
    "count_include_pad": ["false"],
    "dilation": ["1", "2"],
    "norm_type": ["1", "2", "3"],
    "output_size": ["1", "2", "3", "5", "3,4"],
    "output_padding": ["0", "1"],
}


# The answers.


def visit(shard: tuple[str, Path, list[str]]) -> tuple[int, int]:
    """Ask for these addresses; how many were asked for, and how many answer otherwise than before."""
    from app.main import create_app

    verb, file, addresses = shard
    different = 0
    with sqlite3.connect(file) as kept, TestClient(create_app(), raise_server_exceptions=False) as client:
        kept.execute("create table if not exists answers (address text primary key, body blob)")
        for address in addresses:
            answer = client.get(address, follow_redirects=False)
            body = f"{answer.status_code} {answer.headers.get('location', '')}\n{answer.text}"
            body = re.sub(r"/static/\w+/", "/static/BUILD/", body)
            if verb == "keep":
                kept.execute("insert or replace into answers values (?, ?)", (address, zlib.compress(body.encode(), 1)))
                continue
            (before,) = kept.execute("select body from answers where address = ?", (address,)).fetchone()
            if not equal(zlib.decompress(before).decode(), body):
                different += 1
                report(address, zlib.decompress(before).decode(), body)
    return len(addresses), different


def equal(before: str, after: str) -> bool:
    if before == after:
        return True
    old, new = before.partition("event: scene\n"), after.partition("event: scene\n")
    if not (old[1] and new[1]) or old[0] != new[0]:
        return False
    (old_scene, old_steps), (new_scene, new_steps) = (event.split("\n\n", 1) for event in (old[2], new[2]))
    grown = len(new_scene) - len(old_scene)
    return old_steps == new_steps and grown <= SPACE_FOR_TABLES and kept_in(data_of(old_scene), data_of(new_scene))


def data_of(event: str) -> dict[str, object]:
    return dict(
        json.loads(next(line for line in event.split("\n") if line.startswith("data: ")).removeprefix("data: "))
    )


def kept_in(old: dict[str, object], new: dict[str, object]) -> bool:
    return all(new.get(name) == value for name, value in old.items())


def report(address: str, before: str, after: str) -> None:
    place = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    start = max(place - 80, 0)
    print(f"{address}\n  was {before[start : place + 120]!r}\n  is  {after[start : place + 120]!r}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
