"""The judgement of a training file, and what a reader should know about it."""

from __future__ import annotations

from calculators.domain.units import EPOCHS, EXAMPLE_COUNT
from calculators.engine.declare import Judgement
from calculators.engine.numbers import Note, Number, bare_value, both, known, known_or, note, untraced
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import ONE, counted_unit
from calculators.fine_tuning.dataset.epochs import default_epochs_of_dataset
from calculators.fine_tuning.dataset.inputs import Inputs
from calculators.readers.strangers import STRANGERS, stranger_note
from calculators.readers.training.described import is_training_description
from calculators.readers.training.recognizing import AUTOMATIC
from calculators.readers.training.report import TrainingReport

COUNTED_ELSEWHERE = ("bedrock", "nova", "gemini", "mistral")
"""Formats of models whose tokenizer is not OpenAI's, whoever trains them."""

ERRORS, WARNINGS = counted_unit("error"), counted_unit("warning")

LENGTH_BIAS = Constant(80, "percent of pairs above which length may be what is learned", ONE)


def dataset_judgement(
    i: Inputs, report: TrainingReport, errors: Number, warnings: Number, examples: Number, faulty: Number
) -> Judgement:
    """The verdict in words, with what it rests on; `faulty` are the lines with an error."""
    if report.stranger:
        return Judgement(f"Not a training file: {STRANGERS[report.stranger].what}", ())
    bad, doubtful = bare_value(errors), bare_value(warnings)
    answer = "Not ready: fix the errors" if bad else "Usable: look at the warnings" if doubtful else "Ready to train"
    reasons = (
        note(errors > 0, "Errors: {errors}. A training job refuses them or learns from them.", errors=(errors, ONE)),
        note(warnings > 0, "Warnings: {warnings}. They may be intended.", warnings=(warnings, ONE)),
        note(examples > 0, "Read: {examples}.", examples=(examples, EXAMPLE_COUNT)),
        *_dataset_refusals(i, report, examples),
    )
    return Judgement(answer, reasons, _dataset_amounts(errors, warnings, examples, faulty))


def _dataset_refusals(i: Inputs, report: TrainingReport, examples: Number) -> tuple[Note, ...]:
    """The providers that read the file's format and want more examples than it has."""
    return tuple(
        note(
            both(examples > 0, examples < known_or(limits.smallest_file, 0)),
            f"Too few examples for {limits.name}, which wants {{smallest}} at least.",
            smallest=(known_or(limits.smallest_file, 0), EXAMPLE_COUNT),
        )
        for limits in i.limits
        if bare_value(known(limits.smallest_file)) and report.format in limits.accepted_formats()
    )


def _dataset_amounts(errors: Number, warnings: Number, examples: Number, faulty: Number) -> Note:
    """The verdict with how much of the file it is about. An error may be one of the whole file, and so of no line."""
    is_broken, is_doubtful = bool(bare_value(errors)), bool(bare_value(warnings))
    words = "Not ready: {errors}; free of errors: {sound} of {examples}" if is_broken else "Ready to train: {examples}"
    return note(
        True,
        "Usable: {examples}, no errors, {warnings}" if is_doubtful and not is_broken else words,
        errors=(errors, ERRORS),
        warnings=(warnings, WARNINGS),
        sound=(examples - faulty, ONE),
        examples=(examples, EXAMPLE_COUNT),
    )


def _dataset_description_remarks(i: Inputs, report: TrainingReport) -> tuple[Note, ...]:
    """Whether a dataset_info.json tells what the columns are."""
    is_asked = untraced(i.format) == AUTOMATIC
    return (
        note(
            is_training_description(i.training_file or i.training_text),
            "This is a dataset_info.json, not the data. Choose it under “Description of the columns”, and the file "
            "that it describes as the training file.",
            is_error=True,
        ),
        note(bool(report.described), "The columns are read as the dataset_info.json describes them."),
        note(
            bool(i.columns_file) and is_asked and not report.described,
            "The description has no data set in the forms of Alpaca or ShareGPT whose columns this file has, so it is "
            "passed over.",
            is_error=True,
        ),
        note(
            bool(i.columns_file) and not is_asked,
            "You picked the format, so the description of the columns is passed over.",
        ),
    )


def _dataset_copy_remarks(i: Inputs, report: TrainingReport) -> tuple[Note, ...]:
    """What a corrected copy keeps: said before it is downloaded."""
    bare = untraced(i)
    faulty = i.counter.measured("Lines with an error", report.faulty, ONE)
    found = i.counter.measured(
        "Strings that look personal or secret", report.emails + report.phones + report.secrets, ONE
    )
    return (
        note(
            both(faulty > 0, not bare.without_errors),
            "Lines with an error: {faulty}. A corrected copy keeps those that only you can fix, the copy without "
            "errors leaves them out.",
            faulty=(faulty, ONE),
        ),
        note(
            both(found > 0, not bare.without_personal_data),
            "Strings that look personal or secret: {found}. A corrected copy keeps them, the copy without errors masks "
            "them.",
            found=(found, ONE),
        ),
    )


def dataset_remarks(i: Inputs, report: TrainingReport, examples: Number) -> tuple[Note, ...]:
    """What a reader should know about this answer."""
    format, is_unknown = untraced(i.format), not report.format and report.examples > 0
    emails = i.counter.measured("Strings like an e-mail address", report.emails, ONE)
    phones = i.counter.measured("Strings like a phone number", report.phones, ONE)
    secrets = i.counter.measured("Strings like a key or a password", report.secrets, ONE)
    pairs = i.counter.measured("Pairs of answers", report.pairs, ONE)
    longer = i.counter.measured("Pairs with a longer preferred answer", report.longer_pairs, ONE)
    counted_elsewhere = report.format in COUNTED_ELSEWHERE
    stranger = STRANGERS.get(report.stranger)
    return (
        *((stranger_note(f"Nothing is checked: {stranger.sentence}.", stranger),) if stranger else ()),
        *_dataset_description_remarks(i, report),
        note(
            both(i.format == format, counted_elsewhere),
            "The tokens are counted with a tokenizer of OpenAI. The model's own differs: take the range.",
        ),
        note(
            both(i.format == format, is_unknown),
            "The keys of the first examples belong to no format that is known here. The rules are those of a chat.",
        ),
        note(
            pairs > 0,
            "Whether a prompt is billed once or twice for a pair is not published. It is counted once here.",
        ),
        note(
            longer * 100 > pairs * LENGTH_BIAS,
            "Of {pairs} pairs, {longer} prefer the longer answer. The model may learn length rather than quality.",
            pairs=(pairs, ONE),
            longer=(longer, ONE),
        ),
        note(
            emails > 0,
            "Strings that look like an e-mail address: {emails}. A model can repeat what it learned.",
            emails=(emails, ONE),
        ),
        note(
            phones > 0,
            "Strings that look like a phone number: {phones}.",
            phones=(phones, ONE),
        ),
        note(
            secrets > 0,
            "Strings that look like a key or a password: {secrets}. Replace them where they are in use.",
            secrets=(secrets, ONE),
        ),
        *_dataset_copy_remarks(i, report),
        note(
            examples < known_or(i.offer.smallest_file, 0),
            "This provider accepts files from {fewest} on.",
            fewest=(known_or(i.offer.smallest_file, 0), EXAMPLE_COUNT),
        ),
        note(
            known_or(i.epochs, 0) > 0,
            "By the rule of OpenAI's notebook it would be {epochs}.",
            epochs=(default_epochs_of_dataset(examples), EPOCHS),
        ),
    )
