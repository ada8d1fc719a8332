"""Kernels at work on pictures: the same numbers as SciPy's, in whatever way they are asked for."""

import json
import zlib
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from app.grids.photos import grey, photographs, pixels
from kernels.filters import named_filters
from tests.app.direct import Answer, Direct
from tests.program import running_process

MODES = {"zeros": "constant", "reflect": "mirror", "replicate": "nearest", "circular": "wrap"}
"""PyTorch's padding modes, by SciPy's names."""
PLANES = {name: filter.weights for name, filter in named_filters().items() if filter.weights.ndim == 2}
Array = NDArray[np.float64]


def region(ask: Direct, query: str, place: str = "0,0,128,128") -> tuple[Array, Array]:
    """x and y of a region."""
    answer = ask(f"/pictures.json?{query}&region={place}").json()
    return np.array(answer["x"]["values"]), np.array(answer["y"]["values"])


def correlated(x: Array, w: Array, mode: str = "replicate") -> Array:
    """SciPy's; an even kernel has its middle before its centre, so that one more cell is padded after."""
    origin = [-1 if size % 2 == 0 else 0 for size in w.shape]
    return ndimage.correlate(x.astype(float), w, mode=MODES[mode], origin=origin)


def sent(picture: NDArray[np.uint8], format: str = "PNG") -> bytes:
    """A picture as a file, (rows, columns) or (rows, columns, 3)."""
    written = BytesIO()
    Image.fromarray(picture).save(written, format)
    return written.getvalue()


def post(ask: Direct, url: str, body: bytes) -> Answer:
    return ask.ask("POST", url, {}, body)


def events(answer: Answer) -> dict[str, list[dict]]:  # type: ignore[type-arg]
    found: dict[str, list[dict]] = {}  # type: ignore[type-arg]
    for block in answer.text.strip().split("\n\n"):
        name, data = block.split("\n", 1)
        found.setdefault(name.removeprefix("event: "), []).append(json.loads(data.removeprefix("data: ")))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", photographs())
@pytest.mark.parametrize("mode", MODES)
def test_every_kernel_on_every_photograph_gives_the_numbers_of_scipy(ask: Direct, name: str, mode: str) -> None:
    picture = grey(pixels(name))
    for kernel, w in PLANES.items():
        x, y = region(ask, f"picture={name}&w={kernel}&padding_mode={mode}")
        assert_array_equal(x[0], picture[:128, :128])
        assert_allclose(y[0], correlated(picture, w, mode)[:128, :128], rtol=1e-5, atol=1e-3)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("size", [2, 4, 5])
def test_an_even_kernel_pads_one_more_after_as_pytorch_does(ask: Direct, mode: str, size: int) -> None:
    w = np.arange(size * size, dtype=float).reshape(size, size) - 5
    text = ";".join(",".join(f"{value:g}" for value in row) for row in w)
    _, y = region(ask, f"picture=brick&w={text}&padding_mode={mode}", "128,128,128,128")
    assert_allclose(y[0], correlated(grey(pixels("brick")), w, mode)[128:, 128:], rtol=1e-5)


def test_in_colour_every_channel_is_filtered_alone(ask: Direct) -> None:
    x, y = region(ask, "picture=cat&w=sharpen&colour=rgb", "100,200,60,70")
    for channel in range(3):
        assert_array_equal(x[channel], pixels("cat")[channel, 100:160, 200:270])
        whole = correlated(pixels("cat")[channel], PLANES["sharpen"])
        assert_allclose(y[channel], whole[100:160, 200:270], atol=1e-3)


