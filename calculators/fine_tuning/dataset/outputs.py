"""What the check of a training file answers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain.units import EPOCHS, EXAMPLE_COUNT
from calculators.engine.declare import (
    Column,
    CopiedFiles,
    Judgement,
    Range,
    Table,
    amount,
    file_copy,
    findings,
    interval,
    outcome,
    table,
    verdict,
)
from calculators.engine.numbers import Note
from calculators.engine.numbers.units import GB, ONE, SHARE, TOKENS, USD, USD_PER_MTOK
from calculators.readers.training.recognizing import TRAINING_FORMATS

UNKNOWN = "unknown"
CHANGES = (Column("change", "Change"), Column("lines", "Lines", ONE), Column("where", "Line numbers"))
FORMAT_LABELS = {name: format.label for name, format in TRAINING_FORMATS.items()}


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """Whether the file can be trained on, what to fix in which lines, and how much there is to train."""

    verdict: Judgement = verdict("Verdict", headline=True)
    recognized: str = outcome("Format", {UNKNOWN: "Not recognized"} | FORMAT_LABELS)
    examples: Decimal = amount("Examples", EXAMPLE_COUNT, measures=("Training examples",))
    errors: Decimal = amount("Errors", ONE, help="A line counts once for each rule it breaks.")
    warnings: Decimal = amount("Warnings", ONE)
    tokens: Decimal = amount("Tokens", TOKENS, help="Texts, calls and tools, with what the format adds.")
    billing_tokens: Decimal = amount("Tokens of one epoch", TOKENS, help="Each example up to the token limit.")
    n_epochs: Decimal = amount("Epochs", EPOCHS, measures=("Epochs",))
    charged_tokens: Decimal = amount("Tokens billed", TOKENS, help="The tokens of one epoch, times the epochs.")
    training_cost: Decimal | None = amount(
        "Cost of one training run", USD, help="Nothing where training is not paid by the token."
    )
    elsewhere: Range = interval("Tokens billed with another tokenizer", TOKENS)
    assistant_tokens: Decimal = amount(
        "Tokens in answers", TOKENS, detail=True, help="What is learned: texts, and of calls name and arguments."
    )
    tool_tokens: Decimal = amount(
        "Tokens in definitions of tools", TOKENS, detail=True, help="About: counted as JSON. Trained on and billed."
    )
    call_tokens: Decimal = amount("Tokens in calls", TOKENS, detail=True, help="Names and arguments. Ids do not count.")
    markup_tokens: Decimal = amount("Tokens that the format adds", TOKENS, detail=True)
    mean: Decimal = amount("Tokens of an example, mean", TOKENS, detail=True, measures=("Tokens in an example",))
    median: Decimal = amount("Tokens of an example, median", TOKENS, detail=True)
    shortest: Decimal = amount("Shortest example", TOKENS, detail=True)
    longest: Decimal = amount(
        "Longest example", TOKENS, detail=True, measures=("Maximum length of an example", "Sequence length")
    )
    test_examples: Decimal = amount(
        "Examples for the test part", EXAMPLE_COUNT, detail=True, help="At most, for the share to test on."
    )
    over_limit: Decimal = amount("Examples above the limit", EXAMPLE_COUNT, detail=True)
    faulty_lines: Decimal = amount("Lines with an error", ONE, detail=True)
    missing_system: Decimal = amount("Examples without a system message", EXAMPLE_COUNT, detail=True)
    missing_user: Decimal = amount("Examples without a user message", EXAMPLE_COUNT, detail=True)
    duplicates: Decimal = amount("Repeated examples", EXAMPLE_COUNT, detail=True)
    conflicts: Decimal = amount("Conflicting answers", EXAMPLE_COUNT, detail=True)
    overlap: Decimal = amount("Test prompts that are in training", EXAMPLE_COUNT, detail=True)
    emails: Decimal = amount("Strings like an e-mail address", ONE, detail=True)
    problems: Table = table(
        "What to fix",
        Column("problem", "Problem"),
        Column("level", "Weight"),
        Column("lines", "Lines", ONE),
        Column("where", "Line numbers"),
        Column("remedy", "What to do, and whose rule it is"),
        leading=True,
    )
    mended: CopiedFiles = file_copy(
        "A corrected copy",
        *CHANGES,
        files={"mended": "Download a corrected copy"},
        help="What needs no choice of yours: byte order mark, line ends, blank lines, keys that are null, arguments "
        "encoded twice, examples that are the same. Lines with another error and personal data stay in it.",
    )
    clean: CopiedFiles = file_copy(
        "A copy without errors",
        *CHANGES,
        files={"clean": "Download a copy without errors"},
        help="The corrected copy without the lines in which an error remains, and with what looks like an e-mail "
        "address, a phone number, a key or a password masked. The changes are listed with their lines.",
    )
    lengths: Table = table(
        "How long the examples are",
        Column("tokens", "Tokens"),
        Column("examples", "Examples", EXAMPLE_COUNT),
        Column("share", "Share", SHARE),
    )
    providers: Table = table(
        "One training run at every provider",
        Column("model", "Provider and model"),
        Column("price", "Training price", USD_PER_MTOK),
        Column("cost", "Cost", USD),
        Column("remark", "Remark"),
        help="For the same number of tokens; each model's tokenizer makes a somewhat different one of it.",
    )
    limits: Table = table(
        "What providers accept",
        Column("provider", "Provider"),
        Column("fewest", "Fewest examples", EXAMPLE_COUNT),
        Column("most", "Most examples", EXAMPLE_COUNT),
        Column("tokens", "Tokens of an example", TOKENS),
        Column("size", "Largest file (GB)", GB),
        Column("images", "Images of an example", ONE),
        Column("epochs", "Most epochs", EPOCHS),
        Column("remark", "Your file"),
        help="A dash: the provider publishes none, or none was found.",
    )
    converted: CopiedFiles = file_copy(
        "A copy in another format",
        *CHANGES,
        files={"converted": "Download a converted copy"},
        needs="target",
        help="Pick the format under “Convert to”. What gets lost is listed with its lines.",
    )
    parts: CopiedFiles = file_copy(
        "A part to train on, a part to test on",
        *CHANGES,
        files={"training_part": "Download the training part", "test_part": "Download the test part"},
        help="Examples that are the same or almost alike stay in one part. The same file always gives the same parts.",
    )
    notes: tuple[Note, ...] = findings("Good to know")
