"""Grids in a URL: what a text means, which one text means it, and what is said where it means nothing."""

import re
from base64 import urlsafe_b64encode
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_array_equal

from app.address.numbers import read_number, spell_number
from app.address.refusal import Refusal
from app.grids.literals import Space, read_grid, resolve, spell
from app.text import grids as words

X = Space(2, 1, "input", 16 * 128 * 128)
X1 = Space(1, 1, "input", 16 * 128)
X3 = Space(3, 1, "input", 4096)
W = Space(2, 2, "weights", 64 * 16 * 15 * 15)
W1 = Space(1, 2, "weights", 64 * 16 * 15)
B = Space(1, 0, "bias", 64)
SPACES = {"x": X, "x1": X1, "x3": X3, "w": W, "w1": W1, "b": B}


def values(raw, space=X):
    return read_grid(raw, space).values


def resolved(raw, space=X, shape=None):
    grid = read_grid(raw, space)
    return resolve(grid, shape or grid.values.shape, space)


def text(raw, space=X, shape=None):
    return resolved(raw, space, shape).text


@pytest.mark.parametrize(
    ("raw", "space", "meaning"),
    [
        ("1,2;3,4", X, [[[1, 2], [3, 4]]]),
        ("1,2;3,4~5,6;7,8", X, [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]),
        ("1,2,3", X, [[[1, 2, 3]]]),
        ("1,2~3,4", X1, [[1, 2], [3, 4]]),
        ("1;2;;3;4", X3, [[[[1], [2]], [[3], [4]]]]),
        ("1,0;0,1~2,0;0,2", W, [[[[1, 0], [0, 1]], [[2, 0], [0, 2]]]]),
        ("1~2~~3~4", W, [[[[1]], [[2]]], [[[3]], [[4]]]]),
        ("1,2~~3,4", W1, [[[1, 2]], [[3, 4]]]),
        ("1,-2", B, [1, -2]),
        (" 1 ,\t2 ;\n3 , 4 ", X, [[[1, 2], [3, 4]]]),
        ("-1,+1,.5,2.,1e3,1E-1,-2e+1,1/4,-3/2", X, [[[-1, 1, 0.5, 2, 1000, 0.1, -20, 0.25, -1.5]]]),
        ("[[1,2],[3,4]]", X, [[[1, 2], [3, 4]]]),
        (" [[[1, 2.5]]] ", X, [[[1, 2.5]]]),
        ([[1, 2], [3, 4]], X, [[[1, 2], [3, 4]]]),
        ([1, -2], B, [1, -2]),
        ("u8:2x2:AAEC_w", X, [[[0, 1], [2, 255]]]),
        ("U8:2X2:AAEC_w==", X, [[[0, 1], [2, 255]]]),
        ("f32:1x1:AADAPw", X, [[[1.5]]]),
    ],
)
def test_a_text_means_these_values(raw, space, meaning):
    assert_array_equal(values(raw, space), np.array(meaning, dtype=float), strict=True)


def test_a_minus_before_zero_is_dropped_wherever_it_comes_from():
    minus_zero = urlsafe_b64encode(np.array([-0.0], "<f4").tobytes()).decode()
    for raw in ("-0", "-0.0", "-0/7", "[-0.0]", [-0.0], f"f32:1:{minus_zero}", "1!0.0:-0"):
        assert not np.signbit(resolved(raw).values).any(), raw
        assert text(raw) == "0"


