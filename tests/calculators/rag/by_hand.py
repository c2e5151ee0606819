"""The cost of retrieval computed the slow way: cut by cut, month by month, in fractions, straight from the facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.calculators.prompting import by_hand
from tests.calculators.settings import SOL, own_tokens
from tests.json_types import JsonObject

NOTHING = Fraction(0)
BITS = {"float32": 32, "float16": 16, "int8": 8, "binary": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is asked for, in plain numbers; shares between 0 and 1."""

    queries: Fraction = Fraction(1000)
    repeated: Fraction = Fraction(0)
    documents: int = 100
    tokens_per_document: int = 2000
    chunk_size: int = 500
    chunk_overlap: int = 50
    documents_changed: Fraction = Fraction(1, 10)
    index_in_batch: bool = False
    dimensions: int = 1536
    precision: str = "float32"
    chunk_bytes: Fraction = Fraction(2000)
    index_overhead: Fraction = Fraction(6, 5)
    query_tokens: Fraction = Fraction(60)
    top_k: int = 5
    reranking: bool = False
    candidates: int = 50
    instructions: Fraction = Fraction(800)
    examples: Fraction = Fraction(2)
    example_tokens: Fraction = Fraction(250)
    answer: Fraction = Fraction(300)
    reasoning: Fraction = Fraction(0)
    caching: bool = True
    found_cached: Fraction = Fraction(9, 10)
    batch: bool = False
    model: str = SOL
    embedding: str = "openai/text-embedding-3-small"
    vector_store: str = "pinecone/standard"
    reranker: str = "cohere/rerank-v4.0-fast"
    tenants: int = 1
    originals: str = "disk"
    month_hours: int = 730
    prompt_hours: Fraction = Fraction(3)
    build_hours: Fraction = Fraction(5)
    evaluation_hours: Fraction = Fraction(2)
    retrieval_upkeep_hours: Fraction = Fraction(1, 2)
    labor_rate: Fraction = Fraction(70)
    people: bool = True

    def typed(self, day: str) -> dict[str, str]:
        """The same as a reader would type it."""
        values = {name: getattr(self, name) for name in self.__slots__}
        texts = {name: amount if isinstance(amount, str) else by_hand.typed(amount) for name, amount in values.items()}
        return {**texts, **own_tokens(self.model), "as_of": day}


@dataclass(frozen=True, slots=True)
class Month:
    """What one month costs, part by part, in US dollars; `search` and what follows it are of one query."""

    store: Fraction
    churn: Fraction
    search: Fraction
    question: Fraction
    rerank: Fraction
    model: Fraction
    paid: Fraction

    @property
    def total(self) -> Fraction:
        """All of it."""
        return self.store + self.churn + (self.question + self.rerank + self.model) * self.paid


def figures(facts: JsonObject, collection: str, id: str, day: str) -> dict[str, Fraction]:
    """The numbers of an entry in force on a day."""
    numbers = {}
    for name, fact in facts["collections"][collection][id]["facts"].items():
        values = [value for since, value in fact["values"] if since <= day]
        if values and fact["unit"] not in ("date", "text"):
            numbers[name] = Fraction(values[-1])
    return numbers


def cut(tokens: int, size: int, overlap: int) -> list[int]:
    """The lengths of the chunks of one document: begin, and begin again before the end of the last, until the end."""
    lengths, begin = [], 0
    while True:
        end = min(begin + size, tokens)
        lengths.append(end - begin)
        if end == tokens:
            return lengths
        begin = end - overlap


def searched(work: Work) -> int:
    """How many chunks the prompt takes: as many as asked for, unless the index has fewer."""
    return min(work.top_k, in_one_part(work))


def in_one_part(work: Work) -> int:
    """The chunks of the largest of equal parts: chunks are dealt out in turn."""
    chunks = work.documents * len(cut(work.tokens_per_document, work.chunk_size, work.chunk_overlap))
    return chunks // work.tenants + (1 if chunks % work.tenants else 0)


def vector(work: Work) -> Fraction:
    """The bytes kept of a vector: what is left of it, and the 32-bit original of one that was compressed."""
    beside = 4 * work.dimensions if work.precision in ("int8", "binary") and work.originals != "none" else 0
    return Fraction(work.dimensions * BITS[work.precision], 8) + beside


def context(work: Work) -> int:
    """Tokens of the retrieved text, full chunks at most."""
    return searched(work) * min(work.chunk_size, work.tokens_per_document)


