"""Times the check of a training file against `json.loads` on the same lines, and against counting the same texts.

The questions and answers are paragraphs of this project's pages, so that the tokenizer has words as people write them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from time import process_time

from calculators.engine.answering.counting import exact_token_counter
from calculators.readers.training.check import check_training_file
from macros.tokens import count_with_tiktoken
from tests.bench.measuring.rows import Row
from tests.bench.measuring.setting import Setting
from tests.bench.measuring.spent import spent
from tests.conftest import ROOT

SLOWEST_WITHOUT, SLOWEST_WITH = 1 / 0.3, 1 / 0.8
"""How many times as long as parsing a check without token counts may take, and one with them as counting alone."""

ENCODING = "o200k_base"
SHORTEST, LONGEST, REPEATED = 120, 2500, 3
MEGABYTE = 1_000_000

LARGEST, MEMORY = 100, 300
"""Megabytes of a file, and of memory that its check may take."""

MEASURED = """
from decimal import Decimal
from calculators.engine.answering.counting import exact_token_counter
from calculators.readers.training.check import check_training_file
from calculators.readers.training.copies.converting import converted_training_copy
from calculators.readers.training.copies.mending import mended_training_copy
from calculators.readers.training.copies.splitting import training_and_test_parts
from calculators.readers.training.files.intake import TrainingIntake
line = (
    b'{{"messages": [{{"role": "user", "content": "Question %d: ' + 20 * b"a word or two " + b'"}}, '
    b'{{"role": "assistant", "content": "' + 20 * b"a word or two " + "\\N{{GRINNING FACE}}".encode() + b'"}}]}}\\r\\n'
)
intake = TrainingIntake({size})
intake.open("train.jsonl")
for first in range(0, {size} // len(line), 1000):
    intake.feed(b"".join(line % number for number in range(first, first + 1000)))
intake.close()
text = intake.finish()
report = check_training_file(text, "", "auto", "o200k_base", exact_token_counter(lambda words, encoding: 1), {closer})
copies = {{
    "mended": lambda: mended_training_copy(text, report.rules),
    "converted": lambda: converted_training_copy(text, report.format, "gemini"),
    "test_part": lambda: training_and_test_parts(text, report.rules, Decimal("0.1")),
}}
for piece in copies["{copy}"]().pieces("{copy}") if "{copy}" else ():
    pass
"""
"""Half a kilobyte an example, each with an emoji: Python keeps a whole text with one in four bytes a letter."""

STEPS = {
    "": "examples",
    "closer": "examples looked at closer",
    "mended": "examples, mended",
    "converted": "examples, converted",
    "test_part": "examples, divided",
}
"""What is done to a large file: the check alone, a closer look, and copies after it."""


def training_rows(setting: Setting) -> Iterator[Row]:
    """The check without token counts, with them, and what a closer look adds, in processor time of the terminal."""
    lines = training_lines()
    text = "\n".join(lines) + "\n"
    said = [message["content"] for line in lines for message in json.loads(line)["messages"]]
    count_with_tiktoken(text[:100], ENCODING)

    def parsed() -> None:
        for line in lines:
            json.loads(line)

    def counted() -> None:
        for words in said:
            count_with_tiktoken(words, ENCODING)

    def checked(count: Callable[[str, str], int], closer: bool = False) -> Callable[[], None]:
        def check() -> None:
            check_training_file.cache_clear()
            check_training_file(text, "", "openai", ENCODING, exact_token_counter(count), closer)

        return check

    size = len(text) / MEGABYTE
    parsing, counting = fastest(parsed, setting.runs), fastest(counted, setting.runs)
    free = fastest(checked(lambda words, encoding: 1), setting.runs)
    label = f"{size:.1f} MB without token counts, json.loads {size / parsing:.0f} MB/s"
    yield Row(label, 1000 * free, "ms", over=1000 * parsing, target=SLOWEST_WITHOUT)
    full = fastest(checked(count_with_tiktoken), setting.runs)
    label = f"{size:.1f} MB with token counts, the counter {size / counting:.0f} MB/s"
    yield Row(label, 1000 * full, "ms", over=1000 * counting, target=SLOWEST_WITH)
    closer = fastest(checked(lambda words, encoding: 1, closer=True), 1)
    yield Row(f"{size:.1f} MB looked at closer, near-duplicates among it", 1000 * closer, "ms")
    path = setting.folder / "examples.py"
    for step, words in STEPS.items():
        is_closer = step == "closer"
        asked = MEASURED.format(size=LARGEST * MEGABYTE, closer=is_closer, copy="" if is_closer else step)
        path.write_text(asked, "utf-8")
        label = f"memory for {LARGEST} MB of {words}, Python included"
        yield Row(label, spent(ROOT, str(path))[1], "MB", limit=MEMORY)


def fastest(run: Callable[[], None], runs: int) -> float:
    """The least processor time of several runs (s)."""
    times = []
    for _ in range(runs):
        begun = process_time()
        run()
        times.append(process_time() - begun)
    return min(times)


def training_lines() -> list[str]:
    """Chats of three messages, with the paragraphs of the pages as questions and answers."""
    pages = sorted((ROOT / "docs").glob("*/*.md"))
    parts = [part.strip() for page in pages for part in page.read_text("utf-8").split("\n\n")]
    parts = [part for part in parts if SHORTEST < len(part) < LONGEST]
    chats = []
    for question, answer, more in zip(parts, parts[1:], parts[2:], strict=False):
        roles = (("system", "You answer the help desk."), ("user", question), ("assistant", f"{answer} {more}"))
        chats.append(json.dumps({"messages": [{"role": role, "content": said} for role, said in roles]}))
    return chats * REPEATED
