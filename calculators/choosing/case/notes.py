"""What a reader of a case should know: the cheapest lever, and what follows from what matters most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from calculators.choosing.approach.answers import approach_answer_in_words, approach_question_label
from calculators.choosing.break_even.compared_plans import ComparedPlan, compared_plan
from calculators.choosing.break_even.lever_inputs import SOURCES
from calculators.choosing.case.inputs import Inputs
from calculators.choosing.case.ladder import (
    case_does_without_documents,
    case_ladder_answers,
    case_ladder_contradictions,
    case_ladder_misses_documents,
)
from calculators.choosing.case.ladder_inputs import DERIVED
from calculators.choosing.case.levers import (
    AT_HOME,
    YEAR,
    case_comparison,
    case_document_tokens,
    case_documents_fit_prompt,
    case_lever_unfit,
    case_prompt_limit,
    case_searches_documents,
)
from calculators.choosing.case.step import CaseStep
from calculators.choosing.case.wait import case_share_in_time
from calculators.domain.model_notes import (
    model_past_shutdown_note,
    model_price_months_note,
)
from calculators.domain.units import EXAMPLE_COUNT, SECONDS
from calculators.engine.declare import Judgement, Table
from calculators.engine.numbers import (
    Note,
    Number,
    bare_value,
    both,
    is_known_number,
    months,
    note,
    opposite,
    quotient,
    sorted_by_number,
    untraced,
)
from calculators.engine.numbers.notes import name_in_note
from calculators.engine.numbers.traced import Constant
from calculators.engine.numbers.units import (
    HOUR,
    ONE,
    REQUESTS_PER_MONTH,
    SHARE,
    TOKENS,
    USD,
    USD_PER_HOUR,
    counted_unit,
)
from calculators.evaluating import evaluation_pilot, evaluation_pilot_remarks
from calculators.readers.strangers import STRANGERS, USAGE
from calculators.serving import MEDIAN, SLOW, RequestWait

REQUEST_COUNT = counted_unit("request")

UP = "../"
"""The page of a case is one level above those of other calculators, from which addresses are written."""

FEW_REQUESTS = Constant(100, "few requests", REQUESTS_PER_MONTH)
"""Below so many requests a month, a case says what that means."""


def case_cheapest(i: Inputs, plans: Mapping[str, ComparedPlan]) -> Judgement:
    """The lever that costs least, of those that give the model its documents."""
    able = [plan for name, plan in plans.items() if not case_lever_unfit(i, name)]
    if not able:
        return Judgement("None keeps data at home with the machine that you chose", ())
    return Judgement(sorted_by_number(able, key=lambda plan: plan.total)[0].name, ())


def case_remarks(
    i: Inputs,
    plans: Mapping[str, ComparedPlan],
    cases: Number | None,
    wait: RequestWait,
    step: CaseStep,
    ends: Table,
) -> tuple[Note, ...]:
    """What follows from what matters most, from what is missing, and from answers that do not go together."""
    matters = bare_value(i.matters)
    used, trained = name_in_note(bare_value(i.model).name), name_in_note(bare_value(i.tuned.offer).name)
    model = "" if used == trained else f"Fine-tuning is priced on {trained}, and prompting and retrieval on {used}."
    counted = matters == "time" and case_ladder_answers(untraced(i))["latency"] == "yes"
    return (
        *_file_remarks(i),
        model_past_shutdown_note(i.model, i.as_of, ", so it cannot be used. Choose another model"),
        *(model_price_months_note(record, YEAR) for record in (i.model, i.tuned.offer)),
        *_contradiction_remarks(untraced(i)),
        *_range_remarks(i),
        *_end_remarks(ends),
        *document_remarks(i, plans),
        *_limit_remarks(i, step),
        note(
            matters == "quality",
            "Quality matters most, and no cost tells which lever answers better. A test set of {cases} does, answered "
            f"by both versions. {model}",
            cases=(cases, EXAMPLE_COUNT),
        ),
        note(
            matters == "cost",
            "Cost matters most. Look at the range of each lever, not at its middle: where two overlap, the one with "
            "the smaller start is the safer choice.",
        ),
        note(
            both(matters == "time", counted),
            "Time matters most: half of the answers are complete within {half}, 95 of 100 within {slow}. A low volume "
            "is no argument against training then, because a smaller model answers sooner.",
            half=(wait.whole(MEDIAN), SECONDS),
            slow=(wait.whole(SLOW), SECONDS),
        ),
        note(
            both(matters == "time", not counted),
            "Time matters most: half of the answers are complete within {half}, 95 of 100 within {slow}.",
            half=(wait.whole(MEDIAN), SECONDS),
            slow=(wait.whole(SLOW), SECONDS),
        ),
        *_target_remarks(i, wait),
        note(
            matters == "home",
            "Data stays at home, and the plans marked “with a provider” send every request to one. The plan on "
            "machines of your own does not: its machines are rented in a data center, so ask where that is. Its "
            "documents are still embedded by the service chosen under “Retrieval”. Of the ways to serve a tuned "
            "model only hardware that you buy stays at home: choose it under “Fine-tuning”, “Where the tuned model "
            "runs”.",
        ),
        note(
            i.requests == 0,
            "With 0 requests a month nothing is bought by use: what is left is people's work and what stands ready, a "
            "cost without a benefit. Type how many requests you expect.",
        ),
        note(
            both(i.requests > 0, i.requests < FEW_REQUESTS),
            "At {year} a year, requests cost next to nothing themselves: nearly all of each amount is people's "
            "work. A person who answers them by hand may cost less than any lever.",
            year=(i.requests * months(YEAR), REQUEST_COUNT),
        ),
        note(i.documents == 0, "There are no documents, so retrieval is counted with an empty index."),
    )


def _range_remarks(i: Inputs) -> tuple[Note, ...]:
    """What lies between the least and the most of each lever, and what an hour of people's work counts for."""
    requests = "requests that cost {spread} less", "requests that cost {spread} more"
    spread = (i.request_spread, SHARE)
    return (
        note(
            i.people,
            "People's work counts {rate}. From the least to the most: hours divided by {factor} and "
            f"{requests[0]}, to hours times {{factor}} and {requests[1]}; a tuned model in each way to serve it.",
            factor=(i.people_spread, ONE),
            spread=spread,
            rate=(i.labor_rate, USD_PER_HOUR),
        ),
        note(
            opposite(i.people),
            f"From the least to the most: {requests[0]}, to {requests[1]}; a tuned model in each way to serve it. "
            "People's work is left out.",
            spread=spread,
        ),
    )