@pytest.mark.parametrize(
    ("query", "made"),
    [
        ("stride=2", lambda y: y[::2, ::2]),
        ("stride=3,2", lambda y: y[::3, ::2]),
        ("scale=0.5", lambda y: y / 2),
        ("offset=128", lambda y: y + 128),
        ("scale=-0.5&offset=10&absolute=true", lambda y: abs(-y / 2 + 10)),
        ("absolute=true", abs),
        ("repeat=3", lambda y: correlated(correlated(y, PLANES["emboss"]), PLANES["emboss"])),
        ("padding=0", lambda y: y[1:-1, 1:-1]),
        ("padding=valid", lambda y: y[1:-1, 1:-1]),
    ],
)
def test_what_is_done_with_the_sums(ask: Direct, query: str, made) -> None:  # type: ignore[no-untyped-def]
    wanted = made(correlated(grey(pixels("coffee")), PLANES["emboss"]))
    _, y = region(ask, f"picture=coffee&w=emboss&{query}", "20,30,50,60")
    assert_allclose(y[0], wanted[20:70, 30:90], rtol=1e-5, atol=1e-2)


def test_dilation_spreads_the_kernel_and_keeps_the_size(ask: Direct) -> None:
    spread = np.zeros((5, 5))
    spread[::2, ::2] = PLANES["laplace"]
    _, y = region(ask, "picture=retina&w=laplace&dilation=2")
    assert_allclose(y[0], correlated(grey(pixels("retina")), spread)[:128, :128], atol=1e-3)


def test_the_gradient_has_the_length_of_both_of_its_parts(ask: Direct) -> None:
    _, y = region(ask, "picture=cat&w=sobel-x~~sobel-y&join=magnitude")
    parts = [correlated(grey(pixels("cat")), PLANES[name]) for name in ("sobel-x", "sobel-y")]
    assert_allclose(y[0], np.hypot(*parts)[:128, :128], rtol=1e-5)


@pytest.mark.parametrize(("kind", "pool"), [("max", np.max), ("avg", np.mean)])
def test_pooling_takes_blocks(ask: Direct, kind: str, pool) -> None:  # type: ignore[no-untyped-def]
    _, y = region(ask, f"picture=brick&w=sobel-y&pool={kind}:2", "0,0,60,60")
    whole = correlated(grey(pixels("brick")), PLANES["sobel-y"])[:120, :120]
    assert_allclose(y[0], pool(whole.reshape(60, 2, 60, 2), axis=(1, 3)), atol=1e-3)


def test_a_picture_is_as_large_as_it_was_unless_a_padding_is_given(ask: Direct) -> None:
    for query, size in (("", (451, 300)), ("&w=box:4", (451, 300)), ("&padding=1&w=box:5", (449, 298))):
        image = Image.open(BytesIO(ask(f"/pictures.png?picture=cat{query}").body))
        assert image.size == size


def test_grey_is_what_pillow_makes_of_red_green_and_blue() -> None:
    for name in photographs():
        assert_array_equal(grey(pixels(name)), Image.fromarray(pixels(name).transpose(1, 2, 0)).convert("L"))


@pytest.mark.parametrize(
    ("show", "shades"),
    [
        ("clip", lambda y: y.clip(0, 255)),
        ("grey", lambda y: (128 + y / 2).clip(0, 255)),
    ],
)
def test_the_image_holds_the_numbers_as_shades(ask: Direct, show: str, shades) -> None:  # type: ignore[no-untyped-def]
    drawn = np.asarray(Image.open(BytesIO(ask(f"/pictures.png?picture=brick&w=sobel-x&show={show}").body)))
    assert_array_equal(drawn, np.rint(shades(correlated(grey(pixels("brick")), PLANES["sobel-x"]))))


