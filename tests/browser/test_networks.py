"""Whole networks in the browser: open one, look into a part, compare two, bring one's own."""

import re
from pathlib import Path

import pytest
from onnx import TensorProto, helper
from playwright.sync_api import Browser, Page, expect

from tests.browser.stage import is_no_wider
from tests.browser.test_accessibility import violations
from tests.browser.waiting import becomes

LENET_FILE = Path(__file__).parents[1] / "app" / "onnx" / "lenet5.onnx"
PRINTED = LENET_FILE.parents[1] / "printed" / "densenet121.txt"
PASTED = LENET_FILE.parents[1] / "pasted" / "blitz_net.txt"
RESNET_FILE = LENET_FILE.with_name("resnet18.onnx")
PAGES = {
    "the catalogue": "/networks",
    "one network": "/networks/vgg16?part=conv1_2",
    "a network of blocks": "/networks/googlenet?part=3a",
    "a block": "/networks/inception-bottlenecks",
    "two compared": "/networks/compare?a=alexnet&b=alexnet-one-tower",
    "one's own": "/networks/own",
    "one's own, read in part": "/networks/own?layers=conv(3,4);flatten;linear(5)&input=3x8x8&passed=GELU,PReLU",
    "one's own, refused": "/networks/own?layers=conv(3",
    "two convolutions": "/networks/two-convolutions",
    "flatten and linear": "/networks/flatten-linear",
}
CODE = "nn.Sequential(nn.Conv2d(1, 6, 5), nn.ReLU(), nn.GELU(), nn.Flatten(), nn.Linear(6 * 24 * 24, 10))"
phone = pytest.mark.browser_context_args(
    viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True, is_mobile=True
)


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing_on(page: Page, complaints: list[str], address: str) -> None:
    page.goto(address)
    assert violations(page) == ""
    complaints[:] = [complaint for complaint in complaints if "status of 4" not in complaint]


@phone
@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_on_a_phone_nothing_overflows_to_the_side(page: Page, complaints: list[str], address: str) -> None:
    page.goto(address)
    is_no_wider(page, 390)
    complaints[:] = [complaint for complaint in complaints if "status of 4" not in complaint]


SEEN_WHOLE = """() => [...document.querySelectorAll(".skyline-card")].map((card) => {
  const shown = [...card.querySelectorAll(".skyline")].find((each) => each.getClientRects().length)
  const used = [...shown.querySelectorAll("use")].map((each) => document.querySelector(each.getAttribute("href")))
  const own = [...shown.querySelectorAll("text")].map((each) => parseFloat(getComputedStyle(each).fontSize))
  const inherited = parseFloat(getComputedStyle(shown).getPropertyValue("--letters"))
  const scale = shown.getBoundingClientRect().width / shown.viewBox.baseVal.width
  const others = used.flatMap((each) => [...each.querySelectorAll("text:not(.letters, .sign)")])
  const letters = used.flatMap((each) => [...each.querySelectorAll(".letters")])
  const least = scale * Math.min(...own, inherited)
  return { slack: card.scrollWidth - card.clientWidth, least, others: others.length, letters: letters.length }
})"""


@phone
@pytest.mark.parametrize("address", ["/networks/unet", "/networks/densenet121"])
def test_on_a_phone_a_long_skyline_stands_in_lines_that_can_be_read(page: Page, address: str) -> None:
    page.goto(address)
    for card in page.evaluate(SEEN_WHOLE):
        assert card["slack"] <= 0
        assert card["letters"] > 15
        assert card["others"] == 0
        assert card["least"] >= 8
    link = page.locator(".skyline").get_by_role("link").last
    link.click()
    expect(page).to_have_url(re.compile("part="))


def test_the_catalogue_leads_to_a_network_and_its_parts_open(page: Page) -> None:
    page.goto("/networks")
    page.locator("#vgg16").click()
    expect(page).to_have_url("/networks/vgg16")
    expect(page.get_by_role("heading", level=1)).to_contain_text("VGG-16")
    expect(page.locator(".totals")).to_contain_text("138\u202f357\u202f544")
    page.locator(".skyline").get_by_role("link", name=re.compile("^fc6")).click()
    expect(page).to_have_url("/networks/vgg16?part=fc6")
    expect(page.locator("#part-title")).to_have_text("fc6")
    expect(page.locator("#part")).to_contain_text("102\u202f764\u202f544")
    page.get_by_role("row", name=re.compile("^conv1_1")).get_by_role("link").click()
    expect(page.locator("#part-title")).to_have_text("conv1_1")
    page.go_back()
    expect(page.locator("#part-title")).to_have_text("fc6")


