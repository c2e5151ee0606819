"""An agent and machines of one's own as plans: each against its own calculator, asked the same questions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction

import pytest

from calculators.catalogue import Catalogue
from calculators.engine.inputs.numerals import Refused
from calculators.engine.questions.question import Question
from tests.calculators.answers import answer_json
from tests.calculators.choosing.test_break_even import ask, rows, typed_plans
from tests.json_types import JsonObject

NEAR = Fraction(1, 10**15)
REPEATED = Fraction(2, 100)

PROMPT = {"instructions": "800", "model": "openai/gpt-4.1-mini", "caching": "yes", "active_hours": "174"}
"""Questions that an agent and its calculator ask under one name; here the prompt's answers stand for both."""

STEPS = {"steps": "4", "steps_of_nine_in_ten": "9", "tools": "5", "result": "600", "failed": "20%", "attempts": "2"}
STEPS |= {"step_pause": "0.5"}

MACHINES = {
    "architecture": "llama-3.1-8b",
    "weights": "eight",
    "gpu": "h100-sxm",
    "gpus": "1",
    "contract": "on_demand",
    "peak_factor": "5",
    "first_token": "2",
    "setup_hours": "60",
    "upkeep_hours": "10",
    "speed_spread": "40%",
}


def near(ours: str, expected: Fraction | int) -> bool:
    """Equal but for the rounding of 28 digits."""
    exact = Fraction(expected)
    return abs(Fraction(ours) - exact) <= NEAR * max(Fraction(1), abs(exact))


def against(source: str, part: str, answers: Mapping[str, str], **more: object) -> dict[str, str]:
    """Prompting against one other plan, with answers to its questions."""
    typed = typed_plans({"source": "prompting"}, {"source": source}, as_of="2026-11-28", **more)
    typed |= {"prompting.examples": "3", "prompting.example_tokens": "250", "prompting.context": "40"}
    typed |= {"repeated": "2%", "user_text": "150", "answer": "300", "labor_rate": "80", "prompt_hours": "10"}
    typed |= {"prompting.prompt_upkeep_hours": "2", "migration_hours": "0"}
    typed |= {f"prompting.{name}": text for name, text in PROMPT.items()}
    return typed | {f"{part}.{name}": text for name, text in answers.items()}


def outputs(catalogue: Catalogue, name: str, typed: Mapping[str, str]) -> JsonObject:
    """The outputs of another calculator by name."""
    return {key: output["value"] for key, output in answer_json(catalogue, name, typed)["outputs"].items()}


AGENT = against("agent", "agent", STEPS, requests=20_000, agent_hours=30, agent_upkeep_hours=4)


def test_an_agent_costs_what_its_own_calculator_says(catalogue: Catalogue) -> None:
    """The prompt is instructions and examples, the task is the user's text with its context."""
    asked = PROMPT | STEPS | {"tasks": "20000", "repeated": "2%", "as_of": "2026-11-28"}
    alone = outputs(catalogue, "agents/cost", asked | {"instructions": "1550", "task_tokens": "190"})
    _, agent = rows(catalogue, AGENT)
    assert near(agent["per_request"], Fraction(alone["per_task"]))
    assert near(agent["start"], Fraction(80 * (10 + 30))) and near(agent["fixed"], Fraction(80 * (2 + 4)))
    year = 80 * (10 + 30) + 12 * 80 * (2 + 4) + 12 * Fraction(alone["per_month"])
    assert near(agent["total"], year)
    solved = f"solve {float(alone['solved']) * 100:.0f}% of them"
    assert any(solved in note for note in answer_json(catalogue, "choosing/break_even", AGENT)["notes"])


def test_people_left_out_leave_an_agent_its_tokens(catalogue: Catalogue) -> None:
    _, agent = rows(catalogue, AGENT | {"people": "no"})
    assert (agent["start"], agent["fixed"]) == ("0", "0")
    _, split = rows(catalogue, AGENT, "split")
    assert near(split["people"], Fraction(80 * 40 + 12 * 80 * 6)) and Fraction(split["hosting"]) == 0


