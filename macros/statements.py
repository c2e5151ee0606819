"""Goes through the statements of a module without its expressions, which are most of it.

A browser's Python has it too, while the build has it make byte code.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
"""The fields of a node that hold statements, or what holds statements."""


def statements_in(tree: ast.AST) -> Iterator[ast.AST]:
    """All statements of a module, those inside functions and classes included.

    >>> [type(node).__name__ for node in statements_in(ast.parse("if a:\\n    import b\\nelse:\\n    c = 1"))]
    ['If', 'Assign', 'Import']
    """
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node is not tree:
            yield node
        for block in BLOCKS:
            waiting.extend(getattr(node, block, ()))


def imported_names(tree: ast.AST) -> Iterator[str]:
    """The full names that a module imports, also those it imports late.

    >>> sorted(imported_names(ast.parse("import a.b\\nfrom c import d, e")))
    ['a.b', 'c.d', 'c.e']
    """
    for node in statements_in(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