def test_a_part_opens_in_place_so_that_the_page_does_not_jump(page: Page) -> None:
    page.goto("/networks/vgg16")
    page.evaluate("document.querySelector('h1').dataset.mark = 'kept'")
    page.locator(".skyline").get_by_role("link", name=re.compile("^pool3")).click()
    expect(page.locator("#part-title")).to_have_text("pool3")
    expect(page.locator("h1[data-mark=kept]")).to_have_count(1)


def test_a_part_that_is_pointed_at_in_the_picture_is_marked_in_the_table(page: Page) -> None:
    page.goto("/networks/vgg16")
    page.locator(".skyline").get_by_role("link", name=re.compile("^pool3")).hover()
    expect(page.locator(".parts a.pointed")).to_contain_text("pool3")


def test_parts_are_reached_with_the_keyboard(page: Page) -> None:
    page.goto("/networks/lenet5")
    page.locator(".skyline").get_by_role("link", name=re.compile("^S2")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#part-title")).to_have_text("S2")


def test_two_networks_are_compared(page: Page) -> None:
    page.goto("/networks/vgg16")
    page.get_by_role("link", name="Compare with ResNet-50").click()
    expect(page).to_have_url("/networks/compare?a=vgg16&b=resnet50")
    expect(page.get_by_text("VGG-16 holds 5.4 times as many parameters as ResNet-50.")).to_be_visible()
    page.get_by_label("The other").select_option("ResNet-18")
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url("/networks/compare?a=vgg16&b=resnet18")
    expect(page.locator(".skyline:visible")).to_have_count(2)


def paste(page: Page, layers: str, size: str) -> None:
    """One's own network, shown on an input of this size."""
    page.goto("/networks/own")
    page.get_by_label("Layers").fill(layers)
    page.get_by_label("Input").fill(size)
    page.get_by_role("button", name="Show this network").click()


def test_pasted_code_becomes_a_network_with_a_link(page: Page) -> None:
    paste(page, CODE, "1x28x28")
    expect(page).to_have_url("/networks/own?layers=conv(5,6);relu;gelu;flatten;linear(10)&input=28x28")
    expect(page.locator(".totals")).to_contain_text("34\u202f726")


def test_an_uploaded_file_becomes_a_network(page: Page) -> None:
    page.goto("/networks/own")
    page.get_by_label("or an .onnx file").set_input_files(LENET_FILE)
    page.get_by_role("button", name="Show this network").click()
    expect(page.locator(".totals")).to_contain_text("61\u202f706")


def test_a_file_is_shown_on_its_own_input(page: Page) -> None:
    page.goto("/networks/own")
    expect(page.get_by_label("Input")).to_have_value("3x32x32")
    page.get_by_label("or an .onnx file").set_input_files(RESNET_FILE)
    expect(page.get_by_label("Input")).to_have_value("")
    page.get_by_role("button", name="Show this network").click()
    expect(page.locator(".totals")).to_contain_text("1\u202f814\u202f073\u202f344")
    expect(page.get_by_label("Input")).to_have_value("3x224x224")


def test_a_file_is_shown_on_its_own_input_without_scripts_too(browser: Browser, base_url: str) -> None:
    page = browser.new_context(java_script_enabled=False, base_url=base_url).new_page()
    page.goto("/networks/own")
    page.get_by_label("or an .onnx file").set_input_files(RESNET_FILE)
    page.get_by_role("button", name="Show this network").click()
    expect(page.locator(".totals")).to_contain_text("1\u202f814\u202f073\u202f344")
    page.context.close()


def test_a_file_is_shown_on_the_input_that_the_reader_writes(page: Page) -> None:
    page.goto("/networks/own")
    page.get_by_label("or an .onnx file").set_input_files(RESNET_FILE)
    page.get_by_label("Input").fill("3x32x32")
    page.get_by_role("button", name="Show this network").click()
    expect(page).to_have_url(re.compile("&input=3x32x32$"))
    expect(page.locator(".totals")).to_contain_text("37\u202f523\u202f456")


def test_without_the_file_the_input_of_the_page_is_back(page: Page) -> None:
    page.goto("/networks/own")
    chooser = page.get_by_label("or an .onnx file")
    for _ in range(2):
        chooser.set_input_files(RESNET_FILE)
        expect(page.get_by_label("Input")).to_have_value("")
        chooser.set_input_files([])
        expect(page.get_by_label("Input")).to_have_value("3x32x32")


def test_a_network_with_an_unknown_layer_shows_no_sum_and_what_stands_before_it(page: Page) -> None:
    page.goto("/networks/own")
    page.get_by_label("Layers").fill("a=conv(3,4); Mystery(2); flatten; linear(5)")
    page.get_by_role("button", name="Show this network").click()
    expect(page.locator("[data-unknown]")).to_contain_text("Not known here: Mystery.")
    expect(page.locator(".totals")).to_have_count(0)
    expect(page.locator(".skyline").get_by_role("link")).to_have_count(1)
    expect(page.locator("#part-title")).to_have_text("a")


def test_the_weights_of_a_file_stay_where_they_are(page: Page, tmp_path: Path) -> None:
    weights = helper.make_tensor("w", TensorProto.FLOAT, (2048, 512, 3, 3), bytes(4 * 2048 * 512 * 9), raw=True)
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, (1, 512, 8, 8))
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    conv = helper.make_node("Conv", ["x", "w"], ["y"])
    file = tmp_path / "large.onnx"
    file.write_bytes(helper.make_model(helper.make_graph([conv], "g", [x], [y], [weights])).SerializeToString())
    assert file.stat().st_size > 37_000_000
    page.goto("/networks/own")
    page.get_by_label("or an .onnx file").set_input_files(file)
    page.get_by_role("button", name="Show this network").click()
    expect(page).to_have_url("/networks/own?layers=conv(3,2048,bias=false)&input=512x8x8")
    expect(page.locator(".totals")).to_contain_text("9\u202f437\u202f184")


