"""A small example of each report: by the name of the format, what a download holds."""

from __future__ import annotations

from tests.readers.usage.reading import json_lines

OPENAI_USAGE = json_lines(
    {
        "object": "page",
        "data": [
            {
                "object": "bucket",
                "start_time": 1793491200,
                "end_time": 1793577600,
                "results": [
                    {
                        "object": "organization.usage.completions.result",
                        "input_tokens": 8200,
                        "input_cached_tokens": 3000,
                        "input_cache_write_tokens": 200,
                        "output_tokens": 640,
                        "num_model_requests": 7,
                        "project_id": None,
                        "model": "gpt-5-mini-2025-08-07",
                        "batch": True,
                        "service_tier": None,
                    },
                    {
                        "object": "organization.usage.completions.result",
                        "input_tokens": 500,
                        "output_tokens": 60,
                        "num_model_requests": 2,
                        "model": None,
                        "service_tier": "priority",
                    },
                ],
            },
            {"object": "bucket", "start_time": 1793577600, "end_time": 1793664000, "results": []},
        ],
        "has_more": False,
    }
)

OPENAI_USAGE_TABLE = """\
start_time,end_time,start_time_iso,project_id,num_model_requests,model,batch,service_tier,input_tokens,output_tokens,\
input_cached_tokens
1793491200,1793577600,2026-11-01T00:00:00+00:00,proj_a,3.0,gpt-5-nano,FALSE,default,7000.0,250.0,4000.0
1793491200,1793577600,2026-11-01T00:00:00+00:00,proj_a,2.0,gpt-5-nano,TRUE,,900.0,90.0,0.0
1793577600,1793664000,2026-11-02T00:00:00+00:00,,,,,,,,
"""

OPENAI_COST_TABLE = """\
start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id
1793491200,1793577600,2026-11-01T00:00:00+00:00,2026-11-02T00:00:00+00:00,1.25,usd,"gpt-5-nano, input",proj_a
1793491200,1793577600,2026-11-01T00:00:00+00:00,2026-11-02T00:00:00+00:00,0.75,usd,"gpt-5-nano, output",proj_a
1793577600,1793664000,2026-11-02T00:00:00+00:00,2026-11-03T00:00:00+00:00,,,,
"""

ANTHROPIC_USAGE = json_lines(
    {
        "data": [
            {
                "starting_at": "2026-11-01T00:00:00Z",
                "ending_at": "2026-11-02T00:00:00Z",
                "results": [
                    {
                        "uncached_input_tokens": 1500,
                        "cache_creation": {"ephemeral_1h_input_tokens": 30, "ephemeral_5m_input_tokens": 70},
                        "cache_read_input_tokens": 6000,
                        "output_tokens": 410,
                        "server_tool_use": {"web_search_requests": 1},
                        "model": "claude-haiku-5",
                        "service_tier": "batch",
                        "context_window": "0-200k",
                    }
                ],
            },
            {"starting_at": "2026-11-02T00:00:00Z", "ending_at": "2026-11-03T00:00:00Z", "results": []},
        ],
        "has_more": False,
    }
)

ANTHROPIC_USAGE_TABLE = """\
usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,\
usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,\
usage_output_tokens,web_search_count,inference_geo,speed
2026-11-01,claude-opus-4-8,prod,Default,standard,≤ 200k,5200,300,900,81000,3100,0,global,standard
2026-11-01,claude-opus-4-8,prod,Default,standard,≤ 200k,100,0,0,0,40,0,global,fast
"""

ANTHROPIC_COST_TABLE = """\
usage_date_utc,model,api_key,workspace,usage_type,context_window,token_type,cost_usd,inference_geo,speed
2026-11-01,Claude Opus 4.8,prod,Default,standard,≤ 200k,input_no_cache,0.026,global,standard
2026-11-01,Claude Opus 4.8,prod,Default,standard,≤ 200k,output,0.0775,global,standard
"""

CURSOR = """\
Date,Kind,Model,Max Mode,Input (w/ Cache Write),Input (w/o Cache Write),Cache Read,Output Tokens,Total Tokens,Cost
"2026-11-01T09:30:00.000Z","On-Demand","claude-opus-4-8","No","700","20","5000","130","5850","$0.31"
"2026-11-01T09:29:00.000Z","Included","gpt-5","No","0","400","0","50","450","Included"
"2026-11-01T09:28:00.000Z","Errored, No Charge","auto","No","0","0","0","0","0","-"
"""

OPENROUTER_DAYS = json_lines(
    {
        "data": [
            {
                "date": "2026-11-01",
                "model": "openai/gpt-5-mini",
                "model_permaslug": "openai/gpt-5-mini-2025-08-07",
                "endpoint_id": "e1",
                "provider_name": "OpenAI",
                "usage": 0.02,
                "byok_usage_inference": 0.4,
                "requests": 12,
                "prompt_tokens": 9100,
                "completion_tokens": 800,
                "reasoning_tokens": 350,
            }
        ]
    }
)

SUMS = """\
day,model,provider,tier,requests,failed,uncached_tokens,cache_read_tokens,cache_write_tokens,cache_write_1h_tokens,\
output_tokens,reasoning_tokens,cost_usd
2026-11-01,gpt-5-mini,openai,standard,100,4,50000,20000,1000,400,9000,2500,0.75
2026-11-02,gpt-5-mini,openai,batch,,,3000,,,,700,,
"""

EXAMPLES = {
    "openai_report": OPENAI_USAGE,
    "openai_usage_table": OPENAI_USAGE_TABLE,
    "openai_cost_table": OPENAI_COST_TABLE,
    "anthropic_report": ANTHROPIC_USAGE,
    "anthropic_usage_table": ANTHROPIC_USAGE_TABLE,
    "anthropic_cost_table": ANTHROPIC_COST_TABLE,
    "cursor": CURSOR,
    "openrouter_days": OPENROUTER_DAYS,
    "sums": SUMS,
}
