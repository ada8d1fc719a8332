"""The file that plays without a server: complete in itself, under a policy of its own, and silent on what it asks."""

import re
import subprocess

import pytest
from starlette.testclient import TestClient

from app.operations import OPERATIONS
from app.pages.exports.bundle import bundle
from app.pages.exports.offline import digest
from tests import machine

VIEWS = sorted({view for operation in OPERATIONS.values() for view in operation.views} - {"gather"})


@pytest.fixture(scope="module")
def file(client: TestClient) -> str:
    answer = client.get("/conv2d.html?stride=2")
    assert answer.headers["content-disposition"] == 'attachment; filename="conv2d-stride-2.html"'
    return answer.text


def test_its_policy_names_its_own_script_and_style_and_nothing_else(client: TestClient, file: str) -> None:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', file)
    (style,) = re.findall(r"<style>(.*?)</style>", file, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", file, re.DOTALL)
    policy = policy.replace("&#39;", "'")
    assert f"script-src '{digest(script)}'" in policy
    assert f"style-src '{digest(style)}'" in policy
    assert "default-src 'none'" in policy
    assert "self" not in policy
    assert client.get("/conv2d.html?stride=2").headers.get_list("content-security-policy") == [policy]


def test_it_loads_nothing_and_links_to_nothing(file: str) -> None:
    without_script = re.sub(r"<script.*?</script>", "", file, flags=re.DOTALL)
    assert "<link" not in without_script
    assert not re.findall(r'(?:src|href)="(?!data:|/conv2d\.events)[^"]*"', without_script)
    assert all(place.startswith('"data:') for place in re.findall(r"url\(([^)]*)", without_script))


def test_it_says_no_result_that_it_asks_for(client: TestClient) -> None:
    query = "x=1,2,3;4,5,6;7,8,9&w=100,200;300,400"
    assert "3700" in client.get(f"/conv2d.html?{query}").text
    asked = client.get(f"/conv2d.html?{query}&predict=true").text
    for number in ("3700", "4700", "6700", "7700"):
        assert number not in re.sub(r'id="steps">.*?</script>', "", asked)


@pytest.mark.skipif(machine.NODE is None, reason=machine.NO_NODE)
@pytest.mark.parametrize(
    "name", sorted({view for operation in OPERATIONS.values() for view in operation.views} - {"gather"})
)
def test_the_modules_of_every_view_become_one_script(name: str) -> None:
    script = bundle(f"views/{name}.js", "stage.js")
    assert not re.findall(r"^(import|export)\b", script, re.MULTILINE)
    said = subprocess.run([machine.NODE or "node", "--check", "-"], input=script, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize("name", VIEWS)
def test_a_module_that_is_asked_for_later_takes_its_numbers_from_one_that_has_run(name: str) -> None:
    """Of a module that has not run, what is imported is called; a constant cannot be."""
    waiting = re.findall(r"const (\w+) = \(\.\.\.given\) =>", bundle("offline.js", f"views/{name}.js", "stage.js"))
    assert not [constant for constant in waiting if constant.isupper()]


def test_a_scene_of_too_many_steps_is_refused(client: TestClient) -> None:
    answer = client.get("/conv2d.html?x=random:128x128&w=random:64x1x3x3")
    assert answer.status_code == 422
    assert "would hold" in answer.json()["detail"][0]["msg"]