def test_signed_colours_are_white_at_zero_and_differ_by_sign(ask: Direct) -> None:
    query = f"picture={quote('0,255;0,255')}&w=1,-1&padding=0&show=signed"
    assert Image.open(BytesIO(ask(f"/pictures.png?{query}").body)).getpixel((0, 0)) == (0xB2, 0x3A, 0x2E)
    turned = query.replace("w=1,-1", "w=-1,1")
    assert Image.open(BytesIO(ask(f"/pictures.png?{turned}").body)).getpixel((0, 0)) == (0x0B, 0x6E, 0x5C)
    assert Image.open(BytesIO(ask(f"/pictures.png?{query}&scale=0").body)).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(
    "query",
    [
        "picture=camera&w=sobel-x",
        "picture=astronaut&w=emboss&colour=rgb&stride=2",
        "picture=cat&w=box:5&repeat=2&pool=max:3",
        "picture=text&w=sobel-x~~sobel-y~~edge&show=signed",
    ],
)
def test_the_bands_joined_are_the_whole(ask: Direct, query: str) -> None:
    answered = events(ask(f"/pictures.events?{query}"))
    bands = [np.asarray(Image.open(BytesIO(b64decode(band["image"])))) for band in answered["band"]]
    whole = np.asarray(Image.open(BytesIO(ask(f"/pictures.png?{query}").body)))
    assert_array_equal(np.concatenate(bands), whole)
    [header], [_] = answered["result"], answered["end"]
    assert whole.shape[:2] == (header["rows"], header["cols"])
    assert [band["row"] for band in answered["band"]] == np.cumsum([0, *map(len, bands[:-1])]).tolist()


@pytest.mark.parametrize("query", ["picture=camera&w=gaussian:5", "picture=astronaut&w=strong-edge&colour=rgb"])
def test_a_preview_is_light_and_has_the_shades_of_the_whole(ask: Direct, query: str) -> None:
    answer = ask(f"/pictures.events?{query}&preview=true")
    [band] = events(answer)["band"]
    image = Image.open(BytesIO(b64decode(band["image"])))
    assert max(image.size) <= 256
    assert len(answer.body) <= 30_000
    whole = np.asarray(Image.open(BytesIO(ask(f"/pictures.png?{query}").body)))
    some = whole[:: band["every"], :: band["every"]].astype(float)
    assert np.abs(np.asarray(image) - some).mean() < 12


@pytest.mark.parametrize(
    "query",
    [
        "picture=cat&w=sobel-x",
        "picture=cat&w=box:3&colour=rgb",
        "picture=brick&w=-1,2;3,-4&stride=2&dilation=3",
        "picture=retina&w=sharpen&repeat=3",
        "picture=text&w=emboss&padding_mode=zeros",
    ],
)
@pytest.mark.parametrize("at", [(0, 0), (57, 100)])
def test_the_magnifier_the_result_and_the_scene_it_opens_agree(ask: Direct, query: str, at: tuple[int, int]) -> None:
    row, col = at
    _, y = region(ask, query, f"{row},{col},1,1")
    spot = ask(f"/pictures.spot?{query}&at={row},{col}").json()
    assert_array_equal(spot["value"], y[:, 0, 0])
    scene = ask(spot["scene"].replace("/conv2d", "/conv2d.json")).json()
    planes = np.array(scene["y"]["values"])
    for channel, part in enumerate(spot["parts"]):
        products = np.array(part["window"]) * np.array(part["weights"])
        assert_allclose(part["products"], products, rtol=1e-5)
        assert_allclose(part["sum"], products.sum(), rtol=1e-5, atol=1e-3)
        assert_allclose(part["sum"], y[channel, 0, 0], rtol=1e-6)
        step = int(spot["scene"].partition("step=")[2] or 0)
        assert_allclose(planes[channel].ravel()[step], part["sum"], rtol=1e-5, atol=1e-3)


def test_the_scene_of_a_picture_in_colour_has_three_groups(ask: Direct) -> None:
    spot = ask("/pictures.spot?picture=cat&w=box:3&colour=rgb&at=5,5").json()
    assert "groups=3" in spot["scene"]


def test_the_magnifier_shows_the_block_that_was_pooled(ask: Direct) -> None:
    spot = ask("/pictures.spot?picture=cat&w=edge&pool=max:2&at=4,7").json()
    assert spot["value"] == [np.max(spot["blocks"])]
    assert ask(spot["scene"].replace("2d?", "2d.json?")).json()["y"]["values"] == [[[spot["value"][0]]]]


# A reader's own picture.


