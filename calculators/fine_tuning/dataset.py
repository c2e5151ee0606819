"""Is my training file good?

Reads a chat file in JSON Lines once and tells every line that breaks a rule, what occurs twice, how many tokens it has
and what training on it costs. Nothing of the data is shown but the first letters of an unknown key or role.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators.engine.declare import (
    Column,
    Judgement,
    Range,
    Table,
    amount,
    bars,
    calculator,
    choice,
    day,
    every,
    example,
    file,
    findings,
    interval,
    later,
    number,
    pick,
    share,
    table,
    text,
    verdict,
)
from calculators.engine.numbers import (
    TOKENS_PER_MTOK,
    ascending,
    choose,
    floor,
    known,
    known_or,
    largest,
    named,
    note,
    plain,
    quotient,
    smallest,
    untraced,
    when,
)
from calculators.engine.records import TuningOffer
from calculators.engine.tokens import ENCODINGS, Counter, counter
from calculators.engine.traced import Constant
from calculators.engine.units import ONE, SHARE, TOKENS, USD, USD_PER_MTOK, count
from calculators.fine_tuning._report import LISTED, Found, Report, checked
from calculators.fine_tuning._rules import ERROR, HINT, RULES, WARNING
from calculators.fine_tuning._samples import BEDROCK, CLEAN, FAULTY, TEST

EXAMPLES_ = count("example")
EPOCHS = count("epoch")

FORMATS = {"openai": "OpenAI chat, which many services read", "bedrock": "Amazon Bedrock, Claude"}
LARGEST_FILE = 50_000_000
LARGEST_PASTE = 1_000_000

TARGET_EPOCHS = Constant(3, "epochs aimed at", ONE)
FEWEST_SEEN = Constant(100, "examples seen at the least", ONE)
MOST_SEEN = Constant(25_000, "examples seen at the most", ONE)
MOST_EPOCHS = Constant(25, "epochs at the most", ONE)
"""The rule by which OpenAI's notebook expects the number of epochs to be chosen."""


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The training file, what it is for, and how it is counted."""

    training_file: str = file(
        "Training file", longest=LARGEST_FILE, group="Training data",
        help="JSON Lines: one conversation a line. It is read in this browser tab and sent nowhere. Drop it here, too.",
    )  # fmt: skip
    training_text: str = text(
        "Or paste its lines", default=CLEAN, longest=LARGEST_PASTE, group="Training data",
        help="For up to a million characters; a chosen file comes first. What you paste stays in this browser tab.",
    )  # fmt: skip
    test_file: str = file(
        "Test file", longest=LARGEST_FILE, group="Test data, if you have some",
        help="To see whether prompts of the test set are in the training file as well.",
    )  # fmt: skip
    test_text: str = text(
        "Or paste its lines", longest=LARGEST_PASTE, group="Test data, if you have some",
        help="What you paste stays in this browser tab.",
    )  # fmt: skip
    format: str = choice(
        "Format", FORMATS, default="openai", group="How it is read", because="the format that most tools write",
        help="Bedrock wants the system prompt beside the messages, user and assistant in turns, and no other keys.",
    )  # fmt: skip
    encoding: str = choice(
        "Tokenizer", ENCODINGS, default="o200k_base", group="How it is read",
        because="the tokenizer of OpenAI's models since GPT-4o",
    )  # fmt: skip
    limit: Decimal = number(
        "Token limit", TOKENS, low=1, high=10**7, default=4096, group="How it is read",
        because="a cautious start, as in OpenAI's notebook; your provider names its own limit, often far higher",
        help="What is longer is cut there. Only what remains is trained on and billed.",
    )  # fmt: skip
    epochs: Decimal = number(
        "Epochs", EPOCHS, low=0, high=100, default=0, whole=True, group="How it is read",
        because="0 takes the number by the rule of OpenAI's notebook",
        help="How often training goes through the file. By rule three times; a small file more, a large one less.",
    )  # fmt: skip
    spread: Decimal = share(
        "Other tokenizers differ by", default="assumptions:tokenizer-spread", group="How it is read",
        help="For models whose tokenizer is not published or not counted here.",
    )  # fmt: skip
    offer: TuningOffer = pick(
        "tuning", label="Provider and model", default="tinker/qwen3-8b", group="Price of training",
        because="a small open-weight model with a dated price",
    )  # fmt: skip
    as_of: str = day("Prices as of", group="Price of training", help="Prices in force on that day.")
    market: tuple[TuningOffer, ...] = every("tuning")
    counter: Counter = counter()


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """Whether the file can be trained on, what to mend in which lines, and how much there is to train."""

    verdict: Judgement = verdict("Verdict", headline=True)
    examples: Decimal = amount("Examples", EXAMPLES_)
    errors: Decimal = amount("Errors", ONE, help="A line counts once for each rule it breaks.")
    warnings: Decimal = amount("Warnings", ONE)
    tokens: Decimal = amount("Tokens", TOKENS, help="With the few that the chat format adds to each message.")
    billing_tokens: Decimal = amount("Tokens of one epoch", TOKENS, help="Each example up to the token limit.")
    n_epochs: Decimal = amount("Epochs", EPOCHS)
    charged_tokens: Decimal = amount("Tokens billed", TOKENS, help="The tokens of one epoch, times the epochs.")
    training_cost: Decimal | None = amount(
        "Cost of one training run", USD, help="Nothing where training is not paid by the token."
    )
    elsewhere: Range = interval("Tokens billed with another tokenizer", TOKENS)
    assistant_tokens: Decimal = amount("Tokens in answers", TOKENS, detail=True, help="What the model learns to write.")
    mean: Decimal = amount("Tokens of an example, mean", TOKENS, detail=True)
    median: Decimal = amount("Tokens of an example, median", TOKENS, detail=True)
    shortest: Decimal = amount("Shortest example", TOKENS, detail=True)
    longest: Decimal = amount("Longest example", TOKENS, detail=True)
    over_limit: Decimal = amount("Examples above the limit", EXAMPLES_, detail=True)
    faulty_lines: Decimal = amount("Lines with an error", ONE, detail=True)
    missing_system: Decimal = amount("Examples without a system message", EXAMPLES_, detail=True)
    missing_user: Decimal = amount("Examples without a user message", EXAMPLES_, detail=True)
    duplicates: Decimal = amount("Repeated examples", EXAMPLES_, detail=True)
    conflicts: Decimal = amount("Conflicting answers", EXAMPLES_, detail=True)
    overlap: Decimal = amount("Test prompts that are in training", EXAMPLES_, detail=True)
    emails: Decimal = amount("Strings like an e-mail address", ONE, detail=True)
    problems: Table = table(
        "What to mend",
        Column("problem", "Problem"),
        Column("level", "Weight"),
        Column("lines", "Lines", ONE),
        Column("where", "Line numbers"),
        Column("remedy", "What to do"),
    )
    lengths: Table = table(
        "How long the examples are",
        Column("tokens", "Tokens"),
        Column("examples", "Examples", EXAMPLES_),
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
    notes: tuple[Any, ...] = findings("Good to know")


EXAMPLES = [
    example("Ten lines for a help desk", training_text=CLEAN),
    example("A file with mistakes", training_text=FAULTY, test_text=TEST, limit=60),
    example("A file for Amazon Bedrock", training_text=BEDROCK, format="bedrock", epochs=2),
]


@calculator(chart=bars(of="lengths", by="tokens", value="examples", title="Examples by length"))
def dataset(i: Inputs) -> Outputs:
    """What one pass over the file found, and the arithmetic on its counts.

    Rules and token counts are those of OpenAI's notebook on preparing chat data, with further ones.

    >>> 3 + 3 * 3 + (1 + 1 + 1) + 30      # a reply's start, three messages, their roles, texts of 30 tokens
    45
    """
    format, encoding = untraced(i.format), untraced(i.encoding)
    training, test = i.training_file or i.training_text, i.test_file or i.test_text
    report = checked(training, test, format, encoding, i.counter)

    def found(label: str, value: int, unit: Any) -> Any:
        number = i.counter.measured(label, value, unit)
        return choose(i.format == format, number, number)  # both are one: the working tells by which rules

    def counted(label: str, value: int) -> Any:
        number = found(label, value, TOKENS)
        return choose(i.encoding == encoding, number, number)  # and by which tokenizer

    def lines_of(rule: str, label: str) -> Any:
        return found(label, report.found.get(rule, Found()).count, EXAMPLES_)

    fitting, tokens_fitting = report.within(plain(i.limit))
    over = found("Examples above the Token limit", len(report.tokens) - fitting, EXAMPLES_)
    examples = i.counter.measured("Examples in the file", report.examples, EXAMPLES_)
    weighed = found("Examples with messages", len(report.tokens), EXAMPLES_)
    errors = found("Errors found", report.count(ERROR), ONE)
    warnings = found("Warnings found", report.count(WARNING), ONE) + over
    tokens = counted("Tokens counted", report.up_to[-1])
    billing = named(
        "Tokens of one epoch", counted("Tokens of the examples within the Token limit", tokens_fitting) + over * i.limit
    )
    epochs = named("Epochs", choose(i.epochs > 0, i.epochs, default_epochs(examples)))
    charged = named("Tokens billed", billing * epochs)
    lower, upper = report.middle()
    shortest, longest = (report.tokens[0], report.tokens[-1]) if report.tokens else (0, 0)
    return Outputs(
        verdict=judged(errors, warnings, examples),
        examples=examples,
        errors=errors,
        warnings=warnings,
        tokens=tokens,
        billing_tokens=billing,
        n_epochs=epochs,
        charged_tokens=charged,
        training_cost=choose(known(i.offer.training), cost(i.offer, charged), None),
        elsewhere=Range(charged * (1 - i.spread), charged, charged * (1 + i.spread)),
        assistant_tokens=counted("Tokens in answers counted", report.assistant_tokens),
        mean=quotient(tokens, weighed),
        median=(counted("Lower example of the middle", lower) + counted("Upper example of the middle", upper)) / 2,
        shortest=counted("Shortest example counted", shortest),
        longest=counted("Longest example counted", longest),
        over_limit=over,
        faulty_lines=found("Lines with an error found", report.faulty, ONE),
        missing_system=lines_of("missing_system", "Examples found without a system message"),
        missing_user=lines_of("missing_user", "Examples found without a user message"),
        duplicates=lines_of("duplicate", "Repeated examples found"),
        conflicts=lines_of("conflict", "Conflicting answers found"),
        overlap=lines_of("overlap", "Test prompts found in training"),
        emails=found("Strings found like an e-mail address", report.emails, ONE),
        problems=later(lambda: problems(i, report)),
        lengths=later(lambda: lengths(i, report)),
        providers=later(lambda: providers(i, charged, examples)),
        notes=later(lambda: remarks(i, report, examples)),
    )


def default_epochs(examples: Any) -> Any:
    """How often a training job goes through the file if nobody says: three times, but see 100 to 25,000 examples."""
    few = smallest(MOST_EPOCHS, floor(quotient(FEWEST_SEEN, examples)))
    many = largest(1, floor(quotient(MOST_SEEN, examples)))
    aimed = examples * TARGET_EPOCHS
    return choose(aimed < FEWEST_SEEN, few, choose(aimed > MOST_SEEN, many, TARGET_EPOCHS))


def judged(errors: Any, warnings: Any, examples: Any) -> Judgement:
    """The verdict in words, with what it rests on."""
    bad, doubtful = plain(errors), plain(warnings)
    answer = "Not ready: mend the errors" if bad else "Usable: look at the warnings" if doubtful else "Ready to train"
    reasons = (
        note(errors > 0, "Errors: {errors}. A training job refuses them or learns from them.", errors=(errors, ONE)),
        note(warnings > 0, "Warnings: {warnings}. They may be meant so.", warnings=(warnings, ONE)),
        note(examples > 0, "Read: {examples}.", examples=(examples, EXAMPLES_)),
    )
    return Judgement(answer, reasons)


def problems(i: Inputs, report: Report) -> Table:
    """A row for each rule that some line breaks, in the order of the rules, errors first."""
    everything = report.found | {"over_limit": report.longer(plain(i.limit))}
    rows = []
    for level in (ERROR, WARNING, HINT):
        for name, rule in RULES.items():
            found = everything.get(name, Found())
            if rule.level == level and found.count:
                label = f"{rule.label}: {found.detail}" if found.detail else rule.label
                lines = i.counter.measured("Lines", found.count, ONE)
                where = f"test data: {_where(found)}" if name in OF_TEST_DATA else _where(found)
                rows.append((label, level, lines, where, rule.remedy))
    return Table(tuple(rows))


OF_TEST_DATA = ("overlap", "test_line")


def _where(found: Found) -> str:
    """The first lines of a finding, and how many more there are."""
    more = f" and {found.count - LISTED:,} more" if found.count > LISTED else ""
    return ", ".join(str(line) for line in found.lines) + more


SMALLEST_BIN = 32
MOST_BINS = 10


def lengths(i: Inputs, report: Report) -> Table:
    """How many examples have up to 32 tokens, up to 64 and so on; at most ten rows, the first takes all below."""
    tops = [SMALLEST_BIN]
    while report.within(tops[-1])[0] < len(report.tokens):
        tops.append(tops[-1] * 2)
    tops = [top for top in tops if report.within(top)[0]][-MOST_BINS:]
    whole = i.counter.measured("Examples with messages", len(report.tokens), EXAMPLES_)
    rows, below, before = [], 0, 0
    for top in tops:
        fitting, _ = report.within(top)
        examples = i.counter.measured("Examples of this length", fitting - before, EXAMPLES_)
        rows.append((f"{below + 1:,} to {top:,}", examples, quotient(examples, whole)))
        below, before = top, fitting
    return Table(tuple(rows))


def cost(offer: TuningOffer, tokens: Any) -> Any:
    """What training on so many tokens costs (USD)."""
    return tokens * known_or(offer.training, 0) / TOKENS_PER_MTOK


def providers(i: Inputs, charged: Any, examples: Any) -> Table:
    """The same training run wherever it is still sold by the token, the cheapest first."""
    rows = []
    for listed in i.market:
        own = listed.id == i.offer.id
        offer = i.offer if own else listed
        if "" < offer.closes <= i.as_of or not plain(known(offer.training)):
            continue
        fewest = known_or(offer.smallest_file, 0)
        words = (
            when(examples < fewest, "wants more examples"),
            f"closed to new customers since {offer.closed_to_new}" if "" < offer.closed_to_new <= i.as_of else "",
            f"trains until {offer.closes}" if offer.closes else "",
        )
        remark = "; ".join(word for word in words if word)
        rows.append((offer.name, offer.training, cost(offer, charged), remark, offer.id))
    ordered = ascending(rows, key=lambda row: row[2])
    at = next((at for at, row in enumerate(ordered) if row[-1] == i.offer.id), None)
    return Table(tuple(row[:-1] for row in ordered), at)


def remarks(i: Inputs, report: Report, examples: Any) -> tuple[Any, ...]:
    """What a reader should know about this answer."""
    emails = i.counter.measured("Strings like an e-mail address", report.emails, ONE)
    return (
        note(
            i.format == "bedrock",
            "The tokens are counted with a tokenizer of OpenAI. Claude's own is not published: take the range.",
        ),
        note(
            emails > 0,
            "Strings that look like an e-mail address: {emails}. A model can repeat what it learned.",
            emails=(emails, ONE),
        ),
        note(
            examples < known_or(i.offer.smallest_file, 0),
            "This provider accepts files from {fewest} on.",
            fewest=(known_or(i.offer.smallest_file, 0), EXAMPLES_),
        ),
        note(
            i.epochs > 0,
            "By the rule of OpenAI's notebook it would be {epochs}.",
            epochs=(default_epochs(examples), EPOCHS),
        ),
    )