def test_an_agent_moves_with_its_model(catalogue: Catalogue) -> None:
    """The model that shuts down within the months has the work to move in that month, as under prompting."""
    first, agent = rows(catalogue, AGENT | {"migration_hours": "24"})
    quiet_first, quiet_agent = rows(catalogue, AGENT)
    moved = Fraction(first["total"]) - Fraction(quiet_first["total"])
    assert moved == 24 * 80 and near(str(Fraction(agent["total"]) - Fraction(quiet_agent["total"])), moved)


def hosted(**more: object) -> dict[str, str]:
    """Prompting against machines of one's own."""
    return against("hosting", "hosting", MACHINES, **{"requests": 20_000_000, **more})


def machines_alone(catalogue: Catalogue, requests: object, **more: str) -> JsonObject:
    """What the calculator of self-hosting says of the same prompt and as many requests, repeats included."""
    volume = str(requests)
    asked = MACHINES | {"requests": volume, "instructions": "1550", "context": "40", "user_text": "150"}
    return outputs(
        catalogue,
        "serving/self_hosting",
        asked | {"answer": "300", "labor_rate": "80", "as_of": "2026-11-28"} | more,
    )


def test_machines_cost_what_their_own_calculator_says(catalogue: Catalogue) -> None:
    """Whatever is asked, a request costs nothing more; people write the prompt as well."""
    alone = machines_alone(catalogue, 20_400_000)
    _, machines = rows(catalogue, hosted())
    assert machines["per_request"] == "0"
    assert near(machines["start"], Fraction(80 * (60 + 10)))
    month = Fraction(alone["month"]) + 80 * 2
    assert near(machines["fixed"], month) and near(machines["total"], 80 * 70 + 12 * month)
    _, split = rows(catalogue, hosted(), "split")
    assert near(split["hosting"], 12 * Fraction(alone["machines"])) and Fraction(split["tokens"]) == 0


def test_more_requests_need_more_machines_month_by_month(catalogue: Catalogue) -> None:
    typed = hosted(growth="50%", horizon=6)
    volumes = [20_400_000 * Fraction(3, 2) ** month for month in range(6)]
    months = [machines_alone(catalogue, float(volume)) for volume in volumes]
    assert len({month["replicas"] for month in months}) > 2
    _, machines = rows(catalogue, typed)
    expected = 80 * 70 + sum(Fraction(month["month"]) + 160 for month in months)
    assert near(machines["total"], expected)


def test_the_range_of_machines_is_a_setting(catalogue: Catalogue) -> None:
    """Fast at the lowest rent and slow at the highest, as the calculator of self-hosting has them."""
    span = machines_alone(catalogue, 20_400_000)["month_range"]
    named = {row["setting"]: row for row in rows(catalogue, hosted(), "settings")}
    for name, end in (("faster, at the lowest rent", "low"), ("slower, at the highest rent", "high")):
        setting = named[f"Your machines are {name}"]
        assert near(setting["total"], 80 * 70 + 12 * (Fraction(span[end]) + 160))
    typed = hosted() | {"plans.2.fixed": "1000"}
    assert not any("Your machines" in row["setting"] for row in rows(catalogue, typed, "settings"))


def test_a_model_that_does_not_fit_gets_more_gpus(catalogue: Catalogue) -> None:
    """Sixteen bits of 70 billion weights need more than one GPU of 80 GB; what is counted is said."""
    large = {"hosting.architecture": "llama-3.3-70b", "hosting.weights": "sixteen"}
    notes = answer_json(catalogue, "choosing/break_even", hosted() | large)["notes"]
    assert any("does not fit on the GPUs of a replica that you gave. 4 GPUs" in note for note in notes), notes
    alone = machines_alone(catalogue, 20_400_000, architecture="llama-3.3-70b", weights="sixteen", gpus="4")
    _, machines = rows(catalogue, hosted() | large)
    assert near(machines["fixed"], Fraction(alone["month"]) + 160)


