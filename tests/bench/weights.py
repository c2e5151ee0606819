"""Weighs what goes over the wire: a page, Python, and what a page without a calculator gets of it."""

from __future__ import annotations

from collections.abc import Iterator

from macros.pages.checks import sizes
from tests.bench.measuring.host import Host
from tests.bench.measuring.rows import Row
from tests.bench.measuring.setting import Setting

WITHOUT = "contribute/style-guide/"


def weights(setting: Setting) -> Iterator[Row]:
    """The budgets that have a target, bare Pyodide beside them, and the runtime on a page without a calculator."""
    parts = sizes.site_part_sizes(setting.site)
    pyodide = setting.floor / "pyodide"
    bare = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
    yield Row("the heaviest page without Python", parts[sizes.PAGE] / 1e3, "kB", limit=170)
    whole = sum(sizes.page_file_size(pyodide / name) for name in bare) / 1e6
    label = "Python and the heaviest calculator, beside bare Pyodide"
    yield Row(label, parts[sizes.PYTHON] / 1e6, "MB", over=whole, limit=2.5)
    assert WITHOUT not in setting.calculator_pages
    with setting.browser() as browser, Host(setting.site) as host:
        visit = browser.new_page()
        visit.goto(host.address + WITHOUT)
        visit.wait_for_timeout(5000)
        sent = sum(sum(sizes_sent) for path, sizes_sent in host.sent.items() if "/runtime/" in path)
    yield Row("Python on a page without a calculator", sent / 1e3, "kB", limit=0)
