"""The program: `convscope`, and `python -m app`.

The processes that it starts import this module again, so it loads what it runs no sooner than it runs it.
"""

import argparse
import errno
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence

from pydantic import ValidationError

from app.command import words
from app.settings import settings

EVERYWHERE = {"0.0.0.0": "localhost", "::": "localhost"}
"""Addresses that mean all of this machine's: a browser cannot open them, so another is printed."""

WHY = {
    errno.EADDRINUSE: "another program already listens there; --port takes another number",
    errno.EACCES: "this user may not take that port; try one above 1023, such as --port 8000",
    errno.EADDRNOTAVAIL: "this machine does not have that address; --host 0.0.0.0 means all that it has",
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve pages, or do what the first word says."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["render"]:
        from app.command import render

        check_settings()
        render.main(given[1:])
    else:
        serve(parser("serve").parse_args(given[1:]) if given[:1] == ["serve"] else parser().parse_args(given))


def serve(options: argparse.Namespace) -> None:
    """Check what can be checked, say where the pages are, and serve them until stopped."""
    import uvicorn

    check_settings()
    port = options.port or settings().port
    check_address(options.host, port)
    print(f"ConvScope: {url(options.host, port)} (Ctrl+C stops it)", flush=True)
    # Whoever stops us in good order gets 0, and no word of a signal.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=options.host,
        port=port,
        workers=options.workers or settings().workers,
        # The fast event loop and parser where they are installed; there are no web sockets here.
        loop="auto",
        http="auto",
        ws="none",
        # What a proxy says of scheme and client is believed from this machine and from $FORWARDED_ALLOW_IPS.
        proxy_headers=True,
        server_header=False,
        log_level="warning",
        # Longer than what is under way is given (app/http/stop.py).
        timeout_graceful_shutdown=5,
    )


def parser(command: str = "") -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog=f"convscope {command}".rstrip(),
        description=words.ABOUT,
        epilog=words.MORE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 for all (%(default)s)")
    made.add_argument("--port", type=between(1, 65535), help="port to listen on ($CONVSCOPE_PORT, or 8000)")
    made.add_argument("--workers", type=between(1, 256), help="how many processes answer ($CONVSCOPE_WORKERS, or 1)")
    return made


def between(least: int, most: int) -> Callable[[str], int]:
    """A whole number from `least` to `most`, read from the command line."""

    def read(text: str) -> int:
        if text.isdecimal() and least <= int(text) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from {least} to {most}")

    return read


def check_settings() -> None:
    """Read the environment here, once: each worker would fail with a traceback, and be started again, forever."""
    try:
        settings()
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        sys.exit(f"ConvScope cannot use its environment variables (CONVSCOPE_…). {faults}.")


def check_address(host: str, port: int) -> None:
    """Leave with a sentence where the server could not listen."""
    try:
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            with socket.socket(family, kind, protocol) as probe:
                # As the server will ask for it. On Windows the same words would share a port that is in use.
                if os.name == "posix":
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
    except OSError as error:
        reason = WHY.get(error.errno or 0, error.strerror)
        sys.exit(f"ConvScope cannot listen on {host}, port {port}: {reason}.")


def url(host: str, port: int) -> str:
    """The address to open in a browser on this machine."""
    name = EVERYWHERE.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


if __name__ == "__main__":
    main()
