"""The image, built by the Dockerfile and run as the README says: read-only, without capabilities, not as root.

There is no registry here, so Debian itself stands in for the base: trixie, which python:3.13-slim is made of, with its
own Python 3.13. Where a machine does not let us build or run anything in it, that is said, and nothing is judged.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests import machine
from tests.program import ROOT, becomes_true, free_port

pytestmark = [pytest.mark.slow, machine.needs("buildah", "podman", "runc", "mmdebstrap")]

BASE = "docker.io/library/python:3.13-slim"
IMAGE = "localhost/convscope"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
STAND_IN = """\
FROM scratch
ADD base.tar /
COPY ca-certificates.crt /etc/ssl/certs/
RUN ln -s /usr/bin/python3 /usr/local/bin/python
"""
DOWNLOADS = "RUN pip download --no-cache-dir --no-deps --dest /tmp/tried hatchling && rm -r /tmp/tried"
MIRRORS = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_TRUSTED_HOST")
"""Where this machine gets its packages, if not from PyPI itself."""


Ended = subprocess.CompletedProcess[str]


def run(*command: str | Path, patience: float = 900) -> Ended:
    """What a program says, wherever it says it; one that takes too long has failed."""
    words = list(map(str, command))
    try:
        return subprocess.run(words, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=patience)
    except subprocess.TimeoutExpired:
        return Ended(words, 1, f"{words[0]} did not end within {patience:.0f} seconds")


@dataclass
class Machine:
    """buildah and podman, with a store of their own."""

    folder: Path

    @property
    def store(self) -> list[str]:
        return ["--storage-driver", "vfs", "--root", f"{self.folder}/store", "--runroot", f"{self.folder}/run"]

    def build(self, name: str, file: Path, context: Path) -> Ended:
        how = ("--isolation", "chroot", "--pull-never", "--format", "docker")
        return run("buildah", *self.store, "bud", *how, "-t", name, "-f", file, context)

    def podman(self, *words: str) -> Ended:
        return run("podman", *self.store, "--runtime", "runc", *words, patience=60)

    def start(self, image: str, *words: str, options: tuple[str, ...] = ()) -> Ended:
        # The network and the bounds of this machine: it need not let us make others.
        ours = ("--network=host", "--ulimit=nofile=1024:1024", "--ulimit=nproc=1024:1024")
        closed = ("--read-only", "--read-only-tmpfs=false", "--cap-drop=all", "--security-opt=no-new-privileges")
        return self.podman("run", *ours, *closed, *options, image, *words)

    def size(self, image: str) -> int:
        return int(self.podman("inspect", "--format", "{{.Size}}", image).stdout)


@pytest.fixture(scope="module")
def builder() -> Iterator[Machine]:
    """A machine with the stand-in, on which building and running are known to work."""
    folder = Path(mkdtemp(prefix="image-"))  # podman takes no long path
    made = Machine(folder)
    try:
        packages = "--include=python3-venv,python3-pip"
        allowed("make a Debian", run("mmdebstrap", "--variant=minbase", packages, "trixie", folder / "base.tar"))
        shutil.copy(CERTIFICATES, folder / "ca-certificates.crt")
        mirrors = "".join(f"ENV {name}={os.environ[name]}\n" for name in MIRRORS if name in os.environ)
        (folder / "Containerfile").write_text(STAND_IN + mirrors + DOWNLOADS)
        allowed("build an image", made.build(BASE, folder / "Containerfile", folder))
        allowed("run a container", made.start(BASE, "python", "-c", "", options=("--rm",)))
        yield made
    finally:
        shutil.rmtree(folder)


def allowed(what: str, made: Ended) -> None:
    if made.returncode:
        pytest.skip(f"the image was NOT tested, as this machine does not {what}: …{made.stdout.strip()[-500:]}")


@pytest.fixture(scope="module")
def image(builder: Machine) -> Machine:
    made = builder.build(IMAGE, ROOT / "Dockerfile", ROOT)
    assert made.returncode == 0, made.stdout
    return builder


@dataclass
class Container:
    image: Machine
    name: str
    url: str

    def ask(self, address: str) -> bytes:
        with urlopen(self.url + address, timeout=60) as answer:
            body: bytes = answer.read()
            return body

    def says(self, *command: str) -> str:
        return self.image.podman("exec", self.name, *command).stdout


@pytest.fixture(scope="module")
def container(image: Machine) -> Iterator[Container]:
    with ExitStack() as stack:
        port = free_port()
        options = ("--detach", "--name=convscope", f"--env=CONVSCOPE_PORT={port}")
        started = image.start(IMAGE, options=options)
        stack.callback(image.podman, "rm", "--force", "convscope")
        assert started.returncode == 0, started.stdout
        made = Container(image, "convscope", f"http://127.0.0.1:{port}")
        assert becomes_true(lambda: is_healthy(made)), image.podman("logs", "convscope").stdout
        yield made


def is_healthy(container: Container) -> bool:
    return container.image.podman("healthcheck", "run", container.name).returncode == 0


def test_the_image_is_small_and_the_readme_says_how_small(image: Machine) -> None:
    above = image.size(IMAGE) - image.size(BASE)
    print(f"{above / 1e6:.0f} MB above the base")
    said = re.search(r"(\d+) MB above `python:3.13-slim`", (ROOT / "README.md").read_text("utf-8"))
    assert said
    assert above == pytest.approx(int(said[1]) * 1e6, rel=0.1)


def test_nothing_can_be_written_and_nothing_is_allowed(container: Container) -> None:
    assert container.says("id", "-u").strip() == "10001"
    powers = re.findall(r"^Cap(?:Prm|Eff|Bnd):\t(\w+)$", container.says("cat", "/proc/1/status"), re.MULTILINE)
    assert powers == ["0" * 16] * 3
    assert "Read-only file system" in container.says("touch", "/tmp/file")
    assert "No module named pip" in container.says("python", "-m", "pip")


ANSWERS = {
    "/conv2d": b"<!doctype html>",
    "/conv2d.events": b"event: scene",
    "/conv2d.svg": b"<svg",
    "/conv2d.png": b"\x89PNG",
    "/conv2d.gif?width=400&seconds=2": b"GIF89a",
    "/conv2d.webp?width=400&seconds=2": b"RIFF",
    "/conv2d.pdf": b"%PDF",
    "/conv2d.pptx": b"PK",
    "/conv2d.npz": b"PK",
    "/pictures.png": b"\x89PNG",
    "/networks/vgg16.png": b"\x89PNG",
    "/train.events?steps=30&digits=200&seed=3": b"event: ",
}


@pytest.mark.parametrize(("address", "start"), ANSWERS.items())
def test_it_answers_from_what_is_left_of_its_packages(address: str, start: bytes, container: Container) -> None:
    assert container.ask(address)[:200].lstrip().startswith(start)


def test_a_short_training_ends_with_its_last_step(container: Container) -> None:
    assert b'"step":30' in container.ask("/train.json?steps=30&digits=200&seed=3")


def test_what_needs_an_extra_says_so(container: Container) -> None:
    with pytest.raises(HTTPError) as answer:
        container.ask("/conv2d.mp4")
    assert answer.value.code == 501


def test_it_stops_when_asked_and_leaves_nothing_in_the_log(container: Container) -> None:
    container.image.podman("stop", container.name)
    code = container.image.podman("inspect", "--format", "{{.State.ExitCode}}", container.name).stdout.split()[-1]
    assert code == "0"
    log = container.image.podman("logs", container.name).stdout
    assert re.fullmatch(r"ConvScope: http://localhost:\d+ \(Ctrl\+C stops it\)\n", log)
