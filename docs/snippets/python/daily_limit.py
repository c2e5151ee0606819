"""Refuses a request when its user has spent the money of the day, before the provider is asked."""

import json
import os
import sqlite3
from urllib.request import Request, urlopen

URL = os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1") + "/responses"
HEADERS = {"authorization": "Bearer " + os.environ["OPENAI_API_KEY"], "content-type": "application/json"}
INPUT, OUTPUT = (float(os.environ[name]) / 1e6 for name in ("INPUT_PRICE", "OUTPUT_PRICE"))  # dollars for a million
LIMIT, LONGEST = float(os.environ["DOLLARS_A_DAY"]), 2000  # for each user; tokens of an answer, with its reasoning
SPENT = sqlite3.connect("spent.db", isolation_level=None)
SPENT.execute("create table if not exists spent (user, day, dollars)")
TODAY = "(select total(dollars) from spent where user = :user and day = date('now'))"
TAKE = f"insert into spent select :user, date('now'), :most where {TODAY} + :most <= :limit"  # checks and takes at once


def ask(user, question):
    most = len(question.encode()) * INPUT + LONGEST * OUTPUT  # a token has one byte at least
    taken = SPENT.execute(TAKE, {"user": user, "most": most, "limit": LIMIT})
    if not taken.rowcount:
        return "You have reached your limit for today."
    body = {"model": os.environ["MODEL"], "input": question, "max_output_tokens": LONGEST}
    with urlopen(Request(URL, json.dumps(body).encode(), HEADERS)) as response:
        answer = json.load(response)
    used = answer["usage"]["input_tokens"] * INPUT + answer["usage"]["output_tokens"] * OUTPUT
    SPENT.execute("update spent set dollars = ? where rowid = ?", [used, taken.lastrowid])
    return [part for part in answer["output"] if part["type"] == "message"][-1]["content"][-1]["text"]


print(ask(os.environ["CUSTOMER"], "How do I return a lamp?"))
