"""The queries of the page on summing up usage: they parse, write the columns of our table, and give the right sums."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import sqlglot

from tests.conftest import ROOT
from tests.readers.usage.reading import requests_in
from tests.readers.usage.report_examples import SUMS

FOLDER = ROOT / "docs" / "snippets" / "queries"
PAGE = ROOT / "docs" / "do" / "usage-queries.md"
QUERIES = sorted(path.stem for path in FOLDER.glob("*.sql"))
HEADINGS = SUMS.partition("\n")[0].split(",")
ANSWERS = [
    {
        "model": "gpt-5-mini",
        "service_tier": "flex",
        "usage": {
            "prompt_tokens": 1000,
            "completion_tokens": 90,
            "prompt_tokens_details": {"cached_tokens": 640},
            "completion_tokens_details": {"reasoning_tokens": 50},
        },
    },
    {
        "model": "gpt-5-mini",
        "service_tier": "flex",
        "usage": {
            "input_tokens": 500,
            "output_tokens": 30,
            "input_tokens_details": {"cached_tokens": 100, "cache_write_tokens": 150},
            "output_tokens_details": {"reasoning_tokens": 10},
        },
    },
    {
        "model": "claude-opus-4-8",
        "usage": {
            "input_tokens": 12,
            "cache_read_input_tokens": 900,
            "cache_creation_input_tokens": 70,
            "cache_creation": {"ephemeral_1h_input_tokens": 40},
            "output_tokens": 25,
            "service_tier": "batch",
        },
    },
    {"model": "claude-opus-4-8", "error": {"type": "overloaded_error"}},
]
"""Answers of three interfaces, and a failure."""

SHORT_OF_BIGQUERY = """
CREATE MACRO lax_string(value) AS value ->> '$';
CREATE MACRO lax_int64(value) AS CAST(value ->> '$' AS BIGINT);
"""
"""Two functions that DuckDB does not have under BigQuery's names."""

INITDB = shutil.which("initdb")


def query(name: str) -> str:
    """The text of a query."""
    return (FOLDER / f"{name}.sql").read_text("utf-8")


def parsed(name: str) -> Any:
    """A query as its dialect reads it, which is the last word of its name."""
    (tree,) = sqlglot.parse(query(name), dialect=name.rpartition("_")[2])
    return tree


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_parses_and_writes_columns_of_the_table_of_sums(name: str) -> None:
    columns = parsed(name).named_selects
    assert set(columns) <= set(HEADINGS)
    assert {"day", "model", "requests", "failed", "uncached_tokens", "output_tokens"} <= set(columns)
    groups = [column.name for column in parsed(name).args["group"].expressions]
    assert groups == columns[: len(groups)]


def test_the_page_shows_every_query() -> None:
    page = PAGE.read_text("utf-8")
    assert [name for name in QUERIES if f'--8<-- "queries/{name}.sql"' not in page] == []
    assert [heading for heading in HEADINGS if f"`{heading}`" not in page] == []


def written(rows: list[tuple[Any, ...]], columns: list[str]) -> str:
    """A table as a database writes it, with empty cells for nulls."""
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue()


