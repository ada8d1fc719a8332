"""Large counts as people say them."""

NARROW = "\u202f"
SIZES = ((10**12, "T"), (10**9, "G"), (10**6, "M"), (10**3, "k"))
BYTES = {"T": "TB", "G": "GB", "M": "MB", "k": "kB", "": "bytes"}


def split(count: int, whole: int = 10_000) -> tuple[str, str]:
    """Three digits and a letter for thousands, millions, … ; below `whole` every digit."""
    if count < whole:
        return f"{count:,}".replace(",", NARROW), ""
    size, letter = next((size, letter) for size, letter in SIZES if count >= 0.9995 * size)
    value = count / size
    return f"{value:.{2 if value < 9.995 else 1 if value < 99.95 else 0}f}", letter


def compact(count: int) -> str:
    """138 M, 15.5 G, 61.7 k, 4704."""
    value, letter = split(count)
    return f"{value}{NARROW}{letter}" if letter else value


def in_bytes(count: int) -> str:
    """1.16 MB, in powers of ten."""
    value, letter = split(count, 1_000)
    return f"{value}{NARROW}{BYTES[letter]}"


def percent(part: int, whole: int) -> str:
    """A share without false precision: 74 %, < 1 %, > 99 %; 0 and 100 % are exact."""
    if not part or not whole:
        return "0"
    share = 100 * part / whole
    if share < 1:
        return f"<{NARROW}1{NARROW}%"
    return f">{NARROW}99{NARROW}%" if 99 < share < 100 else f"{share:.0f}{NARROW}%"


def ratio(large: int, small: int) -> str:
    """How many times as much: 5.4, 12."""
    value = large / small
    return f"{value:.0f}" if value >= 9.95 else f"{value:.1f}"