REFUSED = [
    ("x", "", words.EMPTY),
    ("x", "  !0.0:1", words.EMPTY),
    ("x", "[[],[]]", words.EMPTY),
    ("x1", "ramp:1x4000", words.TOO_MANY),
    ("x", "ramp:99999x99999", words.TOO_MANY),
    ("x", "ramp:128x128" + "~ramp:128x128" * 16, words.TOO_MANY),
    ("x", "u8:512x512x512:AAAA", words.TOO_MANY),
    ("w", "box:9999", words.TOO_MANY),
    ("x", "," * 1_000_000, words.TOO_MANY),
    ("x", "[" + "0," * 300_000 + "0]", words.TOO_MANY),
    ("x", [[0.0] * 512] * 513, words.TOO_MANY),
    ("b", [0] * 65, words.TOO_MANY),
    ("x", "1,1_0", words.NOT_A_NUMBER),
    ("x", "1,nan", words.NOT_A_NUMBER),
    ("x", "-inf", words.NOT_A_NUMBER),
    ("x", "0x10", words.NOT_A_NUMBER),
    ("x", "٣", words.NOT_A_NUMBER),
    ("x", "1 2", words.NOT_A_NUMBER),
    ("x", "1.5/2", words.NOT_A_NUMBER),
    ("x", "1/2/3", words.NOT_A_NUMBER),
    ("x", "1/" + "9" * 5000, words.NOT_A_NUMBER),
    ("x", "1,1/0", words.DIVIDES_BY_ZERO),
    ("x", "1,1e999", words.TOO_LARGE_NUMBER),
    ("x", "9" * 5000, words.TOO_LARGE_NUMBER),
    ("x", "seven!0.0:1e999", words.TOO_LARGE_NUMBER),
    ("x", "1,,2", words.EMPTY_CELL),
    ("x", "1,2;3,", words.EMPTY_CELL),
    ("x", "1,2;", words.EMPTY_ROW),
    ("x", "1,2,3;4,5", words.RAGGED_ROWS),
    ("x3", "1;2;;3", words.RAGGED_SLICES),
    ("x1", "1;2", words.NO_ROWS),
    ("b", "1;2", words.NO_ROWS),
    ("x", "1;;2", words.NO_SLICES),
    ("b", "1~2", words.NO_CHANNELS),
    ("b", "1~~2", words.NO_CHANNELS),
    ("x", "1~~2", words.NO_FILTERS),
    ("x", "1~2,a", words.IN_PART),
    ("w", "1~~2~", words.IN_PART),
    ("x", "seven~x-bits", words.PART_SHAPE),
    ("w", "sobel-x~~sobel-x~sobel-y", words.PART_SHAPE),
    ("x", "nan", words.UNKNOWN),
    ("x", "seven ~ 日本", words.IN_PART),
    ("w", "sobelx", words.DID_YOU_MEAN),
    ("w", "sobel-z", words.OR),
    ("x", "sobel-x", words.IS_A_KERNEL),
    ("x", "box:3", words.IS_A_KERNEL),
    ("b", "zeros:3", words.NO_NAMES),
    ("x", "seven:3", words.TAKES_NOTHING),
    ("x", "ramp:3x3:1", words.TAKES_NOTHING),
    ("x", "ramp", words.NEEDS_SIZE),
    ("w", "box:", words.NEEDS_SIZE),
    ("x", "ramp:0x3", words.NOT_A_SIZE),
    ("x", "ramp:3x", words.NOT_A_SIZE),
    ("x", "ramp:٣", words.NOT_A_SIZE),
    ("x", "ramp:" + "9" * 5000, words.NOT_A_SIZE),
    ("x", "zeros:1x1x3x3", words.TOO_MANY_AXES),
    ("x1", "seven", words.TOO_MANY_AXES),
    ("w", "u8:1x1x1x1x1:AA", words.TOO_MANY_AXES),
    ("w", "box:2x3x3", words.ONE_SIZE_OR_EACH),
    ("x", "random:3x3:-1", words.NOT_A_SEED),
    ("x", "random:3x3:1_0", words.NOT_A_SEED),
    ("x", "digit:10", words.NO_SUCH_DIGIT),
    ("x", "u8:2x2", words.BYTES_FORM),
    ("x", "u8:2x2:AA*A", words.NOT_BASE64),
    ("x", "u8:2x2:AA+/", words.NOT_BASE64),
    ("x", "u8:2x2:AAECé", words.NOT_BASE64),
    ("x", "u8:2x2:AAEC", words.BYTES_COUNT),
    ("x", "f32:1x1:AADAfw", words.BYTES_NOT_FINITE),
    ("x", "[1,2", words.JSON_BROKEN),
    ("x", "[NaN]", words.JSON_BROKEN),
    ("x", "[" * 100_000, words.JSON_BROKEN),
    ("x", "[\ud800]", words.JSON_BROKEN),
    ("x", "[true]", words.JSON_NOT_A_NUMBER),
    ("x", '["1"]', words.JSON_NOT_A_NUMBER),
    ("x", [float("nan")], words.JSON_NOT_A_NUMBER),
    ("x", [10**400], words.JSON_NOT_A_NUMBER),
    ("x", [10**9000], words.JSON_NOT_A_NUMBER),
    ("x", '[{"a":' + "[" * 1000 + "]" * 1000 + "}]", words.JSON_NOT_A_NUMBER),
    ("x", [None, "x" * 9999], words.JSON_NOT_A_NUMBER),
    ("x", "[1,[2]]", words.JSON_MIXED),
    ("x", "[[1,2],[3]]", words.JSON_RAGGED),
    ("x", "[[[[1]]]]", words.JSON_DEPTH),
    ("b", "0" + "!0:1" * 65, words.TOO_MANY_EDITS),
    ("x", "seven!3.4", words.NOT_AN_EDIT),
    ("x", "seven!-1.4:2", words.NOT_AN_EDIT),
    ("x", "seven!3.4:1~seven", words.NOT_AN_EDIT),
    ("x", "seven!3:1", words.EDIT_AXES),
    ("x", "seven!0.0.3.4:1", words.EDIT_AXES),
    ("x", "seven!3.7:1", words.EDIT_RANGE),
    ("x", "photo:dog:9x9", words.NO_SUCH_PHOTO),
    ("x", "photo:cat:2x9x9", words.PHOTO_PLANES),
    ("x", "photo:cat:1x1025", words.PHOTO_SIDE),
]


