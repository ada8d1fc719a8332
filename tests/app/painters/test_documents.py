"""A drawing as a page of PDF and as a document of TeX; tests/programs has both read by programs that are not ours."""

import re
import zlib

import pytest

from app.painters.pdf import pdf
from app.painters.reading import read
from app.painters.tikz import tex
from app.stream.picture import poster
from app.views.table import view_of
from tests.app.painters.test_poster import scene_at

QUERIES = [
    "",
    "x=random:3x5x5:1&w=random:2x3x3x3:2&theme=dark",
    "x=random:40x40:1&w=box:3",
    "view=im2col",
    "letters=true",
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_page_of_pdf_names_each_of_its_objects_where_it_lies(query: str) -> None:
    data = pdf(read(poster(view_of(scene_at(query)))))
    assert data.startswith(b"%PDF-1.7")
    start = int(re.findall(rb"startxref\n(\d+)", data)[0])
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n", data[start:])]
    for number, place in enumerate(places, 1):
        assert data[place:].startswith(b"%d 0 obj" % number)
    for packed in re.findall(rb"/FlateDecode [^\n]*\nstream\n(.*?)\nendstream", data, flags=re.DOTALL):
        assert zlib.decompress(packed)


def test_signs_are_written_as_tex_has_them() -> None:
    assert tex("w_0 = −½ & x̄") == r"w\_0 = $-$½ \& $\bar{\mathsf{x}}$"
