"""The tables of a training file: what is wrong, how long the examples are, what each provider charges."""

from __future__ import annotations

from calculators.domain.records import TrainingLimits, TuningOffer
from calculators.domain.records.ends import has_ended
from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.declare import RankedRow, Table, declared_row_remark, ranked_output_table
from calculators.engine.numbers import TOKENS_PER_MTOK, Number, bare_value, known, known_or, quotient, when
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import BYTES, GB, ONE, TOKENS
from calculators.fine_tuning.dataset.inputs import Inputs
from calculators.readers.training.copies.changes import training_line_numbers_in_words, training_places_in_words
from calculators.readers.training.copies.converting import convertible_training_file
from calculators.readers.training.recognizing import TRAINING_FORMATS, USUAL_FORMAT
from calculators.readers.training.report import LISTED, BrokenRule, TrainingReport
from calculators.readers.training.rules import ERROR, HINT, RULES, WARNING


def dataset_problem_table(i: Inputs, report: TrainingReport) -> Table:
    """A row for each rule that some line breaks, in the order of the rules, errors first."""
    format = TRAINING_FORMATS[report.format or USUAL_FORMAT]
    everything = report.broken_rules | {"over_limit": report.longer(bare_value(i.limit))}
    rows, report_rows = [], []
    for level in (ERROR, WARNING, HINT):
        for name, rule in RULES.items():
            broken = everything.get(name, BrokenRule())
            if rule.level == level and broken.count:
                label = f"{rule.label}: {broken.detail}" if broken.detail else rule.label
                lines = i.counter.measured("Lines", broken.count, ONE)
                is_of_test = name in OF_TEST_DATA
                is_packed = report.is_test_packed if is_of_test else report.is_packed and name not in OF_WHOLE_FILE
                where = ("test data: " if is_of_test else "") + _dataset_problem_where(broken, is_packed=is_packed)
                basis = format.basis.get(name, rule.basis)
                rest = (level, lines, where, f"{rule.remedy} {basis}." if basis else rule.remedy)
                rows.append((label, *rest))
                report_rows.append((rule.label, *rest))
    return Table(tuple(rows), report_rows=tuple(report_rows))


OF_TEST_DATA = ("overlap", "near_overlap", "test_line")
OF_WHOLE_FILE = ("empty", "array", "utf_16", "bom")


def _dataset_problem_where(broken: BrokenRule, *, is_packed: bool) -> str:
    """The first lines that break a rule, or examples of an array on one line, and how many more there are."""
    more = f" and {broken.count - LISTED:,} more" if broken.count > LISTED else ""
    if any(broken.messages):
        places = zip(broken.lines, broken.messages, strict=True)
        words = ", ".join(f"{line} (message {message})" if message else str(line) for line, message in places)
    else:
        words = training_line_numbers_in_words(broken.lines)
    return training_places_in_words(words + more, broken.count) if is_packed else words + more


BYTES_PER_GB = Constant(1_000_000_000, "bytes in a gigabyte", BYTES / GB)
SMALLEST_BIN = 32


MOST_BINS = 10


def dataset_length_table(i: Inputs, report: TrainingReport) -> Table:
    """How many examples have up to 32 tokens, up to 64 and so on; at most ten rows, the first takes all below."""
    tops = [SMALLEST_BIN]
    while report.within(tops[-1])[0] < len(report.tokens):
        tops.append(tops[-1] * 2)
    tops = [top for top in tops if report.within(top)[0]][-MOST_BINS:]
    whole = i.counter.measured("Examples with messages", len(report.tokens), EXAMPLE_COUNT)
    rows, below, before = [], 0, 0
    for top in tops:
        fitting, _ = report.within(top)
        examples = i.counter.measured("Examples of this length", fitting - before, EXAMPLE_COUNT)
        rows.append((f"{below + 1:,} to {top:,}", examples, quotient(examples, whole)))
        below, before = top, fitting
    return Table(tuple(rows))


def dataset_training_cost(offer: TuningOffer, tokens: Number) -> Number:
    """What training on so many tokens costs (USD)."""
    return tokens * known_or(offer.training, 0) / TOKENS_PER_MTOK


def dataset_provider_table(i: Inputs, charged: Number, examples: Number) -> Table:
    """The same training run wherever it is still sold by the token, the cheapest first."""
    rows = []
    for listed in i.market:
        offer = i.offer if listed.id == i.offer.id else listed
        if has_ended(offer.closes, i.as_of) or not bare_value(known(offer.training)):
            continue
        remark = declared_row_remark(
            when(examples < known_or(offer.smallest_file, 0), "wants more examples"),
            f"closed to new customers since {offer.closed_to_new}" if has_ended(offer.closed_to_new, i.as_of) else "",
            f"trains until {offer.closes}" if offer.closes else "",
        )
        price = dataset_training_cost(offer, charged)
        rows.append(RankedRow(offer.id, price, (offer.name, offer.training, price, remark)))
    return ranked_output_table(rows, own=i.offer.id)


def dataset_format_remark(format: str, limits: TrainingLimits) -> str:
    """What stands between a file and a provider by its format; nothing where the provider reads it."""
    accepted = limits.accepted_formats()
    if not format:
        return "format not recognized"
    if format in accepted or not accepted:
        return ""
    return "after conversion" if convertible_training_file(format, accepted[0]) else "wants another format"


def dataset_limit_table(i: Inputs, report: TrainingReport, examples: Number, typed_epochs: Number) -> Table:
    """What each provider accepts, and where the file does not fit, or the epochs that the reader wants; 0 is none."""
    errors = report.count(ERROR)
    to_fix = f"{errors:,} error{'s' * (errors != 1)} to fix" if errors else ""
    longest = i.counter.measured("Tokens of the longest example", report.tokens[-1] if report.tokens else 0, TOKENS)
    size = i.counter.measured("Bytes of the file", report.size, BYTES) / BYTES_PER_GB
    images = i.counter.measured("Images of an example at most", report.most_images, ONE)
    rows = []
    for limits in i.limits:
        remark = declared_row_remark(
            to_fix,
            dataset_format_remark(report.format, limits),
            when(examples < known_or(limits.smallest_file, 0), "too few examples"),
            when(examples > known_or(limits.largest_file, examples), "too many examples"),
            when(longest > known_or(limits.example_tokens, longest), "an example is too long"),
            when(size > known_or(limits.file_size, size), "too large"),
            when(images > known_or(limits.images, images), "an example has too many images"),
            when(typed_epochs > known_or(limits.epochs, typed_epochs), "too many epochs"),
        )
        figures = (
            limits.smallest_file,
            limits.largest_file,
            limits.example_tokens,
            limits.file_size,
            limits.images,
            limits.epochs,
        )
        rows.append((limits.name, *figures, remark or "fits what is published"))
    return Table(tuple(rows))
