"""A publisher has one name: the list of sources is in the order of these names, and a reader looks for one of them."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import urlsplit

import pytest

from tests.data.test_evidence import sources

OPEN_HOSTS = (
    *("arxiv.org", "doi.org", "proceedings.mlr.press"),
    *("github.com", "raw.githubusercontent.com", "huggingface.co", "dev.to"),
)
"""Hosts at which anybody publishes, or many do."""


def publishers_by_host(all_sources: dict[str, dict[str, str]]) -> dict[str, set[str]]:
    """The publishers at each host; the authors at an open one are no publishers of the host's."""
    hosts: dict[str, set[str]] = defaultdict(set)
    for source in all_sources.values():
        host = urlsplit(source["url"]).netloc.removeprefix("www.")
        if host not in OPEN_HOSTS:
            hosts[host].add(source["publisher"])
    return hosts


def test_a_host_has_one_publisher() -> None:
    assert {host: names for host, names in publishers_by_host(sources()).items() if len(names) > 1} == {}


def test_no_publisher_is_the_beginning_of_another() -> None:
    """`Mistral` and `Mistral AI` are one; a department stands behind a comma."""
    names = {source["publisher"] for source in sources().values()}
    companies = {name.split(", ")[0] for names in publishers_by_host(sources()).values() for name in names}
    assert [(short, name) for short in companies for name in names if name.startswith(f"{short} ")] == []


@pytest.mark.parametrize("host", ["docs.example.com", "www.docs.example.com"])
def test_two_names_at_a_host_are_seen(host: str) -> None:
    entries = {
        "a": {"url": "https://docs.example.com/a", "publisher": "Example"},
        "b": {"url": f"https://{host}/b", "publisher": "Example AI"},
        "c": {"url": "https://arxiv.org/abs/1", "publisher": "Somebody"},
    }
    assert publishers_by_host(entries) == {"docs.example.com": {"Example", "Example AI"}}
