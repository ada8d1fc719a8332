"""A real nginx, with the file that we ship, before two copies."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

from tests.program import ROOT, answers, free_port, running_process


class Copy:
    """One ConvScope, which can be started again at its own address."""

    def __init__(self, **environment: str) -> None:
        self.port = free_port()
        self.environment = environment
        self.running = ExitStack()
        self.process = 0

    def start(self) -> None:
        _, self.process = self.running.enter_context(running_process(port=self.port, **self.environment))

    def stop(self) -> None:
        """Ask it to stop, and wait until it has."""
        self.running.close()


class Cluster:
    def __init__(self, url: str, copies: list[Copy]) -> None:
        self.url = url
        self.copies = copies

    def ask(self, address: str, data: bytes | None = None, **headers: str) -> tuple[int, str, bytes]:
        """The status, what nginx says of its cache, and the body."""
        with urlopen(Request(self.url + address, data=data, headers=headers), timeout=60) as answer:
            return answer.status, answer.headers.get("X-Cache", ""), answer.read()


@contextmanager
def cluster(folder: Path, *uncommented: str, **environment: str) -> Iterator[Cluster]:
    """nginx and two copies; the lines of nginx.conf that begin so are uncommented."""
    with ExitStack() as stack:
        copies = [Copy(**environment) for _ in "ab"]
        for copy in copies:
            stack.callback(copy.stop)
            copy.start()
        port = free_port()
        written = (ROOT / ".deploy" / "nginx.conf").read_text("utf-8")
        for line in uncommented:
            assert f"# {line}" in written
            written = written.replace(f"# {line}", line)
        for name, copy in zip("ab", copies, strict=True):
            written = written.replace(f"server {name}:8000", f"server 127.0.0.1:{copy.port}")
        written = written.replace("listen 80;", f"listen 127.0.0.1:{port};")
        written = written.replace("/var/cache/nginx/answers", str(folder / "answers"))
        (folder / "nginx.conf").write_text(written, "utf-8")
        process = subprocess.Popen(
            [
                shutil.which("nginx") or "nginx",
                *("-p", str(folder), "-c", str(folder / "nginx.conf")),
                *("-g", f"daemon off; user root; pid {folder / 'pid'}; error_log {folder / 'errors'};"),
            ]
        )
        stack.callback(process.wait, timeout=30)
        stack.callback(process.terminate)
        assert answers(process, f"http://127.0.0.1:{port}/healthz")
        yield Cluster(f"http://127.0.0.1:{port}", copies)
