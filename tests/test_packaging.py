"""The wheel is the whole program: it holds every file, and serves from a folder that holds none."""

import hashlib
import re
import subprocess
import sys
import urllib.request
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest

from app.paths import build_id, sources
from tests.program import ROOT, running

pytestmark = pytest.mark.slow

PLACES = {
    "app": "app",
    "kernels": "kernels",
    "templates": "app/templates",
    "static": "app/static",
    "app/notebook": "convscope",
}
"""Where the wheel keeps each folder of the checkout."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel, built here from the checkout, is unpacked as an installer would."""
    built, unpacked = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("site")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", built], cwd=ROOT, check=True)
    (wheel,) = built.glob("convscope-*-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    return unpacked


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in sources(folder)}


def test_the_wheel_holds_every_file_of_the_program_and_no_other(site: Path) -> None:
    program = {f"{place}/{name}" for folder, place in PLACES.items() for name in files(ROOT / folder)}
    carried = {name for name in files(site) if ".dist-info/" not in name}
    assert carried == program


def test_the_wheel_names_the_command_and_carries_every_licence(site: Path) -> None:
    (facts,) = site.glob("convscope-*.dist-info")
    commands = ConfigParser()
    commands.read(facts / "entry_points.txt")
    assert commands["console_scripts"]["convscope"] == "app.__main__:main"
    fonts = {f"static/fonts/convscope-{name}.LICENSE.txt" for name in ("math", "sans")}
    licences = {"LICENSE", "static/vendor/htmx.LICENSE.txt", *fonts}
    assert licences <= files(facts / "licenses")


def test_an_installed_program_serves_pages_and_static_files_from_an_empty_folder(site: Path, tmp_path: Path) -> None:
    with running(tmp_path, PYTHONPATH=str(site), PYTHONDONTWRITEBYTECODE="1") as url:
        # The wheel and the checkout are one build, so a link into one works in the other.
        for path in ("/healthz", "/conv2d", f"/static/{build_id()}/vendor/htmx.min.js"):
            with urllib.request.urlopen(url + path) as answer:
                assert answer.status == 200
    assert list(tmp_path.iterdir()) == []


def test_an_installed_program_is_imported_by_its_own_name(site: Path, tmp_path: Path) -> None:
    words = [
        sys.executable,
        "-c",
        "from convscope import Scene; print(Scene('conv2d', x=[[1, 2], [3, 4]], w=[[1]]).y.sum())",
    ]
    environment = {"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
    said = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "10.0"


@pytest.mark.parametrize("folder", ["vendor", "fonts"])
def test_what_others_made_is_byte_for_byte_what_its_readme_names(folder: str) -> None:
    text = (ROOT / "static" / folder / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `([^`]+)` \|.*`([0-9a-f]{64})`", text, flags=re.MULTILINE)
    others = {path.name for path in (ROOT / "static" / folder).iterdir() if path.suffix in {".js", ".woff2", ".ttf"}}
    assert {name for name, _ in rows} == others
    for name, expected in rows:
        assert hashlib.sha256((ROOT / "static" / folder / name).read_bytes()).hexdigest() == expected
