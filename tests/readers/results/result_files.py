"""One small file for each format of test results, written for these tests."""

from __future__ import annotations

import json

from calculators.readers.results.evaluation import Columns, Evaluation, result_evaluation
from calculators.readers.results.intake import ResultIntake
from calculators.readers.results.summary import result_summary_from_json

PIECE = 7
"""Bytes that are fed at once: pieces end in the middle of everything."""


def summary_text(*files: tuple[str, bytes | str]) -> str:
    """The summary of some files."""
    intake = ResultIntake()
    for name, content in files:
        data = content.encode() if isinstance(content, str) else content
        intake.open(name)
        for begin in range(0, len(data), PIECE):
            intake.feed(data[begin : begin + PIECE])
        intake.close()
    return intake.finish()


def evaluation(*files: tuple[str, bytes | str], **columns: str) -> Evaluation:
    """The results in some files, paired."""
    return result_evaluation(result_summary_from_json(summary_text(*files)), Columns(**columns))


def lines(*rows: object) -> str:
    """JSON Lines."""
    return "\n".join(map(json.dumps, rows))


def promptfoo_row(test: int, prompt: int, success: bool, score: float, reason: int = 0, **more: object) -> object:
    """A result as promptfoo writes it; ordinary failures have an `error` too."""
    return {
        "testIdx": test,
        "promptIdx": prompt,
        "vars": {"city": f"Town {test}"},
        "testCase": {"vars": {"city": f"Town {test}"}, "metadata": {"level": "easy" if test else "hard"}},
        "provider": {"id": "openai:gpt-6", "label": ""},
        "success": success,
        "score": score,
        "failureReason": reason,
        "error": None if success else "Expected output to contain a river",
        "namedScores": {"tone": score / 2},
        **more,
    }


PROMPTFOO = json.dumps(
    {
        "evalId": "eval-1",
        "results": {
            "version": 3,
            "prompts": [
                {"raw": "Where is {{city}}?", "provider": "openai:gpt-6"},
                {"raw": "Find {{city}}.", "provider": "openai:gpt-6"},
            ],
            "results": [
                promptfoo_row(0, 1, False, 0.25, 1),
                promptfoo_row(0, 0, True, 1),
                promptfoo_row(1, 0, True, 1),
                promptfoo_row(1, 1, False, 0, 2),
            ],
        },
        "config": {},
    },
    indent=1,
)
PROMPTFOO_TABLE = (
    "city,[openai:gpt-6] Where?,Status,Score,Named Scores,[openai:gpt-6-mini] Where?,Status,Score,Named Scores\n"
    "Rome,on the Tiber,PASS,1.00,{},no idea,FAIL,0.40,{}\n"
    '"Bonn, Germany",on the Rhine,PASS,0.80,{},,ERROR,0.00,{}\n'
)


def inspect_sample(id: str, epoch: int, value: object, **more: object) -> object:
    """A sample of an Inspect log."""
    scores = {} if value is None else {"match": {"value": value, "answer": "x"}}
    return {"id": id, "epoch": epoch, "input": f"What is {id}?", "target": "x", "scores": scores, **more}


def inspect_log(model: str, samples: list[object], status: str = "success") -> str:
    """An Inspect log as JSON."""
    return json.dumps({"version": 2, "status": status, "eval": {"task": "quiz", "model": model}, "samples": samples})


OLD_LOG = inspect_log(
    "lab/small", [inspect_sample("a", 1, "C"), inspect_sample("a", 2, "I"), inspect_sample("b", 1, "P")]
)
NEW_LOG = inspect_log(
    "lab/large",
    [
        inspect_sample("a", 1, "C"),
        inspect_sample("a", 2, None, error={"message": "timeout"}),
        inspect_sample("b", 1, float("nan")),
        inspect_sample("c", 1, None),
    ],
)

HARNESS = lines(
    *(
        {
            "doc_id": number,
            "doc_hash": f"h{number}",
            "prompt_hash": f"p{number}",
            "filter": filter,
            "metrics": ["exact_match"],
            "exact_match": float(hit),
            "resps": [["…"]],
            "filtered_resps": ["…"],
        }
        for number, hits in enumerate([(0, 1), (1, 1)])
        for filter, hit in zip(("strict", "loose"), hits, strict=True)
    )
)

EVALS = [
    {"spec": {"eval_name": "towns", "run_id": "r", "completion_fns": ["gpt-6"]}},
    {"run_id": "r", "event_id": 0, "sample_id": "towns.0", "type": "sampling", "data": {"sampled": ["x"]}},
    {"run_id": "r", "event_id": 1, "sample_id": "towns.0", "type": "match", "data": {"correct": True}},
    {"run_id": "r", "event_id": 2, "sample_id": "towns.1", "type": "match", "data": {"correct": False}},
    {"run_id": "r", "event_id": 3, "sample_id": "towns.2", "type": "error", "data": {"message": "down"}},
]
REPORT = {"final_report": {"accuracy": 0.5}}

DEEPEVAL = json.dumps(
    {
        "testCases": [
            {
                "name": "rome",
                "input": "Where?",
                "success": True,
                "metricsData": [{"name": "Relevancy", "score": 0.9, "success": True}],
            },
            {
                "name": "bonn",
                "input": "Where then?",
                "success": False,
                "metricsData": [{"name": "Relevancy", "success": False, "error": "no judge"}],
            },
        ]
    }
)
RAGAS = (
    "user_input,retrieved_contexts,response,reference,faithfulness,context_recall\n"
    "Where is Rome?,\"['maps', 'rivers']\",here,there,0.75,1.0\n"
    "Where is Bonn?,\"['maps']\",there,there,,0.5\n"
)
LANGFUSE = (
    "id,dataset_item_id,dataset_run_name,input,output,score.helpful\n"
    "t1,i1,old,Hello,Hi,0.5\nt2,i1,new,Hello,Hey,1\nt3,i2,old,Bye,Bye,0\nt4,i2,new,Bye,Ciao,1\n"
)
LANGSMITH = (
    "id,reference_example_id,inputs,outputs,feedback.correctness,latency,status\n"
    "r1,e1,Hello,Hi,1,0.7,success\nr2,e2,Bye,Bye,0,0.9,success\n"
)
BRAINTRUST = lines(
    {"id": "s1", "span_id": "s1", "input": {"q": "Rome"}, "scores": {"Factuality": 0.6}, "metadata": {"topic": "map"}},
    {"id": "s2", "span_id": "s2", "input": {"q": "Bonn"}, "scores": {"Factuality": None}, "error": "down"},
)
