"""Results of promptfoo as JSON: a document, or a result a line.

A test is known by its variables, description and assertions, so that repeats of older versions, which are tests of
their own, are runs of one case. `error` holds ordinary failures too; only `failureReason` 2 is an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from calculators.readers.results.columns import (
    CASE,
    ERROR,
    INPUT,
    RUN,
    SCORE,
    TAG,
    VERSION,
    Cells,
    is_result_name,
    result_cell_text,
)
from calculators.readers.results.result_format import ResultFormat, Row, inner_result, result_entries

FAILED_TO_RUN = 2


class _PromptfooResults:
    """The rows of a file. Prompts are called by a number, as their labels often are the prompts themselves."""

    def __init__(self) -> None:
        self.partial = ""
        self._numbers: list[int] = []
        self._is_document = False

    def read(self, row: Row) -> Iterator[Cells]:
        document = _promptfoo_document(row)
        if document is None:
            yield from self._cells(row)
            return
        self._is_document = True
        prompts = [
            result_cell_text(prompt.get("raw") or prompt.get("label"))
            for prompt in result_entries(document.get("prompts"))
        ]
        different = list(dict.fromkeys(prompts))
        self._numbers = [different.index(prompt) + 1 for prompt in prompts] if len(different) > 1 else []
        listed = document.get("results")
        for result in sorted(result_entries(listed), key=_promptfoo_place):
            yield from self._cells(result)
        if row.get("_resultsLoaded") is False or not result_entries(listed):
            self.partial = "it holds no results, as the library leaves them out: export the evaluation again"

    def _cells(self, result: Row) -> Iterator[Cells]:
        test, variables = inner_result(result, "testCase"), result_cell_text(result.get("vars"))
        case = result_cell_text([test.get("description"), result.get("vars"), test.get("assert")])
        cells = {
            (CASE, "test"): case if variables not in ("", "{}") else result_cell_text([result.get("testIdx"), case]),
            (INPUT, "vars"): variables,
            (VERSION, "version"): self._version(result),
            (RUN, "repeat"): result_cell_text(result.get("repeatIndex")),
            (ERROR, "error"): "error" if result.get("failureReason") == FAILED_TO_RUN else "",
            (SCORE, "pass"): result_cell_text(result.get("success")),
            (SCORE, "score"): result_cell_text(result.get("score")),
        }
        cells |= {(SCORE, name): result_cell_text(score) for name, score in inner_result(result, "namedScores").items()}
        tags = {name: result_cell_text(tag) for name, tag in inner_result(test, "metadata").items()}
        yield cells | {
            (TAG, name): tag for name, tag in tags.items() if is_result_name(tag) and not name.startswith("_")
        }

    def _version(self, result: Row) -> str:
        """The provider, and the number of the prompt where there are several."""
        provider, place = result.get("provider"), result.get("promptIdx")
        name = result_cell_text(provider.get("label") or provider.get("id") if isinstance(provider, dict) else provider)
        if isinstance(place, int) and 0 <= place < len(self._numbers):
            return f"{name}, prompt {self._numbers[place]}"
        return name if self._is_document else f"{name}, prompt {result_cell_text(place)}"


def _promptfoo_place(result: Row) -> tuple[int, int]:
    """Where a result stands: results are written as they come in, and the first version is the baseline."""
    test, prompt = result.get("testIdx"), result.get("promptIdx")
    return (test if isinstance(test, int) else 0, prompt if isinstance(prompt, int) else 0)


def _promptfoo_document(row: Row) -> Row | None:
    """What holds prompts and results: in a file as written the inner object, in a dump of the library the row."""
    within = inner_result(row, "results")
    if "results" in within or "table" in within:
        return within
    return row if isinstance(row.get("results"), list) and ("prompts" in row or "_resultsLoaded" in row) else None


def _recognizes_promptfoo(row: Row, is_table: bool) -> bool:
    if is_table:
        return False
    return _promptfoo_document(row) is not None or {"promptIdx", "testIdx", "success"} <= set(row)


FORMAT = ResultFormat(label="promptfoo", order=10, recognizes=_recognizes_promptfoo, open_file=_PromptfooResults)
