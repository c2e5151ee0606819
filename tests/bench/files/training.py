"""Times the check of training files against `json.loads` on the same lines, and against counting the same texts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from time import process_time

from calculators.engine.answering.counting import exact_token_counter
from calculators.readers.training.check import check_training_file
from macros.tokens import count_with_tiktoken
from tests.bench.files.examples import counted_texts, training_files
from tests.bench.measuring.rows import Row
from tests.bench.measuring.setting import Setting
from tests.bench.measuring.spent import spent
from tests.conftest import ROOT

SLOWEST_WITHOUT, SLOWEST_WITH = 1 / 0.3, 1 / 0.8
"""How many times as long as parsing a check without token counts may take, and one with them as counting alone."""

ENCODING = "o200k_base"
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
    b'{{"messages": [{{"role": "user", "content": "Question %d: ' + {words} * b"a word or two " + b'"}}, '
    b'{{"role": "assistant", "content": "' + {words} * b"a word or two "
    + "\\N{{GRINNING FACE}}".encode() + b'"}}]}}\\r\\n'
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
"""Each example has an emoji: Python keeps a whole text with one in four bytes a letter."""

WORDS, FEW_WORDS = 20, 1
"""How often the words of a text come: half a kilobyte an example, or so little that a file has 730,000 of them."""

STEPS = (
    ("", WORDS, "examples"),
    ("closer", WORDS, "examples looked at closer"),
    ("mended", WORDS, "examples, mended"),
    ("converted", WORDS, "examples, converted"),
    ("test_part", WORDS, "examples, divided"),
    ("closer", FEW_WORDS, "very short examples looked at closer"),
    ("test_part", FEW_WORDS, "very short examples, divided"),
)
"""What is done to a large file: the check alone, a closer look, and copies after it."""


def training_rows(setting: Setting) -> Iterator[Row]:
    """The check without token counts, with them, and with a closer look, in processor time of the terminal; memory."""
    count_with_tiktoken("a", ENCODING)
    for name, lines in training_files().items():
        yield from _speed_rows(name, lines, setting.runs)
    path = setting.folder / "examples.py"
    for step, words, label in STEPS:
        is_closer = step == "closer"
        copy = "" if is_closer else step
        path.write_text(MEASURED.format(size=LARGEST * MEGABYTE, words=words, closer=is_closer, copy=copy), "utf-8")
        row = f"memory for {LARGEST} MB of {label}, Python included"
        yield Row(row, spent(ROOT, str(path))[1], "MB", limit=MEMORY)


def _speed_rows(name: str, lines: list[str], runs: int) -> Iterator[Row]:
    """Of one file: the check without token counts, with them, and with a closer look."""
    text = "\n".join(lines) + "\n"
    texts = [words for line in lines for words in counted_texts(line)]

    def parsed() -> None:
        for line in lines:
            json.loads(line)

    def counted() -> None:
        for words in texts:
            count_with_tiktoken(words, ENCODING)

    def checked(count: Callable[[str, str], int], closer: bool = False) -> Callable[[], None]:
        def check() -> None:
            check_training_file.cache_clear()
            check_training_file(text, "", "openai", ENCODING, exact_token_counter(count), closer)

        return check

    size = len(text) / MEGABYTE
    parsing, counting = fastest(parsed, runs), fastest(counted, runs)
    free = fastest(checked(lambda words, encoding: 1), runs)
    label = f"{size:.1f} MB of {name} without token counts, json.loads {size / parsing:.0f} MB/s"
    yield Row(label, 1000 * free, "ms", over=1000 * parsing, target=SLOWEST_WITHOUT)
    full = fastest(checked(count_with_tiktoken), runs)
    label = f"{size:.1f} MB of {name} with token counts, the counter {size / counting:.0f} MB/s"
    yield Row(label, 1000 * full, "ms", over=1000 * counting, target=SLOWEST_WITH)
    closer = fastest(checked(lambda words, encoding: 1, closer=True), 1)
    yield Row(f"{size:.1f} MB of {name} looked at closer, near-duplicates among it", 1000 * closer, "ms")


def fastest(run: Callable[[], None], runs: int) -> float:
    """The least processor time of several runs (s)."""
    times = []
    for _ in range(runs):
        begun = process_time()
        run()
        times.append(process_time() - begun)
    return min(times)
