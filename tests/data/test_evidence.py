"""The explainers rest on evidence of the last two years where there is any, and say so where there is none.

`python -m tests.data.test_evidence` prints how many sources of each year the pages cite, and where few are new.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from macros.facts import DATA
from macros.facts.rules import SOURCE_FILES

DOCS = Path(__file__).parents[2] / "docs"
FOLDERS = ("learn", "decide", "do", "cost", "examples")
FIRST_NEW_YEAR = 2025
LEAST_SHARE = 0.5

METHODS = {
    *("lora", "qlora", "rafailov-2023", "pagedattention", "punica"),
    *("activation-recomputation", "cut-cross-entropy", "connor-1987"),
    *("newcombe-1998-paired", "newcombe-1998-independent", "miller-2024"),
    *("jarvelin-2002", "smucker-2007", "voorhees-2002"),
    *("nielsen-1993", "stivers-2009", "dean-2013"),
}
"""Sources that define a method, a formula or a limit of perception. They do not age as measurements of models do."""

NOTHING_NEWER = re.compile(
    r"\b[Ww]e\s+found\s+no\s+(?:such\s+|newer\s+)?(?:stud|test|measurement|comparison|independent|one)"
)
"""How a page says that it looked for newer evidence."""

CITED = re.compile(r'cite\("([^"]+)"\)')
ARXIV = re.compile(r"arxiv\.org/abs/(\d\d)\d\d\.\d", re.ASCII)
YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)


def sources() -> dict[str, dict[str, str]]:
    """All entries of `data/sources.yaml` and `data/studies.yaml` by their ids."""
    texts = [(DATA / name).read_text("utf-8") for name in SOURCE_FILES]
    entries = {id: entry for text in texts for id, entry in yaml.load(text, yaml.CSafeLoader)["sources"].items()}
    return {id: {name: str(text) for name, text in entry.items()} for id, entry in entries.items()}


def year_of(id: str, source: dict[str, str]) -> int | None:
    """The year of a source: of its day, of its number at arXiv, or in its id. Documentation without a day has none."""
    if "published" in source:
        return int(source["published"][:4])
    if number := ARXIV.search(source["url"]):
        return 2000 + int(number[1])
    year = YEAR.search(id)
    return int(year[0]) if year else None


def dated_evidence(text: str, known: dict[str, dict[str, str]]) -> dict[str, int]:
    """The years of what a page cites, without methods and without documentation that names no day."""
    years = {id: year_of(id, known[id]) for id in CITED.findall(text) if id not in METHODS}
    return {id: year for id, year in years.items() if year is not None}


def share_of_new(years: list[int]) -> float:
    """The share that is from the last two years; 1 where nothing is cited."""
    return sum(year >= FIRST_NEW_YEAR for year in years) / len(years) if years else 1.0


def pages() -> Iterator[tuple[str, str]]:
    """Name and text of each explainer."""
    for folder in FOLDERS:
        for path in sorted((DOCS / folder).glob("*.md")):
            yield path.relative_to(DOCS).as_posix(), path.read_text("utf-8")


def too_old(text: str, known: dict[str, dict[str, str]]) -> bool:
    """Whether more than half of a page's evidence is older, and the page does not say that there is none."""
    years = list(dated_evidence(text, known).values())
    return share_of_new(years) < LEAST_SHARE and not NOTHING_NEWER.search(text)


def test_at_least_half_of_all_evidence_is_of_the_last_two_years() -> None:
    known = sources()
    evidence: dict[str, int] = {}
    for _, text in pages():
        evidence |= dated_evidence(text, known)
    assert len(evidence) > 50
    assert share_of_new(list(evidence.values())) >= LEAST_SHARE, Counter(evidence.values())


def test_each_page_has_new_evidence_or_says_that_there_is_none() -> None:
    known = sources()
    assert [name for name, text in pages() if too_old(text, known)] == []


def test_each_method_is_a_source() -> None:
    assert sources().keys() >= METHODS


@pytest.mark.parametrize(
    ("id", "source", "year"),
    [
        ("a-2019", {"url": "https://arxiv.org/abs/2401.00001", "published": "2025-03-01"}, 2025),
        ("a-2019", {"url": "https://arxiv.org/abs/2401.00001"}, 2024),
        ("a-2019", {"url": "https://example.org"}, 2019),
        ("guide", {"url": "https://example.org/2026"}, None),
    ],
)
def test_the_year_is_that_of_the_day_then_of_arxiv_then_of_the_id(
    id: str, source: dict[str, str], year: int | None
) -> None:
    assert year_of(id, source) == year


def test_a_page_of_old_studies_is_noticed_unless_it_says_so() -> None:
    known = {id: {"url": "https://example.org"} for id in ("a-2023", "b-2024", "c-2026", "guide")}
    old = '{{ cite("a-2023") }} {{ cite("b-2024") }} {{ cite("c-2026") }} {{ cite("guide") }}'
    assert too_old(old, known)
    assert not too_old(old + " We found\nno newer study.", known)
    assert not too_old('{{ cite("a-2023") }} {{ cite("c-2026") }}', known)
    assert not too_old('{{ cite("guide") }}', known)


def main() -> None:
    """Print the sources by year, their share from the last two years, and the pages below it."""
    known = sources()
    evidence: dict[str, int] = {}
    for _, text in pages():
        evidence |= dated_evidence(text, known)
    for year, count in sorted(Counter(evidence.values()).items()):
        print(year, count)
    print(f"of {len(evidence)} dated sources, {share_of_new(list(evidence.values())):.0%} from {FIRST_NEW_YEAR} on")
    for name, text in pages():
        years = list(dated_evidence(text, known).values())
        if share_of_new(years) < LEAST_SHARE:
            print(
                f"{name}: {share_of_new(years):.0%} of {len(years)}", "too old" if too_old(text, known) else "says so"
            )


if __name__ == "__main__":
    main()
