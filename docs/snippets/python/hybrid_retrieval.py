"""Searches by words and by meaning, joins both rankings, and prints each query with its recall."""

import json
import os
import sqlite3
from collections import Counter
from operator import mul
from pathlib import Path
from urllib.request import Request, urlopen

HEADERS = {"authorization": "Bearer " + os.environ["OPENAI_API_KEY"], "content-type": "application/json"}
passages, queries = (json.loads(Path(name).read_text()) for name in ("passages.json", "queries.json"))
body = {"model": os.environ["MODEL"], "input": [row["text"] for row in passages + queries]}
with urlopen(Request(os.environ["EMBEDDINGS_URL"], json.dumps(body).encode(), HEADERS)) as response:
    vectors = dict(zip(body["input"], (row["embedding"] for row in json.load(response)["data"]), strict=True))
index = sqlite3.connect(":memory:")
index.execute("create virtual table texts using fts5(id unindexed, text)")
index.executemany("insert into texts values (:id, :text)", passages)
for query in queries:
    terms = " OR ".join(f'"{word}"' for word in query["text"].replace('"', " ").split())
    words = index.execute("select id from texts where texts match ? order by rank limit 50", [terms])
    near = {row["id"]: sum(map(mul, vectors[query["text"]], vectors[row["text"]])) for row in passages}
    votes = Counter({id: 1 / (60 + place) for place, (id,) in enumerate(words, 1)})
    votes.update({id: 1 / (60 + place) for place, id in enumerate(sorted(near, key=near.get)[:-51:-1], 1)})
    retrieved, relevant = [id for id, _ in votes.most_common(20)], query["relevant"]
    recall = len({*retrieved[:5]} & {*relevant}) / len(relevant)
    print(json.dumps({"query_id": query["query_id"], "retrieved": retrieved, "relevant": relevant, "recall": recall}))
