"""The pages of whole networks: what they say, where they lead, and the same for programs."""

import re

import numpy as np
import pytest

from app.pages.networks.amounts import compact, in_bytes, percent
from app.pages.networks.catalogue import catalogue
from app.pages.networks.picture import columns, scale_of
from app.pages.networks.sections import sections
from app.pages.networks.skyline import NARROW, broken, extent, whole
from tests.app.direct import Direct
from tests.app.markup import Element, elements

PAGES = [
    "/networks",
    "/networks/compare",
    "/networks/own",
    "/networks/flatten-linear",
    *(f"/networks/{name}" for name in catalogue()),
]


def found(html: str, tag: str, **attributes: str) -> list[Element]:
    return [
        element
        for element in elements(html)
        if element.tag == tag and all(element.get(name) == value for name, value in attributes.items())
    ]


def words_of(text: str) -> str:
    return " ".join(text.replace("\n", " ").split(" "))


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_and_keeps_to_the_policy(ask: Direct, address: str) -> None:
    answer = ask(address)
    assert answer.status == 200
    assert "style" not in {name for element in elements(answer.text) for name in element.attributes}
    assert not [element for element in found(answer.text, "script") if not element.get("src")]


def test_every_link_of_the_catalogue_opens(ask: Direct) -> None:
    html = ask("/networks").text
    addresses = {element.get("href") for element in found(html, "a") if element.get("href").startswith("/networks")}
    assert {f"/networks/{name}" for name in catalogue()} <= addresses
    for address in addresses:
        assert ask(address).status == 200, address


@pytest.mark.slow
@pytest.mark.parametrize("name", catalogue())
def test_every_section_of_a_network_opens_with_its_formulas(ask: Direct, name: str) -> None:
    html = ask(f"/networks/{name}").text
    links = [element.get("href") for element in elements(html) if "?part=" in element.get("href")]
    assert len(set(links)) == len(sections(catalogue()[name]))
    for link in set(links):
        assert ask(link).status == 200, link


def test_a_layer_shows_how_its_size_and_its_parameters_come_about(ask: Direct) -> None:
    formulas = [words_of(element.text) for element in found(ask("/networks/alexnet?part=conv1").text, "math")]
    assert formulas[0] == "⌊227−114⌋+1=55"
    assert formulas[1] == "96·3·11·11+96=34\u202f944"
    assert formulas[3] == "290\u202f400·363=105\u202f415\u202f200"


def test_where_most_weights_and_most_work_are_is_said(ask: Direct) -> None:
    html = ask("/networks/vgg16").text
    (headline,) = [element.text for element in found(html, "p", **{"class": "headline"})]
    assert "fully connected layers hold 89\u202f%" in headline
    assert "Most parameters: fc6." in headline


@pytest.mark.parametrize("name", catalogue())
def test_every_part_that_ties_for_the_most_work_is_named(ask: Direct, name: str) -> None:
    parts = sections(catalogue()[name])
    most = max(part.totals.multiplications for part in parts)
    tied = [part.name for part in parts if part.totals.multiplications == most]
    said = re.findall(r"Most work: (?:a tie of (\d+): )?(.*?)\.", ask(f"/networks/{name}").text)
    if len(parts) == 1:
        assert said == []
        return
    ((count, names),) = said
    assert int(count or 1) == len(tied)
    assert re.split(", | and ", re.sub(r" \(\d+ times\)", "", names)) == list(dict.fromkeys(tied))


def test_a_tie_is_said_where_networks_are_compared_too(ask: Direct) -> None:
    html = ask("/networks/compare?a=resnet34&b=residual-block").text
    assert "Most parameters: a tie of 2: conv5_2 and conv5_3. Most work: a tie of 13: conv2_1, conv2_2, " in html
    assert "Most work: a tie of 2: path 1: 3×3 (2 times)." in html


def test_no_part_has_the_most_work_where_none_does_any(ask: Direct) -> None:
    html = ask("/networks/own?layers=relu;maxpool(2);maxpool(2)&input=1x8x8").text
    assert "max pool 2×2" in html
    assert "Most " not in html


