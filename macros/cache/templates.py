"""Keeps the compiled templates of pages: to compile them anew takes a tenth of a build in which nothing has changed.

The page engine makes a template of each page, for the macros in it. What it compiles to is kept under the page's text.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType

import jinja2

from macros.cache.files import keep_cached_file
from macros.cache.methods import cached_codes


def keep_page_templates(environment: jinja2.Environment, cache: Path) -> Callable[[], None]:
    """Has an environment take compiled templates from the folder from here on; what it gives keeps those asked for.

    A file belongs to one version of Python and of Jinja. It grows with each edit, and begins anew like that of methods.
    """
    path = cache / f"templates-{sys.implementation.cache_tag}-{sys.hexversion:x}-{jinja2.__version__}.bin"
    codes = cached_codes(path)
    first = len(codes)
    compile_template = environment.compile

    def compiled(source: str, name: str | None = None, filename: str | None = None) -> CodeType:
        if name or filename:  # a file of templates, which the message of a mistake names
            return compile_template(source, name, filename)
        if source not in codes:
            codes[source] = marshal.dumps(compile_template(source))
        code: CodeType = marshal.loads(codes[source])
        return code

    def keep() -> None:
        if len(codes) != first:
            keep_cached_file(path, marshal.dumps(codes))

    environment.compile = compiled  # type: ignore[method-assign, assignment]
    return keep
