"""What the prompt builder asks: the sections of a prompt, how they are sent, and to which model."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from calculators.domain import questions
from calculators.domain.records import ModelPrice
from calculators.engine.answering.counting import TokenCounter, token_counter
from calculators.engine.declare import choice, example, lines, text, yes_no
from calculators.prompting.builder.sections import FORMS


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One example: what comes in, and what the model shall answer."""

    input: str = text("Input", longest=10_000)
    output: str = text("Output", longest=10_000)


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """The sections of a prompt, how they are sent, and to which model. What is typed stays in this browser tab."""

    role: str = text(
        "Role",
        default="You answer for the help desk of a city library.",
        longest=20_000,
        group="The prompt",
        help="Who speaks, and in what tone. It does not make answers more accurate. What you type stays in this tab.",
    )
    task: str = text(
        "Task",
        group="The prompt",
        longest=100_000,
        default="Answer the reader's question from the context. If the context does not say, say so and name the desk.",
        help="What to do, in one or two plain sentences.",
    )
    constraints: str = text(
        "Constraints",
        default="At most three sentences.\nPromise no dates.",
        longest=100_000,
        group="The prompt",
        help="Limits and rules, one a line. Say what to do rather than what to avoid.",
    )
    output_format: str = text(
        "Output format",
        default="Plain text, without greeting.",
        longest=100_000,
        group="The prompt",
        help="The shape of the answer. For JSON, a provider's structured output holds better than words.",
    )
    examples: tuple[Pair, ...] = lines(
        "Examples",
        Pair,
        most=6,
        because="two examples show length and tone",
        group="The prompt",
        default=[
            {"input": "How long may I keep a book?", "output": "Four weeks. You can extend it twice in your account."},
            {"input": "Do you sell stamps?", "output": "The context does not say. Please ask at the front desk."},
        ],
    )
    context: str = text(
        "Context",
        default="Loans run four weeks. Films run one week. The library opens at ten.",
        longest=500_000,
        group="The prompt",
        help="What the model must know for this request, such as retrieved passages.",
    )
    user_input: str = text(
        "Input",
        default="When must I bring back a film?",
        longest=100_000,
        group="The prompt",
        help="What a user sends, or a typical one.",
    )
    context_varies: bool = yes_no(
        "Context differs with each request",
        default=True,
        group="How it is sent",
        folded=True,
        because="retrieved passages belong to one question",
    )
    context_early: bool = yes_no(
        "Context before the examples",
        default=False,
        group="How it is sent",
        folded=True,
        because="what never changes comes first, so that it can be cached",
    )
    form: str = choice(
        "Form that is counted",
        FORMS,
        default="chat",
        group="How it is sent",
        folded=True,
        because="most interfaces take messages",
    )
    caching: bool = questions.caching(group="How it is sent", folded=True)
    lifetime: str = questions.lifetime(group="How it is sent", folded=True, only_if=("caching", "yes"))
    active_hours: Decimal = questions.active_hours(group="How it is sent", folded=True, only_if=("caching", "yes"))
    found_cached: Decimal | None = questions.found_cached(
        group="How it is sent", folded=True, only_if=("caching", "yes")
    )
    requests: Decimal = questions.requests(group="What it costs", folded=True, help="")
    answer: Decimal = questions.answer(group="What it costs", folded=True, default=100, because="three sentences")
    reasoning: Decimal | None = questions.reasoning(group="What it costs", folded=True)
    effort: str = questions.effort(group="What it costs", folded=True)
    model: ModelPrice = questions.model(group="What it costs", help="")
    spread: Decimal = questions.tokenizer_spread(
        group="What it costs", folded=True, help="For models of other makers, whose tokenizers are not counted here."
    )
    as_of: str = questions.as_of(group="What it costs", folded=True)
    counter: TokenCounter = token_counter()


def typed_builder_examples(*pairs: tuple[str, str]) -> dict[str, object]:
    """Examples as a reader would type them, in the first lines of the table."""
    cells: dict[str, object] = {}
    for line, (asked, answered) in enumerate(pairs, 1):
        cells |= {f"examples__{line}__input": asked, f"examples__{line}__output": answered}
    return cells


EXAMPLES = [
    example("Answer from documents"),
    example(
        "Extract fields",
        role="You read invoices for an accounting department.",
        task="Extract the fields from the invoice in the input.",
        constraints="Copy values as they are written. Use null where a field is missing.",
        output_format='JSON: {"number": text, "date": "YYYY-MM-DD", "total": number, "currency": text}',
        context="",
        user_input="Invoice 2026-118 of November 3, 2026. Total due: EUR 1,240.50.",
        answer=60,
        **typed_builder_examples(
            ("Bill no. 77, May 2 2026, $40", '{"number": "77", "date": "2026-05-02", "total": 40, "currency": "USD"}'),
            ("Thank you for your visit!", '{"number": null, "date": null, "total": null, "currency": null}'),
        ),
    ),
    example(
        "Sort tickets",
        role="",
        task="Sort the ticket into exactly one class: billing, delivery, product, other.",
        constraints="If two classes fit, take the one the customer asks about last.",
        output_format="The class alone, in small letters.",
        context="",
        requests="400k",
        answer=3,
        user_input="My parcel came late, and I was charged twice.",
        form="tagged",
        **typed_builder_examples(
            ("The lamp flickers.", "product"), ("Where is my parcel?", "delivery"), ("I was charged twice.", "billing")
        ),
    ),
    example(
        "Write code",
        role="You are a careful Python programmer.",
        task="Write the function that the input describes, with a docstring and tests.",
        constraints="Standard library only.\nNo clever one-liners.\nSay which cases you leave out.",
        output_format="One code block, then one sentence.",
        answer=500,
        context_varies="no",
        context="Style: names are nouns, lines of at most 100 characters, type hints everywhere.",
        user_input="Split a text into sentences.",
        **typed_builder_examples(
            ("Add two numbers.", "def total(a: int, b: int) -> int: ..."), ("Sum a list.", "def total(...): ...")
        ),
    ),
]