def test_a_picture_that_is_posted_is_answered_at_once_and_then_known_by_its_name(fresh: Direct) -> None:
    picture = np.random.default_rng(3).integers(0, 256, (20, 30), dtype=np.uint8)
    body = sent(picture)
    answer = post(fresh, "/pictures.json?w=sobel-y", body)
    assert_allclose(answer.json()["y"]["values"][0], correlated(picture, PLANES["sobel-y"]))
    assert_array_equal(answer.json()["x"]["values"][0], picture)
    name = answer.json()["picture"]["name"]
    known = fresh(f"/pictures.json?picture={name}&w=sobel-y")
    assert known.json() == answer.json()
    for each in (answer, known):
        assert each.headers["cache-control"] == "no-store"


def test_a_shipped_picture_may_be_kept_by_everybody(ask: Direct) -> None:
    assert "no-store" not in ask("/pictures.png?picture=cat&w=box").headers["cache-control"]


def test_a_picture_that_was_forgotten_is_asked_for_again_and_sending_it_brings_it_back(fresh: Direct) -> None:
    first, *others = [sent(np.full((1024, 1024, 3), shade, np.uint8)) for shade in range(20)]
    name = post(fresh, "/pictures.json", first).json()["picture"]["name"]
    for other in others:
        assert post(fresh, "/pictures.json", other).status == 200
    forgotten = fresh(f"/pictures.json?picture={name}")
    assert forgotten.status == 404
    assert forgotten.json()["detail"][0]["type"] == "picture_forgotten"
    again = post(fresh, f"/pictures.json?picture={name}", first)
    assert again.status == 200
    assert fresh(f"/pictures.json?picture={name}").json() == again.json()


def test_bytes_that_are_another_picture_than_the_address_names_are_refused(fresh: Direct) -> None:
    name = post(fresh, "/pictures.json", sent(np.zeros((4, 4), np.uint8))).json()["picture"]["name"]
    assert post(fresh, f"/pictures.json?picture={name}", sent(np.ones((4, 4), np.uint8))).status == 422


def test_a_small_picture_travels_within_its_address(ask: Direct) -> None:
    x, y = region(ask, f"picture={quote('0,10;20,30')}&w=identity", "0,0,2,2")
    assert x.tolist() == y.tolist() == [[[0, 10], [20, 30]]]
    assert ask(f"/pictures.json?picture=u8:65x1:{'A' * 87}").status == 422