def test_the_misprint_of_the_lecture_is_named(ask: Direct) -> None:
    html = ask("/networks/inception-bottlenecks").text
    assert "271.35 million" in html
    assert "counted twice" in html


def test_two_networks_are_compared_by_how_many_times_as_much(ask: Direct) -> None:
    html = ask("/networks/compare?a=naive-inception&b=inception-bottlenecks").text
    assert "Naive inception does 3.1 times as many multiplications as Inception with bottlenecks." in html
    assert "854\u202f196\u202f224" in html
    assert "271\u202f351\u202f808" in html


def test_equal_networks_are_called_equal(ask: Direct) -> None:
    assert "Both hold the same number of parameters." in ask("/networks/compare?a=vgg16&b=vgg16").text


def test_the_list_for_programs_has_every_network_with_its_totals(ask: Direct) -> None:
    listed = {entry["name"]: entry for entry in ask("/networks.json").json()["networks"]}
    assert list(listed) == list(catalogue())
    assert listed["resnet50"]["parameters"] == 25_557_032
    assert listed["lenet5"]["input"] == [1, 32, 32]


@pytest.mark.parametrize("name", catalogue())
def test_the_layers_for_programs_add_up_to_the_totals(ask: Direct, name: str) -> None:
    document = ask(f"/networks/{name}.json").json()
    for sum in ("parameters", "multiplications", "units", "connections", "weights", "activation_bytes"):
        assert sum in document["totals"]
        total = 0
        for layer in document["layers"]:
            total += layer[sum]
        assert total == document["totals"][sum]
    for sum in ("parameters", "multiplications", "units"):
        assert document[sum] == document["totals"][sum]


def test_vgg16s_last_pool_sees_212_cells(ask: Direct) -> None:
    layers = ask("/networks/vgg16.json").json()["layers"]
    (pool5,) = [layer for layer in layers if layer["part"] == "pool5"]
    assert pool5["receptive_field"] == [212, 212]
    assert pool5["effective_stride"] == [32, 32]
    assert pool5["output_shape"] == [512, 7, 7]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/networks/vgg16?part=conv9", "VGG-16 has no part “conv9”. Its parts are conv1_1, "),
        ("/networks/vgg16?layer=conv1", "“layer” is not a parameter here; there are part, unfold."),
        ("/networks/compare?a=vgg17", "There is no network “vgg17”. Did you mean “vgg16”?"),
        ("/networks?x=1", "“x” is not a parameter here; this page has none."),
        ("/networks/flatten-linear?x=zeros:2x2x2", "w has kernels of 2×3×3, but x is 2×2×2."),
    ],
)
def test_what_is_not_there_is_refused_with_a_sentence(ask: Direct, address: str, sentence: str) -> None:
    answer = ask(address)
    assert answer.status == 422
    assert sentence in answer.text


@pytest.mark.parametrize("address", ["/networks/vgg17", "/networks/vgg17.json"])
def test_a_network_that_nothing_has_is_no_page(ask: Direct, address: str) -> None:
    assert ask(address).status == 404


def test_a_linear_layer_behind_a_flatten_is_a_scene_on_the_stage(ask: Direct) -> None:
    scenes = [e.get("href") for e in found(ask("/networks/flatten-linear").text, "a")]
    scenes = [scene for scene in scenes if scene.startswith("/conv2d?")]
    assert len(scenes) == 2
    for scene in scenes:
        assert ask(scene.replace("/conv2d?", "/conv2d.json?")).status == 200, scene


def test_a_linear_layer_and_its_convolution_show_the_same_sums(ask: Direct) -> None:
    html = ask("/networks/flatten-linear").text
    sums = [element.text for element in found(html, "b", **{"class": "sum output"})]
    assert sums[0::2] == sums[1::2] == ["52", "18", "17"]
    assert "10 · 16 · 16 · 120 + 120 = 307\u202f320" in html


