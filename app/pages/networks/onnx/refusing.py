"""A file that cannot be read is refused with a sentence."""

from typing import NoReturn

from app.address.refusal import Refusal


def refuse(sentence: str, **numbers: object) -> NoReturn:
    raise Refusal(sentence.format(**numbers), type="onnx")