def _end_remarks(ends: Table) -> tuple[Note, ...]:
    """What the most of the first tuned model, and of machines of one's own, is made of."""
    shown = [f"{plan}, to" for plan in (SOURCES["tuned"], AT_HOME)]
    return tuple(
        note(
            name in shown,
            f"At the most, {name.removesuffix(', to')} takes {{people}} of work and {{hosting}} for hosting. "
            f"{name_in_note(words)}.",
            people=(people, USD),
            hosting=(hosting, USD),
        )
        for name, _, people, hosting, *_, words in ends.rows
    )


def _file_remarks(i: Inputs) -> tuple[Note, ...]:
    """What files came to that a reader chose or dropped here; a case reads the results of a pilot and no others."""
    remarks = evaluation_pilot_remarks(i.test, evaluation_pilot(i.test))
    measured = any(remark.page == STRANGERS[USAGE].page for remark in remarks)
    return (
        *(replace(remark, page=remark.page.removeprefix(UP)) for remark in remarks),
        note(
            measured,
            "On that page, “Use these numbers everywhere” fills in the requests, prompts and answers of this case.",
            is_error=True,
        ),
    )


def _contradiction_remarks(i: Inputs) -> tuple[Note, ...]:
    """What follows where two answers of the reader cannot both hold. `i` has bare numbers and words."""
    return (
        *(
            note(
                True,
                f"Two answers contradict each other: “{approach_question_label(question)}” follows from your case as "
                f"“{approach_answer_in_words(question, derived)}”, and you answered "
                f"“{approach_answer_in_words(question, answer)}”. The next step goes by the second.",
            )
            for question, (derived, answer) in case_ladder_contradictions(i).items()
        ),
        note(
            both(bool(i.ladder.retrieval), i.documents == 0),
            "You answered that retrieval is in place, and that there are no documents. Retrieval does not count, then: "
            "type how many documents it searches.",
        ),
        note(
            case_does_without_documents(i),
            "The answers are good enough, though no prompt holds these documents and no retrieval is in place. So the "
            "next step takes them not to be needed. If retrieval is in place, answer so under “Retrieval”.",
        ),
    )


