"""Requests that nobody means well with, for every route: huge numbers, broken forms, bodies cut off, wrong methods.

    python -m tests.programs.hostile --requests 100000 --seed 1

One copy must answer all of them: with no 5xx but 503 and Retry-After, or 501 for what needs an extra; with little
memory more than before; and without writing a file. What it answered is printed, and what it may not answer is an
error.
"""

import argparse
import json
import random
import re
import socket
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, quote_from_bytes

from PIL import Image
from starlette.routing import BaseRoute, Route

from app.http.exact import Exact
from app.main import create_app
from tests.program import memory_of, running_process

ASKERS = 12
MOST_MORE = 150_000_000
"""Bytes of memory above what an idle copy has."""
SLOW = (".gif", ".webp", ".mp4", ".zip", ".pptx")
SLOW_SHARE = 0.1
"""Films are asked for less often than what is made at once."""
SECONDS, SECONDS_FOR_SLOW = 30.0, 1.0
MOST_READ = 5_000_000

MADE_OF = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def words_of(kind: str) -> list[str]:
    text: str = MADE_OF[kind]
    return text.split(" " if kind == "bits" else None)


NUMBERS, WORDS, BITS = words_of("numbers"), words_of("words"), words_of("bits")
PARAMETERS, NAMES, METHODS = words_of("parameters"), words_of("names"), words_of("methods")
NUMBERS += ["", "9" * 400, "9" * 5000]
WORDS += ["conv(" * 200, "y = " + "(" * 900, "x**" * 300 + "x"]
HEADERS: dict[str, list[str]] = MADE_OF["headers"]
LONG_HEADERS = {"If-None-Match": 'W/"' + "f" * 4000 + '"', "Cookie": "a" * 5000, "Accept": "a/b" * 500}
FORMS = re.compile(r"<(?:input|select|textarea)\b[^>]*?\bname=\"([^\"]+)\"(?:[^>]*?\bvalue=\"([^\"]*)\")?")
BOUNDARY = "hostile"


@dataclass
class Found:
    """What a copy answered."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    more: int = 0
    """Bytes of memory above an idle copy's."""
    written: list[str] = field(default_factory=list)


