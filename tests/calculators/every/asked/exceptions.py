"""Questions that stay on the form although the answer to another one makes them idle, each with the reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exempt:
    """Some questions of a calculator under some answers to another one; no answers stand for all of them."""

    calculator: str
    questions: tuple[str, ...]
    owner: str
    reason: str
    answers: tuple[str, ...] = ()

    def covers(self, calculator: str, question: str, answer: str) -> bool:
        """Whether it is about this question under this answer, such as `broken=1`."""
        owner, _, word = answer.partition("=")
        is_same = (calculator, owner) == (self.calculator, self.owner) and question in self.questions
        return is_same and (not self.answers or word in self.answers)


EXCEPTIONS = (
    Exempt(
        "agents/cost",
        ("step_pause", "late"),
        "broken",
        "Only where every prefix is broken, which nobody types but to try it: the fields would come and go.",
        ("1",),
    ),
    Exempt(
        "fine_tuning/dataset",
        ("closer", "encoding", "limit", "spread"),
        "format",
        "The sample is a chat of OpenAI, so that read in another format it has no tokens to count; a file of that has.",
    ),
    Exempt(
        "fine_tuning/hardware",
        ("accumulation",),
        "optimizer_step",
        "It already hangs on another question: with weights kept elsewhere none of the optimizer is asked.",
        ("backward",),
    ),
)
