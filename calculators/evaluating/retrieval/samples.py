"""Small files to start from: a search with its judgments, the same search with a reranker, and a Ragas data set."""

from __future__ import annotations

LISTED, RAGAS_LISTED = 10, 4
"""How many passages each query gets, in TREC's files and in the Ragas data set."""

_RIGHT = (
    "2:1/1",
    "2:3/1 1:5/4",
    "1:2/2",
    "2:7/2 1:8/5",
    "2:1/1 1:4/2",
    "2:0/0",
    "1:1/2",
    "2:2/1 1:3/3 1:9/5",
    "2:4/1",
    "1:1/1 1:2/2",
    "2:6/3",
    "2:1/1 1:7/4",
    "1:3/4",
    "2:2/1",
    "2:9/4 1:1/1",
    "1:5/2",
    "2:1/1 2:2/3",
    "2:0/0 1:6/7",
    "2:3/1",
    "1:1/1",
    "2:8/3",
    "2:2/2 1:4/3",
    "1:10/4",
    "2:1/3 1:5/2",
    "",
)
"""For each query its right passages: the grade, the rank in the plain search, and that after reranking (0: none)."""


def _search_sample_passages(query: int, column: int) -> list[str]:
    """The passages of one query in their order; those that are not right are called by where they stood."""
    listed = [f"page-{query:02}-{place:02}" for place in range(1, LISTED + 1)]
    for number, entry in enumerate(_RIGHT[query - 1].split(), 1):
        rank = int(entry.partition(":")[2].split("/")[column])
        if rank:
            listed[rank - 1] = f"right-{query:02}-{number}"
    return listed


def _search_sample_run(column: int, tag: str) -> str:
    lines = [
        f"q{query:02} Q0 {passage} {rank} {(LISTED + 1 - rank) / LISTED:.1f} {tag}"
        for query in range(1, len(_RIGHT) + 1)
        for rank, passage in enumerate(_search_sample_passages(query, column), 1)
    ]
    return "\n".join(lines) + "\n"


def _search_sample_judgments() -> str:
    lines = []
    for query, entries in enumerate(_RIGHT, 1):
        graded = [(f"right-{query:02}-{number}", entry[0]) for number, entry in enumerate(entries.split(), 1)]
        lines += [f"q{query:02} 0 {passage} {grade}" for passage, grade in [*graded, (f"page-{query:02}-01", "0")]]
    return "\n".join(lines) + "\n"


SEARCH = _search_sample_run(0, "search")
RERANKED = _search_sample_run(1, "reranked")
JUDGMENTS = _search_sample_judgments()

_QUESTIONS = (
    ("How long may I keep a book?", (2,)),
    ("What does a late book cost?", (1,)),
    ("Where can I park my bike?", (4,)),
    ("Can my daughter get a card?", (1, 3)),
    ("When do you open on Saturday?", (0,)),
    ("Can I print from my phone?", (1,)),
    ("Do you have a quiet room?", (3,)),
    ("I lost my card.", (1, 2)),
)
"""Questions, and at which of four ranks the right passages came (0: none)."""


def _search_sample_ragas() -> str:
    lines = ["user_input,retrieved_contexts,reference_contexts,response"]
    for question, ranks in _QUESTIONS:
        retrieved = [
            f"What helps with: {question} Part {rank}." if rank in ranks else f"Something else, {rank}: {question}"
            for rank in range(1, RAGAS_LISTED + 1)
        ]
        right = [f"What helps with: {question} Part {rank}." for rank in ranks]
        lists = ["['" + "', '".join(texts) + "']" for texts in (retrieved, right)]
        lines.append(",".join(f'"{cell}"' for cell in (question, *lists, "An answer.")))
    return "\n".join(lines) + "\n"


RAGAS = _search_sample_ragas()

SAMPLES = frozenset(text.strip() for text in ("", SEARCH, RERANKED, JUDGMENTS, RAGAS))
"""All of them, and no text: what is none of these is a reader's own."""
