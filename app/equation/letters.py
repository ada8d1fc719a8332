"""The letters that may stand for weights."""


def letter(index: int) -> str:
    """a, b, c … in reading order of the kernel as it is drawn; beyond z with a number."""
    turn, place = divmod(index, 26)
    return chr(ord("a") + place) + (str(turn) if turn else "")
