"""A few small pages instead of the site's own: they call the macros that most tests of a build look at."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

PAGES = {
    "index.md": """\
---
title: Which lever?
---
# Prompting, retrieval or fine-tuning?

A request of the help desk costs {{ figure("prompting/cost", "per_request", example="A help desk") }}.

{{ calculator("prompting/cost", example="A help desk", show="headline") }}

## Next

- [What a prompt costs](cost/prompting.md): the whole bill.
- [Prices](reference/prices.md): where the numbers come from.
""",
    "cost/prompting.md": """\
---
title: What a prompt costs
---
# What a prompt costs

{{ calculator("prompting/cost") }}
""",
    "reference/prices.md": """\
---
title: Prices
---
# Prices

{{ table("prices", "input", "output", group="OpenAI") }}
""",
    "reference/calculators.md": """\
---
title: Calculators
---
# Calculators

{{ calculators("prompting", "rag") }}
""",
}
NAVIGATION = """\
nav:
  - Home: index.md
  - Cost:
      - cost/prompting.md
  - Reference:
      - reference/prices.md
      - reference/calculators.md

"""


def put_small_pages(project: Path) -> None:
    """Put the small pages and their navigation in place of those of a copied project."""
    docs, settings = project / "docs", project / "mkdocs.yml"
    for path in docs.iterdir():
        if path.suffix == ".md":
            path.unlink()
        elif path.name != "assets":
            shutil.rmtree(path)
    for page, text in PAGES.items():
        (docs / page).parent.mkdir(exist_ok=True)
        (docs / page).write_text(text, "utf-8")
    settings.write_text(re.sub(r"(?ms)^nav:\n.*?(?=^\S)", NAVIGATION, settings.read_text("utf-8")), "utf-8")