def sentence_pattern(template):
    """A template as a pattern, each {hole} matching anything."""
    return ".*".join(re.escape(part) for part in re.split(r"\{[^}]*\}", template))


@pytest.mark.parametrize(("name", "raw", "sentence"), REFUSED)
def test_what_means_nothing_is_refused_with_the_sentence_that_says_why(name, raw, sentence):
    with pytest.raises(Refusal) as refused:
        resolved(raw, SPACES[name])
    assert re.search(sentence_pattern(sentence), str(refused.value), re.DOTALL)
    assert len(str(refused.value)) < 300, "a sentence, however long the text was"
    assert "{" not in str(refused.value)


def test_every_refusal_sentence_is_met_in_these_tests():
    sentences = {name for name, value in vars(words).items() if isinstance(value, str) and name.isupper()}
    met = {sentence for _, _, sentence in REFUSED}
    assert {name for name in sentences if getattr(words, name) not in met} == {"CANNOT_FILL"}


@pytest.mark.parametrize(
    ("name", "raw", "sentence"),
    [
        ("x", "1,2,3;4,5", "Row 2 has 2 values, but row 1 has 3 values: all rows must be equally long."),
        ("x", "seven~1,2;3,4", "Channel 2 is 1×2×2, but the first is 1×7×7: all must have one shape."),
        ("x", "1,2~3,b", "Channel 2: “b” is not a number."),
        ("x", "sevn", "“sevn” is neither a number nor a name that is known here. Did you mean “seven” or “red-seven”?"),
        ("x", "rmp:5x5", "Did you mean “ramp:5x5”?"),
        ("w", "sobelx", "Did you mean “sobel-x” or “sobel-y”?"),
        ("x", "ramp:99999x99999", "9,999,800,001 values are too many: this grid may hold at most 262,144."),
        (
            "x",
            "seven!3.7:1",
            "“!3.7:1” points outside: this grid is 1×7×7, and places count from 0, so 7 must be at most 6.",
        ),
    ],
)
def test_a_refusal_names_the_place_and_the_numbers(name, raw, sentence):
    with pytest.raises(Refusal, match=re.escape(sentence)):
        resolved(raw, SPACES[name])


def test_spatial_sizes_never_repeat_and_the_refusal_names_both_shapes():
    with pytest.raises(Refusal, match=re.escape("A grid of 1×1×1×3 cannot fill 1×1×3×3")):
        resolve(read_grid("1,2,3", W), (1, 1, 3, 3), W)
    with pytest.raises(Refusal, match="only a single filter or channel repeats"):
        resolve(read_grid("1~2", W), (1, 3, 1, 1), W)


def test_programs_can_distinguish_too_much_from_wrong():
    with pytest.raises(Refusal) as refused:
        read_grid("ramp:9999x9999", X)
    assert refused.value.type == "too_large"


def test_a_refusal_says_where_it_stands_when_it_is_written():
    refusal = Refusal("no", type="kind", loc=("values", 3)).at("body", "w")
    assert (str(refusal), refusal.type, refusal.loc) == ("no", "kind", ("body", "w", "values", 3))


