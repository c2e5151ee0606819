"""Draws functions by name alone, for a reader who is to say where each is with `README.md` and the tree at hand.

`python -m tests.code.placement` prints ten names, drawn with the hash of the commit as the seed. `--answers` prints
where each is, and which line of README.md maps its place. `python -m tests.code.placement 60 --seed 1` draws others.

Drawn are the functions of the modules in `calculators/` and `macros/`, private ones included, and the public methods of
their classes as `Class.method`. Left out are nested functions, private methods and special methods such as `__add__`:
each is read inside its function or class, and nobody looks for it by its name in the tree.

A reader has placed a name who names its module, or a folder that holds the module and is no higher than the most exact
folder that README.md maps for it: for `calculators/readers/usage/traces/otlp.py` that is `calculators/readers/usage/`,
while `calculators/readers/` is too little. Where several modules define a name, each of them is right.
"""

from __future__ import annotations

import argparse

from tests.code.placement.drawing import commit, drawn, mapped_folders, mapped_place, places

DRAWN = 10


def main() -> None:
    """Prints names, or names with their places."""
    parser = argparse.ArgumentParser(prog="python -m tests.code.placement", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("count", nargs="?", type=int, default=DRAWN, help="how many names (default: %(default)s)")
    parser.add_argument("--seed", help="what the draw follows from (default: the hash of the commit)")
    parser.add_argument("--answers", action="store_true", help="print the places as well")
    options = parser.parse_args()
    modules, folders = places(), mapped_folders()
    for name in drawn(options.count, options.seed or commit()):
        if not options.answers:
            print(name)
            continue
        print(f"{name}: " + ", ".join(f"{path} ({mapped_place(path, folders)})" for path in modules[name]))


if __name__ == "__main__":
    main()
