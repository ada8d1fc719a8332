"""Where the files are that come with the program, and which build of it this is."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

APP = Path(__file__).resolve().parent


def template_folder() -> Path:
    return bundled("templates")


def static_folder() -> Path:
    return bundled("static")


def bundled(name: str, app: Path = APP) -> Path:
    """The folder `name`: a wheel carries it inside app/, a checkout keeps it beside app/."""
    for folder in (app / name, app.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"ConvScope is not whole: there is no folder “{name}” in or beside {app}.")


@cache
def build_id() -> str:
    """Twelve hexadecimal digits that change when a file of the program does, and only then.

    They stand in every ETag and every static URL, so that caches may keep answers and files for good.
    A wheel, and the checkout that it was built from, are the same build.
    """
    return digest({"app": APP} | {name: bundled(name) for name in ("kernels", "templates", "static")})


def digest(folders: dict[str, Path]) -> str:
    """One short hash over the names and contents of all files in some folders, wherever the folders lie."""
    # A wheel has templates/ and static/ inside app/: the later folder, which is the inner one, gives a file its name.
    names = {
        path: f"{name}/{path.relative_to(folder).as_posix()}"
        for name, folder in folders.items()
        for path in sources(folder)
    }
    total = hashlib.sha256()
    for name, path in sorted((name, path) for path, name in names.items()):
        total.update(f"{hashlib.sha256(path.read_bytes()).hexdigest()} {name}\n".encode())
    return total.hexdigest()[:12]


def sources(folder: Path) -> Iterator[Path]:
    """The files below a folder, without those that Python, editors and finders leave behind."""
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).parts
        if path.is_file() and not any(part == "__pycache__" or part.startswith(".") for part in inside):
            yield path