@pytest.mark.parametrize(
    ("query", "numbers", "rows"),
    [
        ("", 18, 6),
        ("x=ramp:14x14&w=random:2x1x14x14:7", 196, 14),
        ("x=random:10x16x16:4&w=random:1x10x16x16:7", 2560, 160),
    ],
)
def test_the_maps_of_the_lectures_unroll_row_by_row_into_one_line(
    ask: Direct, query: str, numbers: int, rows: int
) -> None:
    document = ask(f"/networks/flatten-linear.json?{query}").json()
    assert document["flat"]["shape"] == [numbers]
    assert document["flat"]["values"] == document["board"]["planes"]["f"]["values"]
    np.testing.assert_allclose(document["linear"]["values"], document["convolution"]["values"], rtol=1e-9)
    moments = document["board"]["moments"]
    assert len(moments) == rows
    assert [cell for moment in moments for cell in moment["lit"]["f"]] == list(range(numbers))
    assert ask(f"/networks/flatten-linear?{query}").status == 200


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0"),
        (9_999, "9\u202f999"),
        (61_706, "61.7\u202fk"),
        (999_600, "1.00\u202fM"),
        (138_357_544, "138\u202fM"),
    ],
)
def test_large_counts_are_said_in_three_digits(count: int, said: str) -> None:
    assert compact(count) == said


def test_shares_are_not_said_more_exactly_than_they_are() -> None:
    assert percent(0, 5) == "0"
    assert percent(1, 1000) == "<\u202f1\u202f%"
    assert percent(999, 1000) == ">\u202f99\u202f%"
    assert percent(5, 5) == "100\u202f%"
    assert in_bytes(4096) == "4.10\u202fkB"


def test_the_network_that_runs_is_linked_from_all_networks(ask: Direct) -> None:
    content = ask("/networks").text.partition("<main")[2].partition("</main>")[0]
    assert "/networks/lenet5/live" in {each.get("href") for each in elements(content)}


def test_two_networks_are_drawn_on_one_scale_the_larger_ones(ask: Direct) -> None:
    """LeNet's tallest bar is as much shorter than AlexNet's as its weights are fewer."""
    html = ask("/networks/compare?a=lenet5&b=alexnet").text
    frames = [
        e.get("viewbox").split()[2:]
        for e in found(html, "svg")
        if "skyline" in e.get("class") and "lines" not in e.get("class").split()
    ]
    assert len(frames) == 2
    assert frames[0] == frames[1]
    alone = [columns(catalogue()[name])[0] for name in ("lenet5", "alexnet")]
    scale = scale_of(catalogue()["lenet5"], catalogue()["alexnet"])
    both = [columns(catalogue()[name], scale)[0] for name in ("lenet5", "alexnet")]
    assert [max(column.weights for column in placed) for placed in alone] == [1, 1]
    lenet, alexnet = (max(column.weights for column in placed) for placed in both)
    assert alexnet == 1
    assert lenet < 0.01


def test_networks_with_equal_sums_are_said_to_be_equal(ask: Direct) -> None:
    assert "equal" in ask("/networks/compare?a=vgg16&b=vgg16").text
    assert "1.0 times" not in ask("/networks/compare?a=alexnet&b=alexnet-torchvision").text


@pytest.mark.parametrize("name", catalogue())
def test_on_a_narrow_screen_every_column_stands_in_one_of_several_lines(name: str) -> None:
    placed, wired = columns(catalogue()[name])
    lines = broken(placed, wired)
    assert [column.key for line in lines for column in line.columns] == [column.key for column in placed]
    assert all(extent(line).width <= 1.07 * NARROW for line in lines)
    across = [arc for line in lines for arc in line.arcs]
    assert sum(arc.starts for arc in across) == sum(arc.stops for arc in across) == len(whole(placed, wired).arcs)


def test_a_u_is_broken_where_it_is_lowest_and_its_lines_go_on_at_their_height() -> None:
    down, up = broken(*columns(catalogue()["unet"]))
    assert down.columns[-1].name == "bottom"
    assert [arc.start.key for arc in down.arcs] == [arc.start.key for arc in up.arcs]
    assert not any(arc.stops for arc in down.arcs)
    assert not any(arc.starts for arc in up.arcs)
