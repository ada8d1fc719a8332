"""Two copies behind the nginx that we ship, and what neither of them knows any more: the page sends it again."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import machine
from tests.browser.test_kernels_on_pictures import Bench, choose, drawn
from tests.browser.test_networks import PRINTED, paste
from tests.browser.waiting import becomes
from tests.cluster import Cluster
from tests.cluster import cluster as started
from tests.conftest import listen

pytestmark = machine.needs("nginx")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with started(tmp_path_factory.mktemp("nginx")) as made:
        yield made


@pytest.fixture
def page(browser: Browser, cluster: Cluster, complaints: list[str]) -> Iterator[Page]:
    with browser.new_context(base_url=cluster.url, reduced_motion="reduce") as context:
        page = context.new_page()
        listen(page, cluster.url, complaints)
        yield page
    # Chromium logs every answer that refuses, and here that is no complaint.
    complaints[:] = [complaint for complaint in complaints if "status of" not in complaint]


def restart(cluster: Cluster) -> None:
    """One copy after the other: what they kept is gone."""
    for copy in cluster.copies:
        copy.stop()
        copy.start()


def test_a_picture_is_worked_on_by_copies_that_were_not_sent_it(page: Page, cluster: Cluster) -> None:
    unknown: list[str] = []
    page.on("response", lambda answer: unknown.append(answer.url) if answer.status == 404 else None)
    bench = Bench(page).open("/pictures?picture=cat:96x96&w=sobel-x&show=grey")
    choose(page, drawn(40, 60))
    becomes(lambda: bench.fields.get("picture", "").partition(":")[0], "upload")
    becomes(lambda: bench.fields.get("at"), "39,59")
    restart(cluster)
    for name, w in (("blur", "gaussian"), ("sharpen", "sharpen")):
        page.get_by_role("link", name=name, exact=True).click()
        becomes(lambda: bench.fields.get("w", "").partition(":")[0], w)
        becomes(lambda: bench.shade(20, 50), [200, 200, 200])
    assert unknown
    page.reload()
    becomes(lambda: bench.shade(20, 50), [200, 200, 200])


def test_the_layers_of_a_network_are_opened_at_copies_that_do_not_have_it(page: Page, cluster: Cluster) -> None:
    paste(page, PRINTED.read_text(encoding="utf-8"), "3x64x64")
    expect(page).to_have_url(re.compile(r"graph=\w{24}$"))
    restart(cluster)
    row = page.locator("#network .parts a").nth(1)
    address = row.get_attribute("href")
    assert address is not None
    row.click()
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))
    expect(page.locator("#network .parts a[aria-current]")).to_have_attribute("href", address)
    expect(page.locator(".totals")).to_contain_text("7\u202f978\u202f856")
