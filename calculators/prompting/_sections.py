"""Puts a prompt together from its sections, in three forms: plain text, chat messages, tagged sections."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

TITLES = {
    "role": "Role",
    "task": "Task",
    "constraints": "Constraints",
    "output_format": "Output format",
    "examples": "Examples",
    "context": "Context",
    "user_input": "Input",
}
"""The sections by name, in the order that lets a provider cache the most."""

FORMS = {"chat": "Chat messages", "tagged": "Tagged sections", "plain": "Plain text"}

ROLE_TOKENS = 1
TOKENS_A_MESSAGE = 3 + ROLE_TOKENS
TOKENS_FOR_THE_ANSWER = 3
"""What a chat adds to its texts, as OpenAI counts it: each message with its role, and the beginning of the answer."""

_PLACEHOLDER = re.compile(r"\{{1,2} ?[A-Za-z_][\w.-]{0,40} ?\}{1,2}", re.ASCII)
_VARIABLE = ("context", "user_input")
GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Draft:
    """The texts of a prompt; `examples` are pairs of input and output, `order` the sections as they follow."""

    texts: dict[str, str]
    examples: tuple[tuple[str, str], ...]
    order: tuple[str, ...]

    def written(self) -> Iterator[str]:
        """The sections that hold something, in their order."""
        return (name for name in self.order if (self.examples if name == "examples" else self.texts[name]))


@dataclass(frozen=True, slots=True)
class Piece:
    """A section as it is sent: its text and the tokens that its form adds."""

    section: str
    text: str
    added: int = 0


def draft(texts: dict[str, str], examples: Iterable[tuple[str, str]], *, context_early: bool) -> Draft:
    """A prompt's texts without blanks at their ends; the context comes after the task, or after all that is fixed."""
    order = list(TITLES)
    if context_early:
        order.remove("context")
        order.insert(order.index("task") + 1, "context")
    pairs = tuple((asked.strip(), told.strip()) for asked, told in examples if asked.strip() or told.strip())
    return Draft({name: text.strip() for name, text in texts.items()}, pairs, tuple(order))


def pieces(of: Draft, form: str) -> list[Piece]:
    """The sections in the form in which they are sent, one after the other."""
    return list({"plain": _plain, "tagged": _tagged, "chat": _chat}[form](of))


def plain_text(of: Draft) -> str:
    """The prompt as a text with a heading over each section."""
    return "".join(piece.text for piece in _plain(of)).strip()


def tagged_text(of: Draft) -> str:
    """The prompt with each section between tags."""
    return "".join(piece.text for piece in _tagged(of)).strip()


def messages(of: Draft) -> str:
    """The prompt as JSON for a chat: the fixed part first, each example as an exchange, what varies last."""
    told = [("system", _joined(of, _before(of)))]
    for asked, answered in of.examples:
        told += [("user", asked), ("assistant", answered)]
    told.append(("user", _joined(of, _after(of))))
    listed = [{"role": role, "content": content} for role, content in told if content]
    return json.dumps(listed, ensure_ascii=False, indent=2)


def placeholders(of: Draft) -> list[str]:
    """The titles of fixed sections with a placeholder such as `{date}` in them."""
    texts = {**of.texts, "examples": "\n".join(f"{asked}\n{told}" for asked, told in of.examples)}
    return [TITLES[name] for name in of.order if name not in _VARIABLE and _PLACEHOLDER.search(texts[name])]


def fixed(of: Draft, *, context_varies: bool) -> set[str]:
    """The sections at the beginning that are the same in every request; the first that is not ends them."""
    varying = {"user_input", *(name for name, title in TITLES.items() if title in placeholders(of))}
    if context_varies:
        varying.add("context")
    found = set()
    for name in of.written():
        if name in varying:
            break
        found.add(name)
    return found


def _plain(of: Draft) -> Iterator[Piece]:
    for name in of.written():
        if name == "examples":
            body = GAP.join(f"Input: {asked}\nOutput: {told}" for asked, told in of.examples)
        else:
            body = of.texts[name]
        yield Piece(name, f"{TITLES[name]}:\n{body}{GAP}")


def _tagged(of: Draft) -> Iterator[Piece]:
    for name in of.written():
        tag = "input" if name == "user_input" else name
        if name == "examples":
            body = "\n".join(
                f"<example>\n<input>{asked}</input>\n<output>{told}</output>\n</example>" for asked, told in of.examples
            )
        else:
            body = of.texts[name]
        yield Piece(name, f"<{tag}>\n{body}\n</{tag}>{GAP}")


def _chat(of: Draft) -> Iterator[Piece]:
    """The sections of the system's message, those of the examples, those of the user's; a gap goes with its section."""
    yield from _message(of, _before(of))
    for text in (text for example in of.examples for text in example if text):
        yield Piece("examples", text, TOKENS_A_MESSAGE)
    yield from _message(of, _after(of))


def _message(of: Draft, names: list[str]) -> Iterator[Piece]:
    for at, name in enumerate(names):
        gap = "" if name == names[-1] else GAP
        yield Piece(name, of.texts[name] + gap, 0 if at else TOKENS_A_MESSAGE)


def _before(of: Draft) -> list[str]:
    """The sections of the system's message."""
    ahead = of.order[: of.order.index("examples")]
    return [name for name in of.written() if name in ahead]


def _after(of: Draft) -> list[str]:
    """The sections of the user's last message."""
    behind = of.order[of.order.index("examples") + 1 :]
    return [name for name in of.written() if name in behind]


def _joined(of: Draft, names: list[str]) -> str:
    return GAP.join(of.texts[name] for name in names)
