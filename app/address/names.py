"""Names of parameters: what a name that is not one was probably meant to be, and which names there are."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from app.address.phrases import shown
from app.address.refusal import Refusal, Refusals
from app.text import refusals as words

SYNONYMS = {
    "act": ("activation",),
    "bias": ("b",),
    "border": ("padding_mode",),
    "ceil": ("ceil_mode",),
    "data": ("x",),
    "dilation_rate": ("dilation",),
    "divisor": ("divisor_override",),
    "filters": ("w", "kernel_size"),
    "grad": ("grad_output",),
    "gradient": ("grad_output",),
    "image": ("x",),
    "input": ("x", "input_size"),
    "k": ("kernel_size", "w"),
    "kernel": ("w", "kernel_size"),
    "kernel_shape": ("kernel_size", "w"),
    "kernel_size": ("w",),
    "kernels": ("w", "kernel_size"),
    "ksize": ("kernel_size", "w"),
    "mode": ("padding_mode", "ceil_mode"),
    "pad": ("padding",),
    "pads": ("padding",),
    "picture": ("x",),
    "play": ("autoplay",),
    "pool_size": ("kernel_size",),
    "rate": ("dilation",),
    "size": ("kernel_size", "output_size", "w"),
    "weight": ("w", "kernel_size"),
    "weights": ("w", "kernel_size"),
    "window": ("kernel_size", "w"),
}
"""What other libraries and textbooks call our parameters: of these the first that is known is meant. `filter`, in the
singular, is a parameter of every scene: the filter that a link brings forward."""


def meant(name: str, known: Collection[str]) -> str | None:
    """The known name that was probably meant: by its synonyms, or by its spelling."""
    written = name.lower().replace("-", "_")[:40]
    synonyms = (synonym for synonym in SYNONYMS.get(written, ()) if synonym in known)
    return next(synonyms, None) or next(iter(get_close_matches(written, known, n=1)), None)


def unknown_name(name: str, page: str, own: Collection[str], shared: Collection[str] = ()) -> Refusal:
    """The refusal of a name that is none of a page's own, nor of those that all scenes share."""
    guess = meant(name, [*own, *shared])
    sentence = words.UNKNOWN_PARAMETER.format(
        name=shown(name),
        page=page,
        hint=words.DID_YOU_MEAN.format(name=guess) if guess else "",
        own=", ".join(own),
        shared=words.SHARED_PARAMETERS.format(names=", ".join(shared)) if shared else "",
    )
    return Refusal(sentence, type="extra_forbidden", loc=(name,))


def check_names(names: Iterable[str], page: str, own: Collection[str], shared: Collection[str] = ()) -> None:
    """Raises Refusals, one for each name that is none of a page's own, nor of those that all scenes share."""
    unknown = [name for name in names if name not in own and name not in shared]
    if unknown:
        raise Refusals(unknown_name(name, page, own, shared) for name in unknown)