def document_remarks(i: Inputs, plans: Mapping[str, ComparedPlan]) -> tuple[Note, ...]:
    """Where the documents of a case are read, and what that costs."""
    text, prompting, searches = case_document_tokens(i), plans["prompting"], case_searches_documents(i)
    without = compared_plan(case_comparison(i), prompting.line, prompting.number).total
    return (
        note(
            searches,
            "{people} of the first year of retrieval is people's work. Building it is counted with {build} and upkeep "
            "with {upkeep} a month, whatever the number of documents and however often they change. Loading and "
            "cleaning many takes longer.",
            people=(quotient(plans["retrieval"].people, plans["retrieval"].total), SHARE),
            build=(i.retrieval.build_hours, HOUR),
            upkeep=(i.retrieval.retrieval_upkeep_hours, HOUR),
        ),
        note(
            both(i.documents > 0, case_documents_fit_prompt(i)),
            "All documents together have {text}, which a prompt holds whole: they are counted in its fixed part, and "
            "cached there where the model caches. The first year of prompting, {whole}, would be {without} without "
            "them.",
            text=(text, TOKENS),
            whole=(prompting.total, USD),
            without=(without, USD),
        ),
        note(case_ladder_misses_documents(untraced(i)), "Put the documents into the prompt before you build a search."),
        note(
            searches,
            "All documents together have {text}, more than the {limit} taken to fit into a prompt. Prompting and "
            "fine-tuning alone are priced without them, and cannot answer from them: only levers with retrieval can.",
            text=(text, TOKENS),
            limit=(case_prompt_limit(i), TOKENS),
        ),
    )


def _limit_remarks(i: Inputs, step: CaseStep) -> tuple[Note, ...]:
    """That what is taken to fit into a prompt decides the next step, where it may well lie on the other side."""
    is_likely, other = step.other_side or (False, "")
    if not is_likely:
        return ()
    ends, fits = i.few_tokens_range, bare_value(case_documents_fit_prompt(i))
    where = "below" if fits else "from"
    words = (
        "What a prompt holds, {limit}, decides the next step and may lie between {low} and {high} tokens: "
        f"{where} {{text}} it would be “{other}”."
    )
    limit, text = (case_prompt_limit(i), TOKENS), (case_document_tokens(i), TOKENS)
    return (note(True, words, limit=limit, text=text, low=(ends.low, ONE), high=(ends.high, ONE)),)


def _target_remarks(i: Inputs, wait: RequestWait) -> tuple[Note, ...]:
    """That the ladder takes its answer on latency from the target of waiting, and which."""
    target = i.target
    if not is_known_number(target) or bare_value(i.latency) != DERIVED:
        return ()
    in_time = case_share_in_time(i, wait, target)
    return (
        note(
            in_time < i.target_share,
            "{in_time} of the requests are within {target}, and it should be {wanted}. So latency matters on the "
            "ladder.",
            in_time=(in_time, SHARE),
            target=(target, SECONDS),
            wanted=(i.target_share, SHARE),
        ),
        note(
            in_time >= i.target_share,
            "{in_time} of the requests are within {target}, and it should be {wanted}. So latency does not matter on "
            "the ladder.",
            in_time=(in_time, SHARE),
            target=(target, SECONDS),
            wanted=(i.target_share, SHARE),
        ),
    )