@pytest.mark.parametrize(
    ("raw", "space", "canonical"),
    [
        ("SEVEN", X, "seven"),
        (" Digit:7 ", X, "digit:7"),
        ("ramp:1x5x5", X, "ramp:5x5"),
        ("ramp:5", X, "ramp:1x5"),
        ("random:1x7x7:0", X, "random:7x7"),
        ("random:3x7x7:007", X, "random:3x7x7:7"),
        ("box:3x3", W, "box:3"),
        ("box:3x5", W, "box:3x5"),
        ("seven~seven", X, "seven~seven"),
        ("1,1,1,0,0;0,1,1,1,0;0,0,1,1,1;0,0,1,1,0;0,1,1,0,0", X, "x-bits"),
        ("0,1,3,6,10,15,15,15", X1, "row"),
        ("-1,0,1;-2,0,2;-1,0,1", W, "sobel-x"),
        ("-1,0,1;-2,0,2;-1,0,1~~1,2,3;4,5,6;7,8,9", W, "sobel-x~~1,2,3;4,5,6;7,8,9"),
        ("1,0,-1", W1, "difference"),
        ("1,2~1,2~~3,4~3,4", W, "1,2~~3,4"),
        ("sobel-x~sobel-x~sobel-x", W, "sobel-x"),
        ("1,2~1,2", X, "1,2~1,2"),
        ("1.0,-0,1e3,1E22,0.25,0.1,0.3333333333333333,1e-5", X, "1,0,1000,1e22,1/4,0.1,1/3,1e-5"),
        ("u8:2x2:AAECAw", X, "0,1;2,3"),
        ("[[1,2],[3,4]]", X, "1,2;3,4"),
        ("seven!0.0:0", X, "seven"),
        ("seven!0.3.4:5!1.1:8!3.4:7", X, "seven!1.1:8!3.4:7"),
        ("1,2;3,4!0.1:9", X, "1,9;3,4"),
        ("zeros:2x2!0.0:1!0.1:1!1.0:1!1.1:1", X, "1,1;1,1"),
        ("sobel-x~sobel-y!1.1:0", W, "sobel-x~sobel-y"),
        ("sobel-x~~1,2,3;4,5,6;7,8,9!0.0:9", W, "sobel-x~~1,2,3;4,5,6;7,8,9!0.0:9"),
    ],
)
def test_the_canonical_text(raw, space, canonical):
    once = text(raw, space)
    assert once == canonical
    assert text(once, space) == canonical


def test_an_unnamed_join_keeps_equal_channels_apart_where_another_part_needs_them():
    kept = "sobel-x~sobel-y~~1,2,3;4,5,6;7,8,9~1,2,3;4,5,6;7,8,9"
    assert read_grid(kept, W).text == kept


def test_a_single_plane_serves_every_channel_and_every_filter():
    grid = resolved("sobel-x", W, (2, 3, 3, 3))
    assert grid.values.shape == (2, 3, 3, 3)
    assert (grid.values == grid.values[0, 0]).all()
    assert grid.text == "sobel-x"


def test_a_resolved_grid_cannot_be_written_to():
    for raw in ("seven", "1,2", "seven!0.0:1"):
        assert not resolved(raw).values.flags.writeable


@pytest.mark.parametrize(
    ("edits", "kept", "changed"),
    [
        ("!1.1:5", "!1.1:5", {(0, 0), (0, 1), (1, 0), (1, 1)}),
        ("!1.1.1:5", "!1.1.1:5", {(0, 1), (1, 1)}),
        ("!0.1.1.1:5", "!0.1.1.1:5", {(0, 1)}),
        ("!0.1.1:5!1.1.1:5", "!1.1:5", {(0, 0), (0, 1), (1, 0), (1, 1)}),
        ("!1.1:5!0.1.1:0", "!1.1.1:5", {(0, 1), (1, 1)}),
    ],
)
def test_edits_are_made_after_one_plane_has_become_many(edits, kept, changed):
    grid = resolved("sobel-x" + edits, W, (2, 2, 3, 3))
    assert {tuple(place) for place in np.argwhere(grid.values[..., 1, 1] == 5).tolist()} == changed
    # Written as the name and what was edited, unless that is longer than the values.
    assert grid.text == "sobel-x" + kept
    assert_array_equal(resolved(grid.text, W, (2, 2, 3, 3)).values, grid.values)


def test_the_last_edit_of_a_cell_wins():
    assert text("digit:7!3.4:1!0.0:2!3.4:255") == "digit:7!0.0:2!3.4:255"


def test_long_texts_become_bytes_where_bytes_are_shorter():
    rng = np.random.default_rng(1)
    photograph = rng.integers(0, 256, (1, 64, 64)).astype(float)
    assert spell(photograph, 2, "input").startswith("u8:64x64:")
    assert spell(photograph - 500, 2, "input").startswith("-"), "whole numbers of three digits are shorter than f32"
    noise = rng.normal(size=(1, 20, 20)).astype(np.float32).astype(float)
    assert spell(noise, 2, "input").startswith("f32:20x20:")
    assert "," in spell(rng.normal(size=(1, 20, 20)), 2, "input"), "what f32 would round stays text"
    assert spell(photograph[:, :8, :8] % 10, 2, "input").count(",") == 56, "short texts stay legible"


