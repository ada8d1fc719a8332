"""By lecture: every slide of the five decks that can be shown leads to where it is."""

from collections import Counter

import pytest

from app.pages.front.lectures import Lecture, lectures
from app.pages.gallery import worked_scenes
from tests.app.direct import Direct
from tests.app.markup import elements

DECKS = ["ssy097-5", "ssy097-6", "csc421-4", "cnn", "dl2"]


def test_the_five_decks_come_in_their_order_and_then_what_they_leave_out() -> None:
    assert [lecture.id for lecture in lectures()] == [*DECKS, "beyond"]


@pytest.mark.slow
@pytest.mark.parametrize("lecture", lectures(), ids=lambda lecture: lecture.id)
def test_every_slide_of_a_lecture_opens(lecture: Lecture, ask: Direct) -> None:
    refused = [slide.title for slide in lecture.slides if ask(slide.link.address).status != 200]
    assert not refused


def test_every_worked_scene_has_its_place_where_its_old_address_in_the_gallery_leads(ask: Direct) -> None:
    anchors = [element.get("id") for element in elements(ask("/lectures").text) if element.tag == "a"]
    assert Counter(filter(None, anchors)) == Counter(list(worked_scenes()))


def test_no_slide_stands_twice_in_its_lecture() -> None:
    for lecture in lectures():
        assert len({slide.title for slide in lecture.slides}) == len(lecture.slides)


