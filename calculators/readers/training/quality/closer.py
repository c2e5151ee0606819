"""A closer look at one example after another: what is almost alike, cut, personal, secret or out of balance."""

from __future__ import annotations

import re
from array import array
from collections import Counter as Tally
from heapq import merge
from itertools import repeat

from calculators.readers.training.conversation.calls import parsed_training_arguments
from calculators.readers.training.lines import JsonObject, TrainingLine
from calculators.readers.training.quality.languages import guessed_training_language
from calculators.readers.training.quality.near import SimilarTrainingTexts
from calculators.readers.training.quality.personal import training_phone_numbers, training_secrets_in
from calculators.readers.training.report import TrainingReport

_SHORT = 40
"""Characters up to which an answer may be a label."""

_LABELS = 1000
"""Different short answers that are counted; with more, they are no labels."""

_FEWEST = 20
"""Examples from which balance and languages are judged."""

_DOMINANT = 0.8
_LONG = 200
_LONG_LINE = 40
_FENCE = "```"
_OPEN_END = (",", ";", ":", "(", "-", "…", "...")
_UNFINISHED = re.compile("[a-z,]$")
_PLACEHOLDER = re.compile(r"\{\{ ?[A-Za-z_][A-Za-z0-9_.]{0,40} ?\}\}|\[(?:INSERT|YOUR|TODO)[A-Z _]{0,40}\]")


class CloserTrainingLook:
    """Notes in a report what a closer look at the examples finds."""

    def __init__(self, report: TrainingReport, *, with_test: bool) -> None:
        self.report, self._with_test = report, with_test
        self._examples = SimilarTrainingTexts()
        self._prompts = SimilarTrainingTexts()
        self._labels: Tally[str] = Tally()
        self._first: dict[str, int] = {}
        self._answers = 0
        self._languages: dict[str, array[int]] = {}
        """The lines of the answers in each language."""

    def at(self, line: TrainingLine, is_repeated: bool) -> None:
        """Looks at an example; one that repeats an earlier one exactly was noted already."""
        prompt, answer = training_prompt_and_answer(line)
        similar = self._examples.has_similar(f"{prompt}\n{answer}", keep=not is_repeated)
        if similar and not is_repeated:
            self.report.note("near_duplicate", line.number)
        if self._with_test:
            self._prompts.has_similar(prompt)
        self._note_personal(line, f"{line.system}\n{prompt}\n{answer}")
        if _PLACEHOLDER.search(answer):
            self.report.note("placeholder", line.number)
        if answer:
            self._answers += 1
            self._note_answer(line, answer)

    def at_test(self, line: TrainingLine) -> None:
        """Looks for the prompt of a test case among those of the examples."""
        if self._prompts.has_similar(training_prompt_and_answer(line)[0], keep=False):
            self.report.note("near_overlap", line.number)

    def finish(self) -> None:
        """Notes what only all examples together show."""
        if self._answers < _FEWEST:
            return
        for label, count in self._labels.most_common(1):
            if count > _DOMINANT * self._answers and len(self._labels) > 1:
                self.report.note("imbalance", self._first[label])
        if self._languages:
            self._languages.pop(max(self._languages, key=lambda language: len(self._languages[language])))
        others = (zip(numbers, repeat(language)) for language, numbers in self._languages.items())
        for number, language in merge(*others):
            self.report.note("languages", number, f"“{language}”")

    def _note_personal(self, line: TrainingLine, text: str) -> None:
        phones, secrets = training_phone_numbers(text), training_secrets_in(text)
        self.report.phones += phones
        self.report.secrets += secrets
        if phones:
            self.report.note("phone", line.number)
        if secrets:
            self.report.note("secret", line.number)

    def _note_answer(self, line: TrainingLine, answer: str) -> None:
        if len(answer) <= _SHORT and (answer in self._labels or len(self._labels) < _LABELS):
            self._labels[answer] += 1
            self._first.setdefault(answer, line.number)
        language = guessed_training_language(answer)
        if language:
            self._languages.setdefault(language, array("I")).append(line.number)
        if is_training_answer_cut(answer):
            self.report.note("cut_answer", line.number)


def is_training_answer_cut(answer: str) -> bool:
    """Whether an answer seems to end too early: within a block of code, an object, a list or a sentence.

    >>> is_training_answer_cut("Use this:\\n```python\\nprint(1)"), is_training_answer_cut("Four weeks.")
    (True, False)
    """
    text = answer.rstrip()
    if text.count(_FENCE) % 2 or text.endswith(_OPEN_END):
        return True
    if text[:1] in ("{", "["):
        return parsed_training_arguments(text) is None and text[-1] not in "}]"
    last = text[text.rfind("\n") + 1 :]
    return len(text) >= _LONG and len(last) >= _LONG_LINE and bool(_UNFINISHED.search(last))


def training_prompt_and_answer(line: TrainingLine) -> tuple[str, str]:
    """The texts of an example without the system's: the prompt's, and the last answer's."""
    spoken = [message for message in line.messages if message.get("role") not in ("system", "developer")]
    ends_with_answer = bool(spoken) and spoken[-1].get("role") == "assistant"
    prompt, answer = (spoken[:-1], spoken[-1:]) if ends_with_answer else (spoken, [])
    return "\n".join(map(_training_example_text, prompt)), "\n".join(map(_training_example_text, answer))


def _training_example_text(message: JsonObject) -> str:
    content = message.get("content")
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    texts = [part.get("text") for part in parts if isinstance(part, dict)]
    return "\n".join(text for text in texts if isinstance(text, str))