finite = st.floats(allow_nan=False, allow_infinity=False).map(lambda value: value + 0.0)
friendly = st.one_of(
    finite,
    st.integers(-20, 300).map(float),
    st.builds(lambda n, d: n / d, st.integers(-50, 50), st.integers(1, 120)),
    st.floats(allow_nan=False, allow_infinity=False, width=32).map(lambda value: value + 0.0),
)


@given(friendly)
def test_a_number_is_spelled_so_that_it_reads_back_to_the_last_bit(value):
    spelled = spell_number(value)
    assert read_number(spelled) == value
    assert len(spelled) <= len(repr(value))
    assert "+" not in spelled, "an address reads + as a space"


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**6))
def test_a_fraction_means_the_nearest_float(numerator, denominator):
    assert read_number(f"{numerator}/{denominator}") == float(Fraction(numerator, denominator))


@st.composite
def grids(draw):
    name = draw(st.sampled_from(sorted(SPACES)))
    space = SPACES[name]
    shape = tuple(draw(st.integers(1, 4)) for _ in range(space.axes))
    shape = shape if space.leading else (draw(st.integers(1, 8)),)
    elements = draw(st.sampled_from([friendly, st.integers(0, 9).map(float), st.just(1.0)]))
    return space, draw(arrays(np.float64, shape, elements=elements))


@given(grids())
def test_values_are_spelled_so_that_they_read_back_to_the_last_bit(drawn):
    space, array = drawn
    spelled = spell(array, space.spatial, space.kind)
    again = resolved(spelled, space, array.shape)
    assert_array_equal(again.values, array, strict=True)
    assert again.text == spelled
    assert_array_equal(resolved(array.tolist(), space).values, array)


X_BASES = ["seven", "x-bits", "digit:3", "ramp:5x5", "zeros:2x2", "random:2x4x4:3", "1,2;3,4", "seven~seven", "[[1,2]]"]
W_BASES = ["sobel-x", "x", "box:3", "gaussian:5", "random:2x2x3x3:1", "sobel-x~~sobel-y", "sobel-x~box:3", "1,2;3,4"]


@given(st.data())
def test_the_canonical_text_is_its_own_canonical_text(data):
    space, bases = data.draw(st.sampled_from([(X, X_BASES), (W, W_BASES)]))
    base = data.draw(st.sampled_from(bases))
    shape = values(base, space).shape
    if space is W:
        shape = tuple(data.draw(st.integers(1, 3)) if n == 1 else n for n in shape[:2]) + shape[2:]
    index = st.tuples(*(st.integers(0, n - 1) for n in shape))
    cut = st.integers(0, space.leading)
    edits = data.draw(st.lists(st.tuples(index, cut, st.sampled_from(["0", "9", "-1", "1/3", "0.5"])), max_size=5))
    raw = base + "".join(f"!{'.'.join(map(str, place[skip:]))}:{value}" for place, skip, value in edits)
    first = resolved(raw, space, shape)
    again = resolved(first.text, space, shape)
    assert again.text == first.text
    assert_array_equal(again.values, first.values)
    expected = np.array(np.broadcast_to(values(base, space), shape))
    for place, skip, value in edits:
        expected[(..., *place[skip:])] = read_number(value)
    assert_array_equal(first.values, expected)


fragments = st.sampled_from(
    [
        *",;~!:.x[]-+/_e0123456789 ",
        ";;",
        "~~",
        "seven",
        "digit:7",
        "random:",
        "ramp:",
        "box:",
        "u8:",
        "f32:",
        "nan",
        "1e",
    ]
)
texts = st.one_of(st.text(max_size=40), st.lists(fragments, max_size=25).map("".join))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=12,
)


@settings(max_examples=500)
@given(st.sampled_from(sorted(SPACES)), texts | st.lists(JSON, max_size=4))
@example("x", "!" * 300_000)
@example("x", "~" * 1_000_000)
@example("x", "seven" * 200_000)
@example("x", "ramp:" + "9x" * 400_000)
@example("x", "random:" + "1x" * 100 + "1")
@example("w", ":" * 100_000)
@example("x", "seven!" + "1." * 300_000 + "1:1")
@example("x3", ";" * 4_000)
def test_whatever_is_written_is_read_or_refused(name, raw):
    space = SPACES[name]
    try:
        grid = resolved(raw, space)
    except Refusal:
        return
    assert grid.values.size <= space.max_values
    assert np.isfinite(grid.values).all()
    assert text(grid.text, space, grid.values.shape) == grid.text
