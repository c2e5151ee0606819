"""Is my training file good?

Reads a training file once and tells every line that breaks a rule of its format, what occurs twice, how many tokens it
has and what training on it costs. Nothing of the data is shown but the first letters of an unknown key or role; a copy
that the reader asks for is a file of its own.
"""

from __future__ import annotations

from calculators.domain.units import EXAMPLE_COUNT
from calculators.engine.declare import Range, bars, calculator, later
from calculators.engine.numbers import (
    Number,
    bare_value,
    ceil,
    choose,
    known,
    known_or,
    largest,
    named,
    quotient,
    smallest,
    untraced,
    when,
)
from calculators.engine.numbers.units import ONE, TOKENS, Unit
from calculators.fine_tuning.dataset.copies import clean_dataset, converted_dataset, divided_dataset, mended_dataset
from calculators.fine_tuning.dataset.epochs import default_epochs_of_dataset
from calculators.fine_tuning.dataset.inputs import EXAMPLES, Inputs, dataset_texts_that_belong_together
from calculators.fine_tuning.dataset.notes import dataset_judgement, dataset_remarks
from calculators.fine_tuning.dataset.outputs import UNKNOWN, Outputs
from calculators.fine_tuning.dataset.tables import (
    dataset_length_table,
    dataset_limit_table,
    dataset_problem_table,
    dataset_provider_table,
    dataset_training_cost,
)
from calculators.readers.training.check import check_training_file
from calculators.readers.training.files.intake import training_description_beside
from calculators.readers.training.report import BrokenRule
from calculators.readers.training.rules import ERROR, WARNING

__all__ = ["EXAMPLES", "NOT_COUNTED", "Inputs", "Outputs", "dataset"]


NOT_COUNTED = (
    "Whether the answers in the file are right.",
    "Images, sound and video.",
)


@calculator(chart=bars(output="lengths", by="tokens", column="examples", title="Examples by length"))
def dataset(i: Inputs) -> Outputs:
    """What one pass over the file found, and the arithmetic on its counts.

    Rules and token counts are those of OpenAI's notebook on preparing chat data, with further ones.

    A reply's start, 3, two messages, 3 each, their roles, 1 each, and the three words:

    >>> line = '{"messages": [{"role": "user", "content": "When?"}, {"role": "assistant", "content": "At ten."}]}'
    >>> dataset(sample(Inputs, training_text=line)).tokens
    Decimal('14')
    """
    format, encoding, closer = untraced(i.format), untraced(i.encoding), untraced(i.closer)
    training, test = dataset_texts_that_belong_together(i)
    description = i.columns_file or training_description_beside(training)
    report = check_training_file(training, test, format, encoding, i.counter, closer, description)

    def by_rules(label: str, count: int, unit: Unit) -> Number:
        number: Number = i.counter.measured(label, count, unit)
        number = choose(i.format == format, number, number)  # both are one: the working tells by which rules
        return choose(i.closer, number, number)

    def by_tokenizer(label: str, count: int) -> Number:
        number = by_rules(label, count, TOKENS)
        return choose(i.encoding == encoding, number, number)  # and by which tokenizer

    def lines_of(rule: str, label: str) -> Number:
        return by_rules(label, report.broken_rules.get(rule, BrokenRule()).count, EXAMPLE_COUNT)

    fitting, tokens_fitting = report.within(bare_value(i.limit))
    over = by_rules("Examples above the Token limit", len(report.tokens) - fitting, EXAMPLE_COUNT)
    examples = i.counter.measured("Examples in the file", report.examples, EXAMPLE_COUNT)
    weighed = by_rules("Examples with messages", len(report.tokens), EXAMPLE_COUNT)
    errors = by_rules("Errors found", report.count(ERROR), ONE)
    warnings = by_rules("Warnings found", report.count(WARNING), ONE) + over
    faulty = by_rules("Lines with an error found", report.faulty, ONE)
    tokens = by_tokenizer("Tokens counted", report.up_to[-1])
    within = by_tokenizer("Tokens of the examples within the Token limit", tokens_fitting)
    billing = named("Tokens of one epoch", within + over * i.limit)
    typed_epochs = known_or(i.epochs, 0)
    epochs = named("Epochs", choose(typed_epochs > 0, typed_epochs, default_epochs_of_dataset(examples)))
    charged = named("Tokens billed", billing * epochs)
    left_to_test = named("Examples but the one to train on", largest(examples - 1, 0))
    middle = report.middle()
    lower = by_tokenizer("Lower example of the middle", middle[0])
    upper = by_tokenizer("Upper example of the middle", middle[1])
    shortest, longest = (report.tokens[0], report.tokens[-1]) if report.tokens else (0, 0)
    recognized = report.format or UNKNOWN
    return Outputs(
        recognized=when(i.format == format, recognized, recognized),
        verdict=dataset_judgement(i, report, errors, warnings, examples, faulty),
        examples=examples,
        errors=errors,
        warnings=warnings,
        tokens=tokens,
        billing_tokens=billing,
        n_epochs=epochs,
        charged_tokens=charged,
        training_cost=choose(known(i.offer.training), dataset_training_cost(i.offer, charged), None),
        elsewhere=Range(charged * (1 - i.spread), charged, charged * (1 + i.spread)),
        assistant_tokens=by_tokenizer("Tokens in answers counted", report.assistant_tokens),
        tool_tokens=by_tokenizer("Tokens counted in definitions", report.tool_tokens),
        call_tokens=by_tokenizer("Tokens counted in calls", report.call_tokens),
        markup_tokens=by_tokenizer("Tokens added by the format", report.markup_tokens),
        mean=quotient(tokens, weighed),
        median=(lower + upper) / 2,
        shortest=by_tokenizer("Shortest example counted", shortest),
        longest=by_tokenizer("Longest example counted", longest),
        test_examples=choose(i.test_share < 1, smallest(ceil(examples * i.test_share), left_to_test), examples),
        over_limit=over,
        faulty_lines=faulty,
        missing_system=lines_of("missing_system", "Examples found without a system message"),
        missing_user=lines_of("missing_user", "Examples found without a user message"),
        duplicates=lines_of("duplicate", "Repeated examples found"),
        conflicts=lines_of("conflict", "Conflicting answers found"),
        overlap=lines_of("overlap", "Test prompts found in training"),
        emails=by_rules("Strings found like an e-mail address", report.emails, ONE),
        problems=later(lambda: dataset_problem_table(i, report)),
        lengths=later(lambda: dataset_length_table(i, report)),
        providers=later(lambda: dataset_provider_table(i, charged, examples)),
        limits=later(lambda: dataset_limit_table(i, report, examples, typed_epochs)),
        mended=later(lambda: mended_dataset(i, report)),
        clean=later(lambda: clean_dataset(i, report)),
        converted=later(lambda: converted_dataset(i, report)),
        parts=later(lambda: divided_dataset(i, report)),
        notes=later(lambda: dataset_remarks(i, report, examples)),
    )
