"""What the check of a training file asks: the file, its format, and the training it is for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from calculators.domain import questions
from calculators.domain.records import TrainingLimits, TuningOffer
from calculators.domain.tokens import ENCODINGS
from calculators.engine.answering.counting import TokenCounter, token_counter
from calculators.engine.declare import choice, every, example, file, files, number, share, text, yes_no
from calculators.engine.facts import Facts
from calculators.engine.long_text import AnyText, texts_without_samples
from calculators.engine.numbers.units import TOKENS
from calculators.fine_tuning.dataset.samples import BEDROCK, CALLS, CLEAN, FAULTY, SAMPLES, TEST
from calculators.readers.training.check import check_training_file
from calculators.readers.training.copies.converting import DIALECTS
from calculators.readers.training.described import LONGEST_DESCRIPTION
from calculators.readers.training.files.intake import TrainingIntake, training_text_refusal
from calculators.readers.training.recognizing import AUTOMATIC, TRAINING_FORMATS

FORMATS = {AUTOMATIC: "As recognized in the file"} | {name: format.label for name, format in TRAINING_FORMATS.items()}
TARGETS = {"": "Pick a format"} | {name: TRAINING_FORMATS[name].label for name in DIALECTS}
LARGEST_FILE = 100_000_000
LARGEST_PASTE = 1_000_000


def open_dataset_reader(facts: Facts) -> TrainingIntake:
    """What takes the file; the reports of other files go, as they hold these."""
    check_training_file.cache_clear()
    return TrainingIntake(LARGEST_FILE)


data_file = partial(
    files,
    open_reader=open_dataset_reader,
    refusal=lambda text, facts: training_text_refusal(text),
    longest=LARGEST_FILE,
    is_whole=True,
)
"""A question for a file of examples."""


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The training file, what it is for, and how it is counted."""

    training_file: AnyText = data_file(
        "Training file",
        group="Training data",
        help="JSON Lines: one example a line; some formats take a JSON array. It is read in this browser tab and sent "
        "nowhere. Drop it here, too, packed or not, or in a folder with LLaMA-Factory's dataset_info.json.",
    )
    training_text: str = text(
        "Or paste its lines",
        unless=("training_file",),
        default=CLEAN,
        longest=LARGEST_PASTE,
        group="Training data",
        help="For up to a million characters; a chosen file comes first. What you paste stays in this browser tab.",
    )
    test_file: AnyText = data_file(
        "Test file",
        group="Test data, if you have some",
        help="To see whether prompts of the test set are in the training file as well.",
    )
    test_text: str = text(
        "Or paste its lines",
        unless=("test_file",),
        longest=LARGEST_PASTE,
        group="Test data, if you have some",
        help="What you paste stays in this browser tab.",
    )
    format: str = choice(
        "Format",
        FORMATS,
        default=AUTOMATIC,
        group="How it is read",
        because="the keys of the first examples say which",
        help="Several providers read the chat of OpenAI, each with rules of its own: pick yours.",
    )
    columns_file: str = file(
        "Description of the columns",
        longest=LONGEST_DESCRIPTION,
        group="How it is read",
        help="LLaMA-Factory's dataset_info.json, if your data has columns of other names: it says which is which. It "
        "counts while the format is left to the file. One that comes in the same folder is found by itself.",
    )
    closer: bool = yes_no(
        "Look closer",
        default=False,
        group="How it is read",
        folded=True,
        because="a look at every file would take several times as long",
        help="For what is almost alike, cut, personal, secret, in another language, or out of balance.",
    )
    encoding: str = choice(
        "Tokenizer",
        ENCODINGS,
        default="o200k_base",
        group="How it is read",
        folded=True,
        because="the tokenizer of OpenAI's models since GPT-4o",
    )
    limit: Decimal = number(
        "Token limit",
        TOKENS,
        low=1,
        high=10**7,
        default=4096,
        group="How it is read",
        folded=True,
        because="a cautious start, as in OpenAI's notebook; your provider names its own limit, often far higher",
        help="What is longer is cut there. Only what remains is trained on and billed.",
    )
    epochs: Decimal | None = questions.epochs(
        group="How it is read",
        high=100,
        whole=True,
        default=None,
        because="the rule of OpenAI's notebook, which the result names",
        help="How often training goes through the file. By rule three times; a small file more, a large one less. 0 is "
        "the rule, too.",
    )
    spread: Decimal = questions.tokenizer_spread(
        group="How it is read", folded=True, help="For models whose tokenizer is not published or not counted here."
    )
    without_errors: bool = yes_no(
        "Leave out lines that remain in error",
        default=False,
        group="Copies to download",
        folded=True,
        because="fewer examples teach something else, so you decide",
        help="For the corrected copy below the result. What is left out is listed with its lines.",
    )
    without_personal_data: bool = yes_no(
        "Mask personal data and keys",
        default=False,
        group="Copies to download",
        folded=True,
        because="an address may be what the examples are about, so you decide",
        help="For the corrected copy below the result: strings that look like an e-mail address, a phone number, a key "
        "or a password become [email], [phone] and [secret]. Names and addresses of houses stay.",
    )
    target: str = choice(
        "Convert to",
        TARGETS,
        default="",
        group="Copies to download",
        folded=True,
        because="a copy in another format is made on request",
        help="For the converted copy below the result.",
    )
    test_share: Decimal = share(
        "Share to test on",
        default="0.1",
        group="Copies to download",
        folded=True,
        because="a tenth of a few hundred examples is enough to see large differences; small files need more",
        help="For the two parts below the result. What is alike stays together, so the test part may be smaller.",
    )
    offer: TuningOffer = questions.offer(
        group="Price of training", label="Provider and model", because="a small open-weight model with a dated price"
    )
    as_of: str = questions.as_of(group="Price of training", folded=True)
    market: tuple[TuningOffer, ...] = every("tuning")
    limits: tuple[TrainingLimits, ...] = every("training_limits")
    counter: TokenCounter = token_counter()


EXAMPLES = [
    example("Ten lines for a help desk", training_text=CLEAN),
    example("A file with mistakes", training_text=FAULTY, test_text=TEST, limit=60),
    example("Calls of a tool, with mistakes", training_text=CALLS),
    example("A file for Amazon Bedrock", training_text=BEDROCK, format="bedrock", epochs=2),
]


def dataset_texts_that_belong_together(i: Inputs) -> tuple[AnyText, AnyText]:
    """The training data and the test data; no sample counts beside a text of the reader's own."""
    texts: list[AnyText] = [i.training_file or i.training_text, i.test_file or i.test_text]
    training, test = texts_without_samples(texts, SAMPLES)
    return training, test
