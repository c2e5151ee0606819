"""Rules about tools, calls and their results."""

from __future__ import annotations

from calculators.readers.training.rules.rule import ERROR, HINT, WARNING, Rule

TOOL_RULES = {
    "tool_call": Rule(
        ERROR, "Incomplete tool call", "A call needs an id and a function's name and arguments, a result its id."
    ),
    "call_role": Rule(
        ERROR,
        "A call, or the id of one, that its role may not have",
        "Only the assistant calls, and only a tool message has the id of the call that it answers.",
    ),
    "call_unanswered": Rule(
        ERROR,
        "A call without its result",
        "Put a tool message with the call's id directly after it, one for each call.",
    ),
    "result_without_call": Rule(
        ERROR,
        "A result without its call",
        "Put it directly after the message that makes the call, with that call's id.",
    ),
    "call_id_twice": Rule(ERROR, "Two calls of a message with one id", "Give each call an id of its own."),
    "call_id_form": Rule(
        ERROR, "A call's id is not 9 letters and digits", "Write ids of nine characters, a-z, A-Z, 0-9."
    ),
    "tools_list": Rule(
        ERROR, "Tools that are not a list of objects", "Write a list with one object for each function."
    ),
    "tool_definition": Rule(
        ERROR,
        "A tool that is not a function",
        "Write the type `function`, and under `function` a name and its parameters.",
    ),
    "tool_schema": Rule(
        ERROR,
        "Parameters that are no JSON Schema",
        "Describe an object: a type, and each property with its own schema.",
    ),
    "parallel_value": Rule(
        ERROR,
        "Parallel calls neither true nor false",
        "Write true or false, without quotes, under `parallel_tool_calls`.",
    ),
    "arguments_json": Rule(
        WARNING, "Arguments that are no JSON object", "Write a JSON object as a text: double quotes, no trailing comma."
    ),
    "arguments_twice": Rule(
        WARNING, "Arguments encoded twice", "Encode the object once: the text holds an object, not a text again."
    ),
    "call_undefined": Rule(
        WARNING, "A call of a tool that is not defined", "Define the function under `tools`, or correct its name."
    ),
    "tools_absent": Rule(
        HINT,
        "Calls without definitions of tools",
        "Give under `tools` the definitions that the tuned model will be asked with.",
    ),
    "tool_twice": Rule(HINT, "A tool defined twice", "Keep one definition; each is trained on and billed."),
}
"""The rules by name."""
