"""A small site with toy calculators, to test what the browser does apart from what is calculated."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from macros.browser import bundle
from tests.conftest import ROOT, link_interpreter

PANEL = """
<section class="calc" id="calc-{number}" data-calculator="toy" aria-labelledby="calc-{number}-title">
<h2 id="calc-{number}-title">Toy {number}</h2>
<div class="calc-examples">
<button type="button"
  data-example='{{"amount": "70", "model": "large", "caching": "yes"}}'>Seventy</button>
<button type="button" data-reset>Reset</button><button type="button" data-undo hidden>Undo</button>
</div>
<p data-notice hidden></p>
<form class="calc-form" novalidate autocomplete="off">
<fieldset class="calc-fields" disabled>
<p class="calc-noscript">To change the numbers, turn on JavaScript.</p>
<div class="field" data-field="amount">
<label for="amount-{number}">Amount</label>
<input type="text" inputmode="decimal" name="amount" value="10" id="amount-{number}">
<p class="field-echo"></p>
</div>
<div class="field" data-field="model">
<label for="model-{number}">Model</label>
<select name="model" id="model-{number}" data-clears="model.">
<option value="small" selected>Small</option><option value="large">Large</option>
</select>
<p class="field-echo"></p>
<p data-cleared hidden>Your own figures were cleared.</p>
</div>
<details><summary>Own figures</summary>
<div class="field figure" data-field="model.factor">
<label for="factor-{number}">Factor</label>
<input type="text" name="model.factor" value="" id="factor-{number}" data-optional>
<p class="field-published">published</p><p class="field-echo"></p>
</div>
</details>
<div class="field" data-field="caching">
<input type="checkbox" name="caching" id="caching-{number}"><label for="caching-{number}">Caching</label>
</div>
<div class="field" data-field="tier">
<input type="radio" name="tier" value="a" id="a-{number}" checked><label for="a-{number}">A</label>
<input type="radio" name="tier" value="b" id="b-{number}"><label for="b-{number}">B</label>
</div>
</fieldset>
</form>
<div class="calc-result" data-result>
<p class="total">10 × 2 small no a units</p>
<details data-keep="why"><summary>Why</summary><button type="button">Copy</button></details>
</div>
<p class="calc-stale" hidden>These figures are out of date.</p>
<p role="status" data-told></p>
<p class="calc-status" role="status" aria-live="polite"></p>
</section>
"""

PAGES = {
    "index.md": "# Home\n\nWords only. [One](one.md)\n",
    "one.md": f"# One\n\n[Two](two.md) [Home](index.md)\n\n{PANEL.format(number=1)}",
    "two.md": f"# Two\n\n[One](one.md) [Home](index.md)\n\n{PANEL.format(number=1)}\n{PANEL.format(number=2)}",
}

SETTINGS = """
site_name: Toy
site_url: {address}
theme:
  name: material
  custom_dir: {theme}
  font: false
plugins: [search]
markdown_extensions: [md_in_html]
extra_javascript:
  - path: assets/javascripts/navigation.js
    type: module
  - path: assets/javascripts/loader.js
    type: module
  - path: assets/theme.js
    type: module
extra:
  build: {build}
nav: [index.md, one.md, two.md]
"""


def build(folder: Path, address: str, unit: str = "units") -> Path:
    """Build the toy site below `folder`, to be served at `address`. Another unit gives another build."""
    docs = folder / "docs"
    shutil.copytree(ROOT / "docs" / "assets" / "javascripts", docs / "assets" / "javascripts", dirs_exist_ok=True)
    shutil.copyfile(ROOT / "docs" / "assets" / "theme.js", docs / "assets" / "theme.js")
    for name, text in PAGES.items():
        (docs / name).write_text(text, encoding="utf-8")
    package = folder / "calculators"
    package.mkdir(exist_ok=True)
    (package / "__init__.py").write_text('"""Toys."""\n', encoding="utf-8")
    shutil.copyfile(Path(__file__).with_name("catalogue.py"), package / "catalogue.py")
    if not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(ROOT / "node_modules", target_is_directory=True)
        # Byte code is kept under the digest of what it was made from, so many sites can share it.
        (ROOT / ".cache").mkdir(exist_ok=True)
        (folder / ".cache").symlink_to(ROOT / ".cache", target_is_directory=True)
        link_interpreter(folder)
    name = bundle.write_browser_bundle(folder, f'{{"unit": "{unit}"}}')
    settings = SETTINGS.format(address=address, theme=ROOT / "macros" / "theme", build=name)
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    subprocess.run(command, cwd=folder, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    return folder / "site"
