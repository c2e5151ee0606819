"""Keeps the compiled templates of pages: to compile them anew takes a tenth of a build in which nothing has changed.

The page engine makes a template of each page, for the macros in it. What it compiles to is kept under the page's text.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType

import jinja2

from macros.cache.methods import CachedCodes


def keep_page_templates(environment: jinja2.Environment, cache: Path) -> Callable[[], None]:
    """Has an environment take compiled templates from the folder from here on; what it gives keeps those asked for.

    A file belongs to one version of Python and of Jinja. It grows with each edit, and begins anew like that of methods.
    """
    path = cache / f"templates-{sys.implementation.cache_tag}-{sys.hexversion:x}-{jinja2.__version__}.bin"
    codes = CachedCodes(path)
    compile_template = environment.compile

    def compiled(source: str, name: str | None = None, filename: str | None = None) -> CodeType:
        if name or filename:  # a file of templates, which the message of a mistake names
            return compile_template(source, name, filename)
        return codes.code(source, compile_template)

    environment.compile = compiled  # type: ignore[method-assign, assignment]
    return codes.keep
