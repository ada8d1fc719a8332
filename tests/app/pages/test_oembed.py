"""/oembed against its specification (oembed.com), and canonical addresses."""

from urllib.parse import quote

import pytest

from app.main import create_app
from app.settings import Settings
from tests.app.direct import Direct
from tests.app.markup import elements

HOST = "http://testserver"


def asked(ask: Direct, url: str, **more: str) -> tuple[int, dict[str, object]]:
    answer = ask("/oembed?url=" + quote(url, safe="") + "".join(f"&{name}={value}" for name, value in more.items()))
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["cache-control"] == "no-store"
    return answer.status, answer.json()


@pytest.mark.parametrize(
    "path", ["/conv2d?stride=2&x=1,2,3;4,5,6;7,8,9", "/learn", "/networks/vgg16", "/compare?a=%2Fconv2d&b=%2Fconv1d"]
)
def test_a_page_is_answered_as_the_specification_says(path: str, ask: Direct) -> None:
    for url in (HOST + path, path, f"{HOST}/embed{path}", f"{HOST}/present{path}"):
        status, found = asked(ask, url, format="json")
        assert status == 200
        assert (found["type"], found["version"]) == ("rich", "1.0")
        assert isinstance(found["width"], int)
        assert isinstance(found["height"], int)
        (frame,) = elements(str(found["html"]))
        assert frame.tag == "iframe"
        assert frame.get("src") == f"{HOST}/embed{path}"
        assert (frame.get("width"), frame.get("height")) == (str(found["width"]), str(found["height"]))
        assert frame.get("title") == found["title"]
        assert "loading" not in frame.attributes
        assert found["provider_name"] == "ConvScope"


def test_what_is_asked_for_at_most_is_kept_to(ask: Direct) -> None:
    found = asked(ask, f"{HOST}/conv2d", maxwidth="640", maxheight="300")[1]
    assert (found["width"], found["height"]) == (640, 300)
    assert asked(ask, f"{HOST}/conv2d", maxwidth="60")[1]["width"] == 60
    assert asked(ask, f"{HOST}/conv2d", maxwidth="wide")[0] == 200


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/conv2d",
        f"{HOST}:99/conv2d",
        f"https{HOST[4:]}/conv2d",
        f"{HOST}/lectures",
        f"{HOST}/nothing",
        f"{HOST}/conv2d?stride=0",
        f"{HOST}/learn?x=nothing",
        "conv2d",
        "//elsewhere.example/conv2d",
    ],
)
def test_what_is_no_page_of_ours_is_not_found(url: str, ask: Direct) -> None:
    assert asked(ask, url)[0] == 404


def test_other_formats_are_not_implemented_and_an_address_is_needed(ask: Direct) -> None:
    assert asked(ask, f"{HOST}/conv2d", format="xml")[0] == 501
    assert asked(ask, "")[0] == 422


def link(html: str, rel: str, kind: str = "") -> str:
    (found,) = [e for e in elements(html) if e.tag == "link" and e.get("rel") == rel and e.get("type") == kind]
    return found.get("href")


PAGES = [
    *("/", "/conv2d", "/lectures", "/compare", "/learn", "/there-and-back", "/receptive-field"),
    *("/networks", "/networks/vgg16", "/networks/compare", "/networks/own", "/networks/lenet5/live"),
    *("/networks/two-convolutions", "/networks/flatten-linear"),
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_names_its_canonical_address_and_leads_to_its_description(path: str, ask: Direct) -> None:
    address = link(ask(path).text, "canonical")
    assert address.startswith("/")
    assert ask(address).status == 200
    if path not in ("/", "/lectures", "/networks"):
        described = link(ask(path).text, "alternate", "application/json+oembed")
        assert ask(described).json()["type"] == "rich"


def test_a_public_address_makes_canonical_ones_absolute_whatever_host_is_asked() -> None:
    public = Direct(create_app(Settings(public_url="https://convscope.example/")))
    for host in ("evil.example", "convscope.example"):
        html = public("/conv2d?stride=2", headers={"host": host}).text
        assert link(html, "canonical") == "https://convscope.example/conv2d?stride=2"
        assert "evil" not in html
        assert link(html, "alternate", "application/json+oembed") == (
            "https://convscope.example/oembed?url=https%3A//convscope.example/conv2d%3Fstride%3D2&format=json"
        )
    found = public("/oembed?url=https%3A//convscope.example/conv2d&format=json", headers={"host": "evil.example"})
    assert 'src="https://convscope.example/embed/conv2d"' in found.json()["html"]
    assert public("/oembed?url=http%3A//evil.example/conv2d", headers={"host": "evil.example"}).status == 404


@pytest.mark.parametrize("url", ["convscope.example", "ftp://convscope.example", "https://", "https://a.example/?x=1"])
def test_a_public_address_that_is_none_stops_the_program(url: str) -> None:
    with pytest.raises(ValueError, match="such as https"):
        Settings(public_url=url)