@pytest.mark.usefixtures("refusals")
def test_a_network_that_no_address_holds_is_sent_again_when_the_server_has_forgotten_it(page: Page) -> None:
    paste(page, PRINTED.read_text(encoding="utf-8"), "3x64x64")
    expect(page.locator(".totals")).to_contain_text("7\u202f978\u202f856")
    expect(page.get_by_role("link", name="Link to this network")).to_have_attribute("href", re.compile("graph="))
    becomes(lambda: page.evaluate("sessionStorage.length"), 1)
    forgotten = "0" * 24
    page.evaluate(
        """hash => {
          const [kept] = document.querySelectorAll("[data-kept]")
          sessionStorage.setItem(`network ${hash}`, sessionStorage.getItem(`network ${kept.dataset.kept}`))
        }""",
        forgotten,
    )
    page.goto(f"/networks/own?graph={forgotten}")
    expect(page.locator(".totals")).to_contain_text("7\u202f978\u202f856")
    expect(page.get_by_label("Input")).to_have_value("3x64x64")


@pytest.mark.usefixtures("refusals")
def test_a_layer_that_is_asked_of_a_server_without_its_network_is_opened_all_the_same(page: Page) -> None:
    paste(page, PRINTED.read_text(encoding="utf-8"), "3x64x64")
    expect(page).to_have_url(re.compile(r"/networks/own\?graph=\w{24}$"))
    page.wait_for_load_state()  # its rows are brought in place from then on
    row = page.locator(".parts a").nth(1)
    address = row.get_attribute("href")
    assert address is not None
    # Another copy answers once, which has kept nothing.
    elsewhere = re.sub(r"graph=\w{24}", f"graph={'0' * 24}", page.url.split("/networks")[0] + address)
    page.route("**/networks/own?graph=*part=*", lambda route: route.continue_(url=elsewhere), times=1)
    row.click()
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))
    expect(page.locator("#network .parts a[aria-current]")).to_have_attribute("href", address)


def test_a_class_is_pasted_and_compared(page: Page) -> None:
    paste(page, PASTED.read_text(encoding="utf-8"), "3,32,32")
    expect(page.locator(".totals")).to_contain_text("62\u202f006")
    expect(page.locator(".skyline").get_by_role("link", name=re.compile("^conv2"))).to_be_visible()
    page.get_by_role("link", name="Compare with ResNet-18").click()
    expect(page.locator(".skyline:visible")).to_have_count(2)
    page.get_by_label("The other").select_option("VGG-16")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your own network and VGG-16")


@pytest.mark.usefixtures("refusals")
def test_what_is_wrong_stands_beside_what_was_written(page: Page) -> None:
    page.goto("/networks/own")
    page.get_by_label("Layers").fill("conv(3,8);linear(10)")
    page.get_by_role("button", name="Show this network").click()
    expect(page.get_by_role("alert")).to_contain_text("linear (layer 2) needs a list of numbers")
    expect(page.get_by_label("Layers")).to_have_value("conv(3,8);linear(10)")


def test_without_scripts_every_part_is_a_link(browser: Browser, base_url: str) -> None:
    page = browser.new_context(java_script_enabled=False, base_url=base_url).new_page()
    page.goto("/networks/alexnet")
    page.get_by_role("row", name=re.compile("^conv2")).get_by_role("link").click()
    expect(page).to_have_url("/networks/alexnet?part=conv2")
    expect(page.locator("#part-title")).to_have_text("conv2")
    page.context.close()