def test_a_result_of_a_shipped_picture_made_to_a_size(ask: Direct) -> None:
    assert ask("/pictures.json?picture=cat:96x96").json()["shape"] == [1, 96, 96]
    assert ask("/pictures.json?picture=cat:3x96x96&colour=rgb").json()["shape"] == [3, 96, 96]


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("picture=dog", "picture", "astronaut"),
        ("picture=cat:9999x9999", "picture", "1024"),
        ("picture=300", "picture", "300"),
        ("w=random:1x3x3x3:1", "w", "one plane"),
        ("w=box:16", "w", "15"),
        ("w=random:9x1x3x3:1", "w", "8 kernels"),
        ("stride=0", "stride", "never move"),
        ("repeat=21", "repeat", "20"),
        ("repeat=0", "repeat", "20"),
        ("join=magnitude", "join", "sobel-y"),
        ("picture=camera&w=box:15&repeat=20", "w", "multiplications"),
        ("picture=camera&w=random:8x1x3x3:1&colour=rgb&padding=100", "picture", "numbers"),
        ("picture=cat:4x4&padding=0&repeat=2", "w", "no longer fits"),
        ("w=1e30", "w", "32-bit"),
        ("w=ones:9x9&repeat=20&picture=cat:9x9", "w", "32-bit"),
        ("pool=sum:2", "pool", "max:2"),
        ("picture=cat:4x4&pool=max:8", "pool", "4×4"),
        ("padding=129", "padding", "128"),
        ("picture=cat:4x4&w=box:15&padding_mode=reflect", "padding", "Reflecting"),
        ("region=0,0,129,1", "region", "128"),
        ("region=0,0,0,1", "region", "row,column"),
        ("region=1,2,3", "region", "row,column"),
        ("region=299,0,2,1", "region", "300×451"),
        ("colour=blue", "colour", "grey, rgb"),
        ("kernel=box", "kernel", "w"),
        ("preview=true", "preview", "not a parameter"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_at_its_field(ask: Direct, query: str, field: str, said: str) -> None:
    answer = ask(f"/pictures.json?{query}")
    [detail, *_] = answer.json()["detail"]
    assert answer.status == 422
    assert detail["loc"] == ["query", field]
    assert said in detail["msg"]


def test_a_flag_that_is_none_is_refused(ask: Direct) -> None:
    answer = ask("/pictures.events?preview=perhaps")
    assert answer.status == 422
    assert answer.json()["detail"][0]["loc"] == ["query", "preview"]


def test_a_spot_outside_is_refused(ask: Direct) -> None:
    for at, said in (("300,0", "300×451"), ("1", "row,column"), ("", "row,column")):
        answer = ask(f"/pictures.spot?at={at}")
        assert answer.status == 422
        assert said in answer.json()["detail"][0]["msg"]


# Files that nobody should have to trust.


def written(image: Image.Image, format: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, format, **options)  # type: ignore[arg-type]
    return file.getvalue()


def noise(rows: int, cols: int) -> Image.Image:
    return Image.fromarray(np.random.default_rng(1).integers(0, 256, (rows, cols, 3), dtype=np.uint8))


def black(rows: int, cols: int) -> bytes:
    """A PNG with one bit for each pixel: Pillow takes a byte for each to write it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    header = cols.to_bytes(4) + rows.to_bytes(4) + bytes([1, 0, 0, 0, 0])  # one bit, grey
    lines = zlib.compress(bytes(rows * (1 + cols // 8)), 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def sideways() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "A camera"
    return exif


HOSTILE = {
    "an empty file": b"",
    "text": b"this is no picture" * 50,
    "a picture cut off": written(noise(40, 50), "PNG")[:2000],
    "a photograph cut off": written(noise(40, 50), "JPEG")[:900],
    "an animation cut off": written(noise(40, 50).quantize(), "GIF")[:700],
    "too many pixels": black(4_000, 5_000),
    "another format": written(noise(4, 5), "TIFF"),
    "a header alone": b"\x89PNG\r\n\x1a\n",
    "zeros": b"\0" * 5000,
    "a script": b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
}
SHOWN = {
    "sixteen bits": (written(Image.fromarray(np.full((6, 7), 51_400, np.uint16)), "PNG"), [200, 200, 200]),
    "a palette": (written(Image.new("RGB", (7, 6), (9, 80, 200)).quantize(), "PNG"), [9, 80, 200]),
    "ink": (written(Image.new("CMYK", (7, 6), (0, 0, 0, 0)), "JPEG"), [255, 255, 255]),
    "transparency": (written(Image.new("RGBA", (7, 6), (0, 0, 0, 0)), "PNG"), [255, 255, 255]),
    "an animation": (
        written(Image.new("RGB", (7, 6), (250, 0, 0)), "GIF", save_all=True, append_images=[Image.new("RGB", (7, 6))]),
        [250, 0, 0],
    ),
    "one bit": (written(Image.new("1", (7, 6), 1), "PNG"), [255, 255, 255]),
    "grey with transparency": (written(Image.new("LA", (7, 6), (100, 255)), "PNG"), [100, 100, 100]),
    "WebP": (written(Image.new("RGB", (7, 6), (40, 50, 60)), "WEBP", lossless=True), [40, 50, 60]),
    "BMP": (written(Image.new("RGB", (7, 6), (40, 50, 60)), "BMP"), [40, 50, 60]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_picture_is_refused_in_a_sentence(ask: Direct, name: str) -> None:
    answer = post(ask, "/pictures.json", HOSTILE[name])
    assert answer.status == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "picture"]
    assert len(answer.json()["detail"][0]["msg"]) > 30


def test_a_bomb_is_refused_before_it_is_unpacked(ask: Direct) -> None:
    answer = post(ask, "/pictures.json", black(32_000, 32_000))
    assert answer.status == 422
    assert "far too many pixels" in answer.json()["detail"][0]["msg"]


@pytest.mark.parametrize("name", SHOWN)
def test_a_file_of_any_kind_is_shown_in_its_colours(ask: Direct, name: str) -> None:
    body, colour = SHOWN[name]
    answer = post(ask, "/pictures.json?w=identity&colour=rgb", body)
    assert answer.status == 200, answer.text
    assert np.array(answer.json()["y"]["values"])[:, 2, 2].tolist() == colour


def test_a_file_that_is_too_large_is_refused_before_it_is_read(ask: Direct) -> None:
    answer = post(ask, "/pictures.json", b"\0" * 12_000_001)
    assert answer.status == 413
    assert "12 MB" in answer.json()["detail"][0]["msg"]


def test_a_camera_that_was_held_sideways_is_obeyed_and_its_metadata_dropped(ask: Direct) -> None:
    body = written(Image.new("RGB", (30, 20), (9, 9, 9)), "JPEG", exif=sideways())
    assert post(ask, "/pictures.json", body).json()["shape"] == [1, 30, 20]
    assert b"A camera" in body
    assert b"A camera" not in post(ask, "/pictures.png", body).body


def test_a_large_picture_is_made_smaller_and_that_is_said(ask: Direct) -> None:
    body = written(Image.new("RGB", (3000, 1500), (9, 9, 9)), "JPEG")
    [header] = events(post(ask, "/pictures.events?preview=true", body))["result"]
    assert (header["pictureRows"], header["pictureCols"]) == (512, 1024)
    assert "1500×3000" in header["about"]
    kept = written(Image.new("RGB", (1024, 700), (9, 9, 9)), "JPEG")
    [header] = events(post(ask, "/pictures.events?preview=true", kept))["result"]
    assert (header["pictureRows"], header["pictureCols"]) == (700, 1024)
    assert "It was" not in header["about"]


@pytest.mark.slow
def test_no_request_takes_more_than_150_megabytes() -> None:
    """Each is among the heaviest that are not refused; the peak of the process is its own account of it."""
    large = Image.fromarray(np.random.default_rng(1).integers(0, 256, (4000, 4000, 3), dtype=np.uint8))
    whole = written(large.resize((1024, 1024)), "PNG")
    with running_process() as (url, process):
        assert urlopen(Request(url + "/pictures.png", data=sent(np.zeros((8, 8), np.uint8)))).status == 200
        idle = resident(process, "VmRSS")  # what it holds once it has answered
        for path, body in (
            ("/pictures.png?colour=rgb", written(large, "JPEG", quality=40, progressive=True)),
            ("/pictures.png?colour=rgb", written(Image.new("RGBA", (4000, 3100)), "PNG")),
            ("/pictures.png?colour=rgb&w=gaussian:9", whole),
        ):
            with urlopen(Request(url + path, data=body, method="POST")) as response:
                assert response.status == 200
        assert resident(process, "VmHWM") - idle < 150 * 1024


def resident(process: int, name: str) -> int:
    """Kilobytes that a process holds now (VmRSS), or has held at most (VmHWM)."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


def test_the_page_of_a_forgotten_picture_waits_for_it_and_keeps_its_name(ask: Direct) -> None:
    page = ask("/pictures?picture=upload:00ff&w=emboss&at=5,6")
    assert page.status == 200
    assert page.headers["cache-control"] == "no-store"
    assert "data-forgotten" in page.text
    assert 'name="picture" value="upload:00ff"' in page.text
    assert "data-forgotten" not in ask("/pictures?picture=cat&w=emboss").text


def test_a_picture_that_is_not_there_is_answered_with_all_that_are_and_the_one_that_was_meant(ask: Direct) -> None:
    sentence = ask("/pictures.json?picture=rockett").json()["detail"][0]["msg"]
    assert "Did you mean “rocket”?" in sentence
    assert ", ".join(photographs()) in sentence
    assert "Did you mean" not in ask("/pictures.json?picture=zzz").json()["detail"][0]["msg"]