def check(text: str) -> None:
    """Whether a table has the sums of the answers, counted by hand."""
    requests, skipped = requests_in(text, "sums")
    assert not skipped
    by_kind = {(request.model, request.tier, request.failed): request for request in requests if request.requests}
    openai = by_kind["gpt-5-mini", "flex", False]
    assert (openai.requests, openai.uncached, openai.read, openai.write) == (2, 610, 740, 150)
    assert (openai.output, openai.reasoning, openai.write_long) == (120, 60, None)
    anthropic = by_kind["claude-opus-4-8", "batch", False]
    assert (anthropic.requests, anthropic.uncached, anthropic.read, anthropic.write) == (1, 12, 900, 70)
    assert (anthropic.output, anthropic.write_long, anthropic.reasoning) == (25, 40, None)
    assert by_kind["claude-opus-4-8", "standard", True].requests == 1
    assert len(by_kind) == 3


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in QUERIES if name.startswith("answers")])
def test_a_query_of_answers_gives_their_sums(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB runs its own query over Parquet, and the others as sqlglot translates them."""
    monkeypatch.chdir(tmp_path)
    Path("llm_answers").mkdir()
    database = duckdb.connect()
    kind = "JSON" if name.endswith("bigquery") else "VARCHAR"
    database.execute(f"CREATE TABLE llm_answers (logged_at TIMESTAMPTZ, response {kind})")
    for answer in ANSWERS:
        database.execute("INSERT INTO llm_answers VALUES (now(), ?)", [json.dumps(answer)])
    database.execute("COPY llm_answers TO 'llm_answers/a.parquet' (FORMAT parquet)")
    database.execute(SHORT_OF_BIGQUERY)
    text = query(name) if name.endswith("duckdb") else parsed(name).sql(dialect="duckdb")
    result = database.execute(text.replace("my_dataset.", ""))
    check(written(result.fetchall(), [column[0] for column in result.description]).replace('"""', ""))


if INITDB:
    SPEND_LOGS = """
    CREATE TABLE "LiteLLM_SpendLogs" (
      "startTime" timestamp, call_type text, model text, custom_llm_provider text, status text, cache_hit text,
      prompt_tokens int, completion_tokens int, spend double precision, metadata jsonb);
    INSERT INTO "LiteLLM_SpendLogs" VALUES
      (now(), 'acompletion', 'm', 'openai', 'success', 'None', 1000, 80, 0.25,
       '{"usage_object": {"prompt_tokens_details": {"cached_tokens": 600},
                          "completion_tokens_details": {"reasoning_tokens": 30}}}'),
      (now(), 'acompletion', 'm', 'openai', 'success', '', 500, 20, 0.5,
       '{"usage_object": {"cache_read_input_tokens": 100, "cache_creation_input_tokens": 50}}'),
      (now(), 'acompletion', 'm', 'openai', 'success', 'True', 500, 20, 0, '{}'),
      (now(), 'aretrieve_batch', 'm', 'openai', 'success', '', 500, 20, 9, '{}'),
      (now(), 'acompletion', 'm', 'openai', 'failure', '', 0, 0, 0, '{}'),
      (now() - INTERVAL '40 days', 'acompletion', 'm', 'openai', 'success', '', 500, 20, 9, '{}');
    """

    @pytest.fixture
    def server() -> Iterator[Path]:
        """The folder of a Postgres that listens there alone; its programs do not run for root."""
        folder = Path(tempfile.mkdtemp(prefix="queries-"))
        options: dict[str, Any] = {"check": True, "capture_output": True, "cwd": folder}
        if os.getuid() == 0:
            shutil.chown(folder, "nobody")
            options["user"] = "nobody"
        bin = Path(str(INITDB)).resolve().parent
        subprocess.run([bin / "initdb", "-D", folder / "data", "-U", "reader", "-A", "trust"], **options)
        listening = f"-k {folder} -c listen_addresses=''"
        log = folder / "log"
        subprocess.run([bin / "pg_ctl", "-D", folder / "data", "-l", log, "-w", "-o", listening, "start"], **options)
        yield folder
        subprocess.run([bin / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], **options)
        shutil.rmtree(folder)

    @pytest.mark.long
    def test_litellm_on_postgres_gives_its_sums(server: Path) -> None:
        """Leaves out the proxy's own cache, batches that are only fetched, and what is too old."""
        psql = ["psql", "-h", str(server), "-U", "reader", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "--csv", "-q"]
        subprocess.run(psql, input=SPEND_LOGS, text=True, check=True, capture_output=True)
        command = [*psql, "--file", str(FOLDER / "litellm_postgres.sql")]
        result = subprocess.run(command, text=True, check=True, capture_output=True)
        (answered, failed), skipped = requests_in(result.stdout, "sums")
        assert not skipped
        assert (answered.requests, answered.uncached, answered.read, answered.write) == (2, 750, 700, 50)
        assert (answered.output, answered.reasoning, answered.cost) == (100, 30, 0.75)
        assert (answered.model, answered.provider) == ("m", "openai")
        assert (failed.requests, failed.failed) == (1, True)
