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
class PromptDraft:
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


def write_prompt_draft(
    texts: dict[str, str], examples: Iterable[tuple[str, str]], *, context_early: bool
) -> PromptDraft:
    """A prompt's texts without blanks at their ends; the context comes after the task, or after all that is fixed."""
    order = list(TITLES)
    if context_early:
        order.remove("context")
        order.insert(order.index("task") + 1, "context")
    stripped = ((question.strip(), answer.strip()) for question, answer in examples)
    pairs = tuple(pair for pair in stripped if any(pair))
    return PromptDraft({name: text.strip() for name, text in texts.items()}, pairs, tuple(order))


def prompt_section_pieces(draft: PromptDraft, form: str) -> list[Piece]:
    """The sections in the form in which they are sent, one after the other."""
    return list({"plain": _prompt_draft_plain, "tagged": _prompt_draft_tagged, "chat": _prompt_draft_chat}[form](draft))


def prompt_draft_as_text(draft: PromptDraft) -> str:
    """The prompt as a text with a heading over each section."""
    return "".join(piece.text for piece in _prompt_draft_plain(draft)).strip()


def prompt_draft_with_tags(draft: PromptDraft) -> str:
    """The prompt with each section between tags."""
    return "".join(piece.text for piece in _prompt_draft_tagged(draft)).strip()


def prompt_draft_as_messages(draft: PromptDraft) -> str:
    """The prompt as JSON for a chat: the fixed part first, each example as an exchange, what varies last."""
    turns = [("system", _joined_prompt_draft_sections(draft, _prompt_draft_system_sections(draft)))]
    for question, answer in draft.examples:
        turns += [("user", question), ("assistant", answer)]
    turns.append(("user", _joined_prompt_draft_sections(draft, _prompt_draft_user_sections(draft))))
    written = [{"role": role, "content": content} for role, content in turns if content]
    return json.dumps(written, ensure_ascii=False, indent=2)


def prompt_section_placeholders(draft: PromptDraft) -> list[str]:
    """The titles of fixed sections with a placeholder such as `{date}` in them."""
    texts = {**draft.texts, "examples": "\n".join(f"{question}\n{answer}" for question, answer in draft.examples)}
    return [TITLES[name] for name in draft.order if name not in _VARIABLE and _PLACEHOLDER.search(texts[name])]


def fixed_prompt_draft_sections(draft: PromptDraft, *, context_varies: bool) -> set[str]:
    """The sections at the beginning that are the same in every request; the first that is not ends them."""
    varying = {"user_input", *(name for name, title in TITLES.items() if title in prompt_section_placeholders(draft))}
    if context_varies:
        varying.add("context")
    unchanging = set()
    for name in draft.written():
        if name in varying:
            break
        unchanging.add(name)
    return unchanging


def _prompt_draft_plain(draft: PromptDraft) -> Iterator[Piece]:
    for name in draft.written():
        if name == "examples":
            body = GAP.join(f"Input: {question}\nOutput: {answer}" for question, answer in draft.examples)
        else:
            body = draft.texts[name]
        yield Piece(name, f"{TITLES[name]}:\n{body}{GAP}")


def _prompt_draft_tagged(draft: PromptDraft) -> Iterator[Piece]:
    for name in draft.written():
        tag = "input" if name == "user_input" else name
        if name == "examples":
            tagged = (f"<input>{question}</input>\n<output>{answer}</output>" for question, answer in draft.examples)
            body = "\n".join(f"<example>\n{pair}\n</example>" for pair in tagged)
        else:
            body = draft.texts[name]
        yield Piece(name, f"<{tag}>\n{body}\n</{tag}>{GAP}")


def _prompt_draft_chat(draft: PromptDraft) -> Iterator[Piece]:
    """The sections of the system's message, those of the examples, those of the user's; a gap goes with its section."""
    yield from _prompt_draft_message(draft, _prompt_draft_system_sections(draft))
    for text in (text for example in draft.examples for text in example if text):
        yield Piece("examples", text, TOKENS_A_MESSAGE)
    yield from _prompt_draft_message(draft, _prompt_draft_user_sections(draft))


def _prompt_draft_message(draft: PromptDraft, names: list[str]) -> Iterator[Piece]:
    for position, name in enumerate(names):
        gap = "" if name == names[-1] else GAP
        yield Piece(name, draft.texts[name] + gap, 0 if position else TOKENS_A_MESSAGE)


def _prompt_draft_system_sections(draft: PromptDraft) -> list[str]:
    """The sections of the system's message."""
    ahead = draft.order[: draft.order.index("examples")]
    return [name for name in draft.written() if name in ahead]


def _prompt_draft_user_sections(draft: PromptDraft) -> list[str]:
    """The sections of the user's last message."""
    behind = draft.order[draft.order.index("examples") + 1 :]
    return [name for name in draft.written() if name in behind]


def _joined_prompt_draft_sections(draft: PromptDraft, names: list[str]) -> str:
    return GAP.join(draft.texts[name] for name in names)