def test_machines_that_cannot_be_counted_are_not_compared_in_silence(catalogue: Catalogue) -> None:
    unknown = {"hosting.gpu": "own", "hosting.gpu.memory": "80", "hosting.gpu.rent": "2"}
    notes = answer_json(catalogue, "choosing/break_even", hosted() | unknown)["notes"]
    assert any("cannot be counted" in note for note in notes)
    assert not any("Your machines" in row["setting"] for row in rows(catalogue, hosted() | unknown, "settings"))


@pytest.mark.parametrize("answer", ["0", "1"])
def test_an_answer_without_tokens_is_counted_as_one(catalogue: Catalogue, answer: str) -> None:
    _, machines = rows(catalogue, hosted() | {"answer": answer})
    _, shortest = rows(catalogue, hosted() | {"answer": "1"})
    assert machines["fixed"] == shortest["fixed"]


OTHERS = {"agent.steps": "50", "agent_hours": "500", "hosting.gpus": "8", "hosting.upkeep_hours": "300"}


@pytest.mark.parametrize("path", OTHERS)
def test_what_no_plan_needs_is_not_asked_and_changes_nothing(catalogue: Catalogue, path: str) -> None:
    """A field stands on the page only where a plan takes its costs from there."""
    name, source = "choosing/break_even", "agent" if path.startswith("agent") else "hosting"
    fields = catalogue_fields(catalogue, typed_plans({"source": "prompting"}, {"source": "tuned"}))
    assert fields[path].get("gone") == "yes"
    chosen = catalogue_fields(catalogue, typed_plans({"source": "prompting"}, {"source": source}))
    assert "gone" not in chosen[path]
    default = answer_json(catalogue, name, {})
    changed = answer_json(catalogue, name, {path: OTHERS[path]})
    assert [changed[part] for part in ("outputs", "tables", "notes")] == [
        default[part] for part in ("outputs", "tables", "notes")
    ]
    typed = typed_plans({"source": "prompting"}, {"source": source})
    assert ask(catalogue, typed) != ask(catalogue, typed | {path: OTHERS[path]})


def catalogue_fields(catalogue: Catalogue, typed: Mapping[str, str]) -> JsonObject:
    """What the page learns of each field."""
    fields: JsonObject = json.loads(catalogue.answer(Question("choosing/break_even", typed, form="page")))["fields"]
    return fields


def test_a_question_that_only_its_own_calculator_asks_is_refused_with_a_way_out(catalogue: Catalogue) -> None:
    question = Question("choosing/break_even", {"agent.compaction": "no"})
    with pytest.raises(Refused, match="takes the default of that calculator"):
        catalogue.answer(question)


def test_a_plan_of_ones_own_without_any_cost_is_left_out_and_not_called_free(catalogue: Catalogue) -> None:
    given = typed_plans({"source": "prompting"}, {"source": "tuned"})
    named = answer_json(catalogue, "choosing/break_even", given | {"plans.3.source": "own", "plans.3.tested": "10"})
    assert [row[0] for row in named["tables"][0]["rows"]] == ["Prompting", "Fine-tuning"]
    assert any("without any cost" in note for note in named["notes"])
    free = answer_json(catalogue, "choosing/break_even", given | {"plans.3.source": "own", "plans.3.start": "0"})
    assert len(free["tables"][0]["rows"]) == 3, "a cost of 0 that somebody typed is one"


def test_a_source_that_there_is_not_is_a_mistake_of_that_cell_alone(catalogue: Catalogue) -> None:
    fields = catalogue_fields(catalogue, typed_plans({"source": "agents"}, {"source": "hosting"}))
    assert fields["plans.1.source"]["error"]
    assert "gone" not in fields["hosting.gpus"] and fields["agent.steps"]["gone"] == "yes"
