"""A calculator of one line for tests of the browser's side: it adds up, can be slow, and can break."""

import json
import os
from collections.abc import Callable


class Catalogue:
    """Answers as the real catalogue does, and counts what it was asked."""

    def __init__(self, facts_text: str) -> None:
        self.facts = json.loads(facts_text)
        self.count = 0

    def answer(self, name: str, given: str, as_: str, ask: str = "result") -> str:
        """Return the answer's JSON text."""
        self.count += 1
        if name == "reach":
            return reach(json.loads(given)["address"])
        if name == "count":
            return str(self.count - 1)
        texts = json.loads(given)
        amount, factor = texts["amount"], texts.get("model.factor", "2")
        if amount == "break":
            raise ValueError(f"a message that quotes {amount}")
        if amount == "abort":
            os.abort()
        if amount == "slow":
            sum(range(3_000_000))
        fields = {key: {"echo": "", "error": ""} for key in ("amount", "model", "model.factor", "caching", "tier")}
        fields["model.factor"]["published"] = f"published for <b>{texts['model']}</b>"
        if amount in ("", "bad"):
            fields["amount"]["error"] = "Enter an amount, like 1,000."
            return json.dumps({"ok": False, "result": None, "fields": fields, "spoken": "Enter an amount, like 1,000."})
        if amount.endswith("k"):
            fields["amount"]["echo"] = f"= {amount[:-1]},000"
        text = f"{amount} × {factor} {texts['model']} {texts['caching']} {texts['tier']} {self.facts['unit']}"
        html = (
            f'<p class="total">{text}</p><details data-keep="why"><summary>Why</summary>'
            '<button type="button">Copy</button></details>'
        )
        return json.dumps({"ok": True, "result": html, "fields": fields, "spoken": f"Total {amount}"})


def reach(address: str) -> str:
    """Try each way a script might use to reach another address, and return what came of each."""
    tried = []
    for way in (fetch, request, dynamic, through_pyodide):
        try:
            way(address)
            tried.append(f"{way.__name__}: sent")
        except BaseException as error:
            tried.append(f"{way.__name__}: {type(error).__name__}")
    return json.dumps(tried)


def fetch(address: str) -> None:
    import js

    js.fetch(address)


def request(address: str) -> None:
    import js

    question = js.XMLHttpRequest.new()
    question.open("GET", address, False)
    question.send()


def dynamic(address: str) -> None:
    import js

    js.Object.constructor(f"fetch({address!r})")()


def through_pyodide(address: str) -> None:
    from pyodide.http import open_url

    open_url(address)


def load(facts_text: str, count_tokens: Callable[[str], int] | None) -> Catalogue:
    """Return the catalogue of toys."""
    return Catalogue(facts_text)
