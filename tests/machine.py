"""What this machine has for the tests beyond Python, and what is said where something is missing."""

import os
import shutil

import pytest

SHELL = "chromium-headless-shell"
"""Chromium without windows of its own: the same engine, at two thirds of the processor's time."""
CHROMIUM = next(filter(None, map(shutil.which, (SHELL, "chromium", "chromium-browser", "google-chrome"))), None)
NODE = shutil.which("node")

# In continuous integration a check that did not run must not look like one that passed.
EVERYTHING_IS_REQUIRED = os.environ.get("CI") == "true"

NO_CHROMIUM = "no Chromium on this machine (on Debian: apt-get install chromium), so the browser tests are left out"
NO_NODE = "no Node on this machine (https://nodejs.org, 20 or newer), so the tests of the JavaScript are left out"

PROGRAMS = {
    "pdftotext": "poppler-utils",
    "pdflatex": "texlive-latex-base texlive-pictures",
    "soffice": "libreoffice-impress",
    "tesseract": "tesseract-ocr",
    "ffprobe": "ffmpeg",
    "nginx": "nginx-light",
    "buildah": "buildah",
    "podman": "podman",
    "runc": "runc",
    "mmdebstrap": "mmdebstrap",
}
"""Programs that are not ours and read our files, or stand before us, by the Debian packages that have them."""


def without() -> list[str]:
    """The programs that this machine lacks."""
    return [program for program in PROGRAMS if shutil.which(program) is None]


def left_out(program: str) -> str:
    return (
        f"no {program} on this machine (on Debian: apt-get install {PROGRAMS[program]}), "
        "so the tests that need it are left out"
    )


def needs(*programs: str) -> pytest.MarkDecorator:
    """Leaves a test out where a program is missing, unless everything is required."""
    missing = [program for program in programs if program in without()]
    reason = f"no {', '.join(missing)} on this machine"
    return pytest.mark.skipif(bool(missing) and not EVERYTHING_IS_REQUIRED, reason=reason)