LINES = (
    ("csc421-4", "120 million weights for 200×200 RGB", "/networks/own?layers=flatten;linear(1000)&input=3x200x200"),
    ("ssy097-5", "fully connected layers", "/conv1d?view=connections&connections=full"),
    ("csc421-4", "locally connected", "/conv1d?view=connections&connections=local"),
    ("cnn", "sparse, shared", "/conv1d?view=connections"),
    ("dl2", "local receptive field", "/receptive-field"),
    ("cnn", "an MLP loses a digit that moves", "/networks/lenet5/live?x=digit:1&shift=0,2"),
    ("csc421-4", "a map moves along", "/conv2d?view=shift"),
    ("csc421-4", "pooling forgives small moves", "/max_pool2d?x=impulse:9x6&kernel_size=3&view=shift"),
    ("csc421-4", "units, weights, connections", "/networks/lenet5"),
    ("csc421-4", "without a bias", "/networks/own?layers=conv(5,6,bias=false)&input=1x32x32"),
    ("csc421-4", "two convolutions are one, a ReLU ends it", "/networks/two-convolutions"),
    ("ssy097-5", "flatten and connect", "/networks/flatten-linear"),
    ("ssy097-6", "the 10×16×16", "/networks/flatten-linear?x=random:10x16x16:4&w=random:3x10x16x16:7"),
    ("csc421-4", "a ∗ b in one dimension", "/conv1d?x=1,2,3,4&flip=true&padding=full"),
    ("csc421-4", "commutative", "/laws"),
    ("csc421-4", "linear", "/laws?law=linear"),
    ("csc421-4", "flip and filter", "/conv2d?view=flip"),
    ("dl2", "σ(b + ΣΣ w a)", "/conv2d?activation=sigmoid&b=-2"),
    ("ssy097-5", "max{I ⋆ w, 0}", "/conv2d?activation=relu"),
    ("csc421-4", "what a kernel does", "/pictures?picture=cat&w=edge~~strong-edge"),
    ("cnn", "z = b + Σ w x", "/conv2d?b=1"),
    ("cnn", "3@64×64 to 5@64×64", "/conv2d?x=random:3x64x64:1&w=random:5x3x3x3:2&padding=1"),
    ("cnn", "32×32×3 under 5×5×3", "/conv2d?x=random:3x32x32:1&w=random:6x3x5x5:2"),
    ("cnn", "stride 3 does not fit", "/conv2d?stride=3"),
    ("cnn", "P = (F − 1)/2", "/conv2d?padding=same"),
    ("cnn", "read 1, 3, 9 times", "/conv2d?x=ones:6x6&w=ones:3x3&reads=true"),
    ("cnn", "read 4, 6, 9 times", "/conv2d?x=ones:6x6&w=ones:3x3&padding=1&reads=true"),
    ("ssy097-6", "dilation", "/conv2d?dilation=3"),
    (
        "ssy097-6",
        "zeros inserted",
        "/conv_transpose2d?x=4,2,4;6,4,6;2,12,2&w=bilinear:3&stride=2&padding=1&view=zero-insertion",
    ),
    ("ssy097-6", "vec(J) = F vec(I)", "/conv2d?x=ramp:4x4&view=matrix"),
    ("csc421-4", "max pooling", "/max_pool2d"),
    ("dl2", "average pooling", "/avg_pool2d"),
    ("cnn", "global average pooling", "/adaptive_avg_pool2d?output_size=1"),
    ("cnn", "pooling loses position", "/max_unpool2d"),
    ("cnn", "three 3×3 see 7×7", "/receptive-field?layers=conv(3);conv(3);conv(3)&input=9x9"),
    ("cnn", "27C² against 49C²", "/networks/three-3x3"),
    ("cnn", "a field of 4", "/receptive-field?layers=conv(3,padding=1);conv(2)&input=5x5"),
    ("cnn", "a field of 5", "/receptive-field?layers=conv(4,padding=1);conv(2,stride=2)&input=5x5"),
    ("cnn", "at stride 2 equivariance breaks", "/conv2d?stride=2&view=shift"),
    ("csc421-4", "because of pooling", "/receptive-field?layers=conv(3);maxpool(2);conv(3)&input=16x16"),
    ("ssy097-6", "decide per pixel", "/networks/fcn32s"),
    ("csc421-4", "x̄ sums over the output maps", "/conv2d_input?w=1,2;3,4~~0,1;-1,2"),
    ("csc421-4", "w̄ sums over every place", "/conv2d_weight"),
    ("csc421-4", "edges carry gradients", "/conv1d?view=connections&direction=backward"),
    ("cnn", "LeNet", "/networks/lenet5"),
    ("cnn", "AlexNet's CONV1 and POOL1", "/networks/alexnet"),
    ("cnn", "62 million", "/networks/compare?a=lenet5&b=alexnet-one-tower"),
    ("cnn", "torchvision's AlexNet", "/networks/compare?a=alexnet&b=alexnet-torchvision"),
    ("cnn", "VGG-16", "/networks/vgg16"),
    ("cnn", "GoogLeNet", "/networks/googlenet"),
    ("cnn", "torchvision's GoogLeNet", "/networks/compare?a=googlenet&b=googlenet-torchvision"),
    ("cnn", "naive inception", "/networks/naive-inception"),
    ("cnn", "358 or 271 million", "/networks/inception-bottlenecks"),
    ("cnn", "ResNet", "/networks/resnet34"),
    ("cnn", "a residual block", "/residual"),
    ("cnn", "1×1 saves", "/networks/compare?a=direct-5x5&b=reduced-5x5"),
    ("ssy097-5", "dropout", "/train?dropout=0.5&digits=100&against=/train%3Fdigits=100"),
    ("ssy097-5", "weight decay", "/train?weight_decay=0.01&digits=100&against=/train%3Fdigits=100"),
    ("ssy097-5", "transfer learning", "/train/signs"),
    ("ssy097-5", "learning rates", "/learn?learning_rate=large"),
    ("ssy097-5", "initial weights", "/learn?init=random:1"),
)
"""What the decks teach, fact by fact: a deck that has it, what it is, and where it is seen."""


@pytest.mark.parametrize(("deck", "fact", "address"), LINES, ids=lambda text: text if " " in text else None)
def test_what_the_lectures_teach_is_linked_from_its_deck(deck: str, fact: str, address: str) -> None:
    [lecture] = [each for each in lectures() if each.id == deck]
    assert address in {slide.link.address for slide in lecture.slides}, fact
