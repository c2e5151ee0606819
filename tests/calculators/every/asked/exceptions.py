"""Questions that stay on the form although the answer to another one makes them idle, each with the reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exempt:
    """Some questions of a calculator under some answers to another one; no answers and no owner stand for all."""

    calculator: str
    questions: tuple[str, ...]
    owner: str
    reason: str
    answers: tuple[str, ...] = ()

    def covers(self, calculator: str, question: str, answer: str) -> bool:
        """Whether it is about this question under this answer, such as `broken=1`."""
        owner, _, word = answer.partition("=")
        is_same = calculator == self.calculator and question in self.questions and self.owner in ("", owner)
        return is_same and (not self.answers or word in self.answers)


LADDER = (
    *("behavior", "tool_use", "format", "structured_prompt", "few_shot_examples", "retrieval", "latency"),
    *("good_examples",),
)
CASCADE = (
    *("cascade_kind", "cascade_kept", "cascade_kept_good", "cascade_passed_good", "cascade_small_cost"),
    *("cascade_passed_cost", "cascade_check_cost", "cascade_target"),
)

EXCEPTIONS = (
    Exempt(
        "choosing/approach",
        LADDER,
        "",
        "The rules ask in the order of the rungs, people answer in any: a question that no rule asks now is next.",
    ),
    Exempt(
        "choosing/approach",
        CASCADE,
        "",
        "A case asks them too, and derives the answers on which they hang: a condition on words would hide them there.",
    ),
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
