"""The QR code of a link, as SVG without a style, which no policy would let through."""

import segno
from markupsafe import Markup

MOST = 271
"""Bytes of a link: version 10 of a code, which a phone still reads from the last row of a lecture hall."""
QUIET = 4
"""Modules of white around it, as the standard asks for."""


def qr_code(link: str, label: str) -> Markup | None:
    """None where the link is too long for one."""
    data = link.encode()
    if len(data) > MOST:
        return None
    made = segno.make(data, mode="byte", error="l", boost_error=False, micro=False)
    return Markup(
        made.svg_inline(
            border=QUIET, light="#fff", dark="#000", omitsize=True, svgclass="qr", title=label, lineclass=None
        )
    )
