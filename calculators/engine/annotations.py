"""The class that an annotation names, looked up without compiling the annotation.

`typing.get_type_hints` compiles it. In a browser, the functions that compile Python come with the interpreter's second
part, for which a first answer would have to wait.
"""

from __future__ import annotations

import dataclasses
import sys
import typing
from collections.abc import Callable


def annotated_class(annotation: object, module: str) -> type:
    """The class that an annotation in a module names, as `Gpu` or as `tuple[Gpu, ...]`.

    Raises:
        TypeError: the annotation names no class of the module.
    """
    if not isinstance(annotation, str):
        annotation = (*typing.get_args(annotation), annotation)[0]
    else:
        name = annotation.removeprefix("tuple[").removesuffix(", ...]")
        annotation = vars(sys.modules[module]).get(name, annotation)
    if not isinstance(annotation, type):
        raise TypeError(f"{module}: {annotation!a} is neither a class nor a tuple of one")
    return annotation


def annotated_field_class(declaration: type, name: str) -> type:
    """The class that the annotation of a dataclass's field names.

    Raises:
        TypeError: the annotation names no class of the module that declares the field.
    """
    by_name = {field.name: field for field in dataclasses.fields(declaration)}
    declaring = [
        base
        for base in declaration.__mro__
        if dataclasses.is_dataclass(base) and by_name[name] in dataclasses.fields(base)
    ]
    return annotated_class(by_name[name].type, declaring[-1].__module__)


def annotated_parameter_class(function: Callable[..., object]) -> type:
    """The class that the annotation of a function's first parameter names.

    Raises:
        TypeError: the annotation names no class of the function's module.
    """
    return annotated_class(next(iter(function.__annotations__.values())), function.__module__)
