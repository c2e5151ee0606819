"""The site's own scripts as they ship: without comments and spaces, and with short names for what is local to each.

They are made by the pinned terser under the environment's Node, and kept under the digest of what they were made from:
a build whose scripts have not changed starts no Node.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from macros.browser.node import NodeError, run_node
from macros.cache.files import new_cached_folder

SHORTENS = Path(__file__).with_name("short_scripts.mjs")


class NotShortened(Exception):
    """A script could not be shortened; the message ends with what Node said: the script, its line and the mistake."""


def short_scripts(cache: Path, terser: Path, scripts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The scripts by the names of their files, as they ship.

    `terser` is the installed package. The same scripts give the same bytes on each machine.

    Raises:
        NotShortened: a script has a mistake.
    """
    key = hashlib.sha256(repr(sorted(scripts.items())).encode())
    key.update(b"".join(path.read_bytes() for path in (SHORTENS, Path(__file__), terser / "package.json")))
    folder = cache / f"short-scripts-{key.hexdigest()[:16]}"
    if not folder.is_dir():
        _make_short_scripts(folder, terser, scripts)
    return {name: (folder / name).read_bytes() for name in scripts}


def _make_short_scripts(folder: Path, terser: Path, scripts: Mapping[str, bytes]) -> None:
    """Makes all scripts, and a folder of them."""
    with new_cached_folder(folder) as shortened:
        sources = shortened.with_name("sources")
        sources.mkdir()
        for name, script in scripts.items():
            (sources / name).write_bytes(script)
        try:
            run_node(SHORTENS, terser.resolve(), sources, shortened)
        except NodeError as error:
            raise NotShortened(f"A script for the browser could not be shortened. Node said:\n{error}") from error