class Store:
    """The invoice of a vector store, line by line."""

    def __init__(self, work: Work, prices: Mapping[str, Fraction], paid: Fraction) -> None:
        chunks = work.documents * len(cut(work.tokens_per_document, work.chunk_size, work.chunk_overlap))
        if "dimension_bytes" in prices:
            all_bytes = billed = chunks * (work.dimensions * prices["dimension_bytes"] + work.chunk_bytes)
        else:
            all_bytes = chunks * (vector(work) + work.chunk_bytes)
            billed = all_bytes * work.index_overhead
        self.size = billed / prices.get("gigabyte", Fraction(10**9))
        over = max(Fraction(0), self.size - prices.get("free_storage", NOTHING))
        self.storage = over * prices.get("storage", NOTHING)
        self.storage += over * prices.get("storage_daily", NOTHING) * work.month_hours / 24
        self.storage += Fraction(chunks * work.dimensions, 10**6) * prices.get("dimensions", NOTHING)
        reads = max(
            all_bytes / work.tenants / prices["read_bytes"] if "read_bytes" in prices else Fraction(0),
            prices.get("least_reads", NOTHING),
        )
        self.each = prices.get("query", Fraction(0)) + reads * prices.get("read", NOTHING) / 10**6
        self.writing = Fraction(0)
        if "write_bytes" in prices:
            self.writing = all_bytes / prices["write_bytes"] * prices.get("write", NOTHING) / 10**6
        self.usage = self.storage + 2 * self.writing * work.documents_changed + self.each * paid
        self.minimum = prices.get("minimum", Fraction(0))
        self.invoice = max(self.usage, self.minimum)
        self.search = self.each if self.usage >= self.minimum else Fraction(0)
        self.first = max(self.usage + self.writing, self.minimum) - self.invoice


def reranked(work: Work, prices: Mapping[str, Fraction]) -> Fraction:
    """One query's reranking: passages in heaps as large as one price pays for, and every token read."""
    passages = min(max(work.candidates, work.top_k), in_one_part(work))
    if not work.reranking:
        return Fraction(0)
    heaps = 0
    left = passages
    while left > 0:
        heaps += 1
        left -= int(prices.get("passages", passages))
    read = passages * (min(work.chunk_size, work.tokens_per_document) + work.query_tokens)
    return heaps * prices.get("query", Fraction(0)) + read * prices.get("input", Fraction(0)) / 10**6


def embedding_prices(work: Work, facts: JsonObject, day: str) -> tuple[Fraction, Fraction]:
    """A token of a document and a token of a question; nothing where the store embeds by itself."""
    prices = figures(facts, "embeddings", work.embedding, day)
    if figures(facts, "vector_stores", work.vector_store, day).get("embeds"):
        return Fraction(0), Fraction(0)
    of_documents = prices.get("batch_input", prices["input"]) if work.index_in_batch else prices["input"]
    return of_documents / 10**6, prices["input"] / 10**6


def embedded(work: Work) -> int:
    """Tokens of all chunks of all documents."""
    return work.documents * sum(cut(work.tokens_per_document, work.chunk_size, work.chunk_overlap))


def answered(work: Work, facts: JsonObject, day: str) -> Fraction:
    """What the model reads and writes for one query."""
    asked = by_hand.Work(
        instructions=work.instructions,
        examples=work.examples,
        example_tokens=work.example_tokens,
        context=Fraction(context(work)),
        user_text=work.query_tokens,
        answer=work.answer,
        reasoning=work.reasoning,
        caching=work.caching,
        found_cached=work.found_cached,
        batch=work.batch,
    )
    return by_hand.request(asked, by_hand.Prices(facts, work.model, day))


def month(work: Work, facts: JsonObject, day: str) -> Month:
    """A month at the prices of a day."""
    of_documents, of_questions = embedding_prices(work, facts, day)
    paid = work.queries * (1 + work.repeated)
    store = Store(work, figures(facts, "vector_stores", work.vector_store, day), paid)
    return Month(
        store=store.invoice,
        churn=embedded(work) * of_documents * work.documents_changed,
        search=store.search,
        question=work.query_tokens * of_questions,
        rerank=reranked(work, figures(facts, "rerankers", work.reranker, day)),
        model=answered(work, facts, day),
        paid=paid,
    )


def indexing(work: Work, facts: JsonObject, day: str) -> Fraction:
    """Embedding all chunks once and writing them."""
    paid = work.queries * (1 + work.repeated)
    store = Store(work, figures(facts, "vector_stores", work.vector_store, day), paid)
    return embedded(work) * embedding_prices(work, facts, day)[0] + store.first


def first_year(work: Work, facts: JsonObject, day: str) -> Fraction:
    """Labor, indexing and twelve calendar months; the first has the prices of the day, a later one those at its end."""
    total = labor(work) + 12 * upkeep(work) + indexing(work, facts, day) + month(work, facts, day).total
    for ahead in range(1, 12):
        number = int(day[:4]) * 12 + int(day[5:7]) - 1 + ahead
        total += month(work, facts, f"{number // 12}-{number % 12 + 1:02d}-31").total
    return total


def labor(work: Work, *, answering: bool = True) -> Fraction:
    """People's work before the start; a plan that does not answer has no prompt of its own."""
    hours = work.build_hours + work.evaluation_hours + (work.prompt_hours if answering else 0)
    return hours * work.labor_rate * work.people


def upkeep(work: Work) -> Fraction:
    """People's work in each month."""
    return work.retrieval_upkeep_hours * work.labor_rate * work.people
