"""What nobody runs is taken out of an environment, before it becomes an image: python slim.py /opt/convscope

Packages bring their tests, headers, sources in C and types for editors; some bring parts that ConvScope never imports.
`tests/programs/test_image.py` serves pages, streams, films, slides and trainings from what is left.
"""

import shutil
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

NEEDLESS = (
    *("**/tests", "**/*.pyi", "**/*.pxd", "**/*.pxi", "**/*.pyx", "**/*.c", "**/*.h", "**/*.a"),
    *("numpy/f2py", "numpy/_core/include", "numpy/_core/_simd.*", "numpy/_core/_*_tests.*"),
    # Pictures are PNG, JPEG, WebP, GIF and BMP, without profiles of colour and without a window to show them.
    *("PIL/_avif.*", "PIL/_imagingcms.*", "PIL/_imagingtk.*", "pillow.libs/libavif*", "pillow.libs/liblcms2*"),
    # python-pptx takes these for charts, of which we make none.
    *("xlsxwriter", "lxml/objectify.*", "lxml/html", "lxml/includes", "lxml/isoschematron"),
    # starlette-compress takes this for an encoding that we do not offer.
    "zstandard",
)
"""Patterns in site-packages."""

ELF = b"\x7fELF\x02\x01"
"""How a compiled module for a 64-bit processor begins that counts bytes from the least."""


def main(environment: Path) -> None:
    packages = next(environment.glob("lib/python3*/site-packages"))
    before = size(environment)
    for path in needless(packages):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    for path in packages.rglob("*.so*"):
        cut(path)
    print(f"{before / 1e6:.0f} MB before, {size(environment) / 1e6:.0f} MB after")


def needless(packages: Path) -> Iterator[Path]:
    for pattern in NEEDLESS:
        for path in sorted(packages.glob(pattern)):
            if path.exists():  # what stood in a folder has gone with it
                yield path


def cut(path: Path) -> None:
    """Take the names and line numbers for debuggers off a compiled module: whatever comes after the last segment.

    Segments are what a program loads; sections, which name the parts of a file for linkers and debuggers, are not
    needed any more. It is what `strip` does, which this image's base does not have.
    """
    data = bytearray(path.read_bytes())
    if not data.startswith(ELF):
        return
    (table,) = struct.unpack_from("<Q", data, 32)
    size_of_one, segments = struct.unpack_from("<HH", data, 54)
    ends = []
    for number in range(segments):
        offset, _, _, length = struct.unpack_from("<4Q", data, table + number * size_of_one + 8)
        ends.append(offset + length)
    struct.pack_into("<Q", data, 40, 0)  # where the sections are described
    struct.pack_into("<3H", data, 58, 0, 0, 0)  # how long a description is, how many there are, which has their names
    path.write_bytes(data[: max(ends)])


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
