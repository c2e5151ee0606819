"""Small training files to start from: a clean one, two with mistakes, one for Amazon Bedrock."""

from __future__ import annotations

import json

_SYSTEM = "You answer for the library's help desk in two sentences."
_EXCHANGES = (
    ("How long may I keep a book?", "Four weeks. You can extend it twice in your account."),
    ("I lost my card.", "Please block it in your account right away. A new one costs five dollars at the desk."),
    ("Do you have a quiet room?", "Yes, on the second floor. It needs no booking."),
    ("Can my daughter get a card?", "Yes, from the age of six. Please come together with her passport."),
    ("When do you open on Saturday?", "From ten to four. The return box is open all day."),
    ("Can I bring a book back by mail?", "Yes, at your own cost. It counts as returned on the day it arrives."),
    ("What does a late book cost?", "Twenty cents a day for each book. Children's books are free."),
    ("Do you buy books that readers suggest?", "Often. Send us the title, and we answer within two weeks."),
    ("Can I print from my phone?", "Yes, with the code on the printer. A page costs ten cents."),
    ("Where can I park my bike?", "In the yard behind the house. It is open until midnight."),
)


def dataset_sample_line(*messages: tuple[str, str], **more: object) -> str:
    conversation = [{"role": role, "content": content} for role, content in messages]
    return json.dumps({**more, "messages": conversation}, ensure_ascii=False)


def _dataset_sample_desk(question: str, answer: str) -> str:
    return dataset_sample_line(("system", _SYSTEM), ("user", question), ("assistant", answer))


CLEAN = "\n".join(_dataset_sample_desk(question, answer) for question, answer in _EXCHANGES) + "\n"

(_KEPT, _KEEP), (_LOST, _BLOCK), (_QUIET, _ROOM) = _EXCHANGES[:3]

FAULTY = "\n".join(
    (
        _dataset_sample_desk(_KEPT, _KEEP),
        _dataset_sample_desk(_LOST, "Write to desk@library.example and block it in your account."),
        dataset_sample_line(("user", _QUIET), ("assistant", _ROOM)),
        _dataset_sample_desk(_KEPT, _KEEP),
        _dataset_sample_desk(_KEPT, "Two weeks."),
        dataset_sample_line(("system", _SYSTEM), ("user", "Do you have newspapers?")),
        dataset_sample_line(
            ("system", _SYSTEM), ("user", "Do you have maps?"), ("asistant", "Yes, on the first floor.")
        ),
        dataset_sample_line(("system", _SYSTEM), ("user", "Is there a café?"), ("assistant", "")),
        "{'messages': [{'role': 'user', 'content': 'Is there Wi-Fi?'}]}",
        json.dumps({"prompt": "Do you lend games?", "completion": "Yes, for two weeks."}),
    )
)

TEST = _dataset_sample_desk(_QUIET, _ROOM) + "\n" + dataset_sample_line(("user", _QUIET), ("assistant", _ROOM))

BEDROCK = "\n".join(
    dataset_sample_line(("user", question), ("assistant", answer), system=_SYSTEM) for question, answer in _EXCHANGES
)

_TOOL = {
    "type": "function",
    "function": {
        "name": "loan_of",
        "description": "When a book has to be back",
        "parameters": {"type": "object", "properties": {"title": {"type": "string"}}, "required": ["title"]},
    },
}


def _dataset_sample_call(arguments: str) -> dict[str, object]:
    function = {"name": "loan_of", "arguments": arguments}
    return {"role": "assistant", "tool_calls": [{"id": "call_1", "type": "function", "function": function}]}


def _with_dataset_sample_tool(*messages: dict[str, object]) -> str:
    asked = {"role": "user", "content": "When is Dune due?"}
    return json.dumps({"messages": [asked, *messages], "tools": [_TOOL]})


_DUNE = json.dumps({"title": "Dune"})
_RESULT: dict[str, object] = {"role": "tool", "tool_call_id": "call_1", "content": "2027-01-14"}
_DUE: dict[str, object] = {"role": "assistant", "content": "On January 14."}

CALLS = "\n".join(
    (
        _with_dataset_sample_tool(_dataset_sample_call(_DUNE), _RESULT, _DUE),
        _with_dataset_sample_tool(_dataset_sample_call(_DUNE), _DUE),
        _with_dataset_sample_tool(_RESULT, _DUE),
        _with_dataset_sample_tool(
            _dataset_sample_call("{'title': 'Dune'}"),
            {**_RESULT, "content": [{"type": "text", "text": "2027-01-14"}]},
            _DUE,
        ),
    )
)

SAMPLES = frozenset(text.strip() for text in ("", CLEAN, FAULTY, TEST, BEDROCK, CALLS))
"""All of them, and no text: what is none of these is a reader's own."""
