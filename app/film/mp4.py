"""A film as MP4, by PyAV, which is an extra: without it there is none."""

from collections.abc import Iterable
from fractions import Fraction
from importlib.util import find_spec
from io import BytesIO

import numpy as np
from PIL import Image

OPTIONS = {
    "preset": "veryfast",
    "crf": "20",
    "threads": "1",
    # Each frame is predicted from the last one alone, by whole pixels, so that a small frame needs little memory.
    "bf": "0",
    "refs": "1",
    "x264-params": "rc-lookahead=0:sync-lookahead=0:mbtree=0:scenecut=0:subme=0",
}
"""Of x264: of good quality, in little memory."""


def is_there() -> bool:
    """Whether PyAV is installed. It is large, and loaded by those alone who make a film."""
    return find_spec("av") is not None


def mp4(frames: Iterable[tuple[Image.Image, float]]) -> bytes:
    """H.264 in 4:2:0, which every player and PowerPoint play; so both sides are even.

    Its frames lie as far apart as the first two; one that is seen for longer is there several times.
    """
    import av

    written = BytesIO()
    with av.open(written, "w", format="mp4") as file:
        stream, apart, count = None, 0.0, 0
        for image, milliseconds in frames:
            if stream is None:
                apart = milliseconds
                stream = file.add_stream("libx264", rate=Fraction(1000, round(apart)), options=OPTIONS)
                stream.width, stream.height = even(image.width), even(image.height)
                stream.pix_fmt = "yuv420p"
            picture = av.VideoFrame.from_ndarray(np.asarray(padded(image)), format="rgb24")
            for _ in range(max(round(milliseconds / apart), 1)):
                picture.pts, picture.time_base = count, Fraction(round(apart), 1000)
                count += 1
                file.mux(stream.encode(picture))
        assert stream is not None
        file.mux(stream.encode(None))
    return written.getvalue()


def even(side: int) -> int:
    return side + side % 2


def padded(image: Image.Image) -> Image.Image:
    """With one more row or column of its last pixels, where a side is odd."""
    size = even(image.width), even(image.height)
    if size == image.size:
        return image
    larger = Image.new("RGB", size, image.getpixel((image.width - 1, image.height - 1)))
    larger.paste(image)
    return larger
