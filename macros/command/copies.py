"""Writes files that a calculator makes of the reader's own, each to the path that an option names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from calculators.engine.inputs.suggestions import quoted
from macros.command.misuse import Misuse, print_command_remark


def write_copied_command_file(file: str, path: str, pieces: Iterator[bytes]) -> None:
    """Writes a copy to a new file as its parts come, never over one that is there; no parts are no file.

    Raises:
        Misuse: the file is there already or cannot be written.
    """
    written = filter(None, pieces)
    first = next(written, None)
    if first is None:
        print_command_remark(f"{file}: there is nothing to write, so {quoted(path)} was not written")
        return
    place = Path(path).expanduser()
    try:
        with place.open("xb"):
            pass
    except FileExistsError:
        raise Misuse(f"the file {quoted(path)} is there already: name another one") from None
    except (OSError, ValueError) as error:
        raise Misuse(f"the file {quoted(path)} cannot be written ({type(error).__name__})") from None
    is_whole = False
    try:
        with place.open("wb") as stream:
            stream.write(first)
            stream.writelines(written)
        is_whole = True
    except OSError as error:
        raise Misuse(f"the file {quoted(path)} cannot be written ({type(error).__name__})") from None
    finally:
        if not is_whole:
            place.unlink()