class Hostile:
    """Makes requests out of chance, the same from the same seed."""

    def __init__(self, seed: int, paths: Sequence[str], fields: dict[str, list[tuple[str, str]]]) -> None:
        self.chance = random.Random(seed)
        self.quick = [path for path in paths if not path.endswith(SLOW)]
        self.slow = [path for path in paths if path.endswith(SLOW)]
        self.fields = fields
        picture = BytesIO()
        Image.new("RGB", (9, 7), "teal").save(picture, "PNG")
        self.picture = picture.getvalue()

    def request(self) -> tuple[str, bytes]:
        """A path, and the bytes of a request for it."""
        one = self.chance
        path = one.choice(self.slow if one.random() < SLOW_SHARE else self.quick)
        path = re.sub(
            r"\{\w+\}",
            lambda _: one.choice(("vgg16", "lenet5", "own", "nothing", "0", "../x", self.value(), "c1")),
            path,
        )
        method = one.choice(METHODS)
        target = quote(path, safe="/.%")
        if one.random() < 0.03:
            target = self.twisted(target)
        query = "" if method == "POST" and one.random() < 0.8 else self.query(path)
        body = self.body(path) if method in ("POST", "PUT", "PATCH") else b""
        headers = {"Host": "here", "Connection": "close", "Content-Length": str(len(body))}
        for name in one.sample(list(HEADERS), one.choice((0, 0, 1, 2, 4))):
            headers[name] = one.choice(HEADERS[name])
        if one.random() < 0.01:
            headers |= LONG_HEADERS
        if body.startswith(b"--" + BOUNDARY.encode()):
            headers["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
        elif body and "Content-Type" not in headers:
            headers["Content-Type"] = one.choice(HEADERS["Content-Type"])
        if one.random() < 0.02:
            headers["Content-Length"] = one.choice(("-1", "9" * 30, str(len(body) + 50), "x", "0"))
        lines = [
            f"{method} {target}{'?' + query if query else ''} HTTP/1.1",
            *(f"{n}: {v}" for n, v in headers.items()),
        ]
        return path, "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body

    def value(self) -> str:
        one = self.chance
        kind = one.random()
        if kind < 0.35:
            return one.choice(NUMBERS)
        if kind < 0.7:
            return one.choice(WORDS)
        if kind < 0.9:
            return "".join(one.choice(one.choice((NUMBERS[:10], BITS, WORDS[:8]))) for _ in range(one.randint(1, 12)))
        if kind < 0.93:
            return one.choice(BITS) * one.choice((10, 1000, 9000))
        rows = ";".join(
            ",".join(one.choice(NUMBERS[:9]) for _ in range(one.randint(1, 9))) for _ in range(one.randint(1, 9))
        )
        return rows

    def given(self, path: str) -> list[tuple[str, str]]:
        """What the page's own form has, some of it changed; and names of other pages."""
        one = self.chance
        own = self.fields.get(path.rsplit(".", 1)[0] if "." in path else path, [])
        kept = [pair for pair in own if one.random() < 0.5]
        kept = [(name, self.value() if one.random() < 0.3 else text) for name, text in kept]
        return kept + [(one.choice(PARAMETERS), self.value()) for _ in range(one.choice((0, 0, 1, 1, 2, 5)))]

    def query(self, path: str) -> str:
        if self.chance.random() < 0.04:
            return quote_from_bytes(self.chance.randbytes(60), safe="%&=;,+/?:@!~")
        joined = "&".join(f"{quote(name)}={self.spelled(text)}" for name, text in self.given(path))
        return joined.replace(" ", "+")

    def spelled(self, text: str) -> str:
        safe = self.chance.choice(("", ",;:!~/", '%,;:!~/[]{}"'))
        return re.sub(r"[\x00-\x20#]|[^\x00-\x7f]", lambda each: quote(each[0]), quote(text, safe=safe))

    def twisted(self, target: str) -> str:
        extras = ("/", "//", "/..", "/%2e%2e/", ".json.json", "%00", "%ff", ".", "/embed", "?", "*", "%2F", ";a=b")
        return self.chance.choice((target + self.chance.choice(extras), "/" + target, target.upper()))

    def body(self, path: str) -> bytes:
        one = self.chance
        made: list[Callable[[], bytes]] = [
            lambda: json.dumps({name: self.nested() for name, _ in self.given(path)}).encode(),
            lambda: json.dumps(dict(self.given(path))).encode(),
            lambda: b'{"x": ' + b"[" * one.choice((50, 900, 90_000)),
            lambda: b'{"x": "\\ud800", "\\udfff": 1, "w": NaN, "b": Infinity, "x": 1e999}',
            lambda: json.dumps(self.nested()).encode(),
            lambda: one.randbytes(one.choice((0, 1, 80, 5000))),
            lambda: "&".join(f"{name}={self.spelled(text)}" for name, text in self.given(path)).encode(),
            lambda: self.multipart(path),
            lambda: self.spoilt(self.picture),
            lambda: self.spoilt(self.multipart(path)),
            lambda: b" " * one.choice((999_999, 1_000_001)) if one.random() < 0.1 else b"{}",
        ]
        return one.choice(made)()

    def nested(self, depth: int = 0) -> object:
        one = self.chance
        kind = one.random()
        if kind < 0.5 or depth > 4:
            return one.choice(
                (None, True, one.randint(-(2**70), 2**70), one.random(), 1e308, -0.0, self.value(), 10**400)
            )
        if kind < 0.9:
            return [self.nested(depth + 1) for _ in range(one.randint(0, 5))]
        return {self.value()[:9]: self.nested(depth + 1) for _ in range(one.randint(0, 3))}

    def multipart(self, path: str) -> bytes:
        start = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
        parts = "".join(f'{start}"{name}"\r\n\r\n{text}\r\n' for name, text in self.given(path))
        file = f'{start}"file"; filename="{self.value()}"\r\n\r\n'
        return (parts + file).encode() + self.spoilt(self.picture) + f"\r\n--{BOUNDARY}--\r\n".encode()

    def spoilt(self, data: bytes) -> bytes:
        one = self.chance
        spoilt = bytearray(data[: one.choice((len(data), len(data), one.randint(0, len(data))))])
        for _ in range(one.choice((0, 1, 5)) if spoilt else 0):
            spoilt[one.randrange(len(spoilt))] = one.randrange(256)
        return bytes(spoilt)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--requests", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    found = ask_all(given.requests, given.seed)
    print(dict(sorted(found.statuses.items())), f"{found.more / 1e6:.0f} MB above idle")
    for fault in [*found.faults[:50], *found.written]:
        print(fault)
    sys.exit(bool(found.faults or found.written or found.more > MOST_MORE))


def ask_all(requests: int, seed: int) -> Found:
    """Ask one copy so many times, and say what came of it."""
    found = Found()
    with tempfile.TemporaryDirectory() as folder, running_process(TMPDIR=folder, HOME=folder) as (url, process):
        port = int(url.rsplit(":", 1)[1])
        paths = paths_of(create_app().routes)
        fields = {path: fields_of(port, path) for path in paths if "." not in path and "{" not in path}
        idle = memory_of(process)
        hostile = Hostile(seed, paths, fields)
        with ThreadPoolExecutor(ASKERS) as askers:
            for start in range(0, requests, 1000):
                batch = [hostile.request() for _ in range(min(1000, requests - start))]
                for (_, request), answer in zip(batch, askers.map(lambda each: ask(port, *each), batch), strict=True):
                    note(found, request, answer)
                found.more = max(found.more, memory_of(process) - idle)
        found.written = [str(path) for path in Path(folder).rglob("*") if path.is_file()]
    return found


def paths_of(routes: Iterable[BaseRoute]) -> list[str]:
    """The paths of all routes, also of those that are looked up by theirs."""
    plain = {route.path for route in routes if isinstance(route, Route)}
    exact = {path for route in routes if isinstance(route, Exact) for path in route.at}
    return sorted(plain | exact)


def fields_of(port: int, path: str) -> list[tuple[str, str]]:
    """The names and values of the forms of a page."""
    answer = ask(port, path, f"GET {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n".encode())
    return [(name, value.replace("&amp;", "&")) for name, value in FORMS.findall(answer.decode("utf-8", "replace"))]


def ask(port: int, path: str, request: bytes) -> bytes:
    """The answer, as far as a reader of little patience reads it."""
    answer = bytearray()
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.settimeout(SECONDS_FOR_SLOW if path.endswith(SLOW) or path.startswith("/train") else SECONDS)
        try:
            line.sendall(request)
            while (more := line.recv(65_536)) and len(answer) < MOST_READ:
                answer += more
        except OSError:  # we leave, or the server does not want to read on
            pass
    return bytes(answer)


def note(found: Found, request: bytes, answer: bytes) -> None:
    if not answer:
        found.statuses[0] += 1
        return
    head = answer.partition(b"\r\n\r\n")[0]
    status = int(head[9:12])
    found.statuses[status] += 1
    is_allowed = status < 500 or status == 501 or (status == 503 and b"\r\nretry-after:" in head.lower())
    if not is_allowed:
        found.faults.append(f"{status} {request[:2000]!r}")


if __name__ == "__main__":
    main()
