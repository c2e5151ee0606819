"""A calculator of one line for tests of the browser's side: it adds up, can be slow, and can break."""

import importlib
import json
import os
from collections.abc import Callable


class Catalogue:
    """Answers as the real catalogue does, and counts what it was asked."""

    def __init__(self, facts_text: str) -> None:
        self.facts = json.loads(facts_text)
        self.count = 0
        self.amounts: list[str] = []

    def answer_json(self, text: str) -> str:
        """Return the answer's JSON text."""
        question = json.loads(text)
        name, texts = question["calculator"], question.get("given", {})
        self.count += 1
        if name == "reach":
            return reach(**texts)
        if name == "count":
            return str(self.count - 1)
        if name == "amounts":
            return json.dumps(self.amounts)
        self.amounts.append(texts.get("amount", "nothing"))
        amount, factor = texts["amount"], texts.get("model.factor", "2")
        if amount == "break":
            raise ValueError(f"a message that quotes {amount}")
        if amount == "abort":
            os.abort()
        if amount == "kanji":
            amount = encoded("漢字")
        if amount == "loop":
            while True:
                pass
        if amount == "memory":
            [None] * 10**9
        if amount == "deep":
            json.loads("[" * 60_000)
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


def encoded(text: str) -> str:
    """Hexadecimal digits of a text in an encoding that no calculator uses."""
    codecs = importlib.import_module("_codecs_jp")
    return str(codecs.getcodec("shift_jis").encode(text)[0].hex())


def reach(address: str, way: str) -> str:
    """Try one of the ways in which a script might reach another address, and return what came of it."""
    try:
        WAYS[way](address)
    except BaseException as error:
        return type(error).__name__
    return "sent"


def fetch(address: str) -> None:
    import js

    js.fetch(address)


def request(address: str) -> None:
    import js

    question = js.XMLHttpRequest.new()
    question.open("GET", address, False)
    question.send()


def socket(address: str) -> None:
    import js

    js.WebSocket.new(address.replace("http", "ws"))


def beacon(address: str) -> None:
    import js

    js.navigator.sendBeacon(address, "text")


def scripts(address: str) -> None:
    import js

    js.importScripts(address)


def dynamic(address: str) -> None:
    import js

    js.Object.constructor(f"fetch({address!r})")()


def later(address: str) -> None:
    import js

    js.setTimeout(f"fetch({address!r})", 0)
    raise PermissionError("a text is run by nobody, or the canary hears of it")


def run_js(address: str) -> None:
    from pyodide.code import run_js

    run_js(f"fetch({address!r})")


def through_pyodide(address: str) -> None:
    from pyodide.http import open_url

    open_url(address)


def lazily(address: str) -> None:
    import pyodide_js

    pyodide_js.FS.createLazyFile("/", "lazy", address, True, False)
    with open("/lazy", "rb") as file:
        file.read()


def package(address: str) -> None:
    import pyodide_js

    pyodide_js.loadPackage(f"{address}package.whl")
    raise PermissionError("it is fetched later, by what can fetch nothing")


def library(address: str) -> None:
    from urllib.request import urlopen

    urlopen(address)


def raw(address: str) -> None:
    from socket import create_connection

    create_connection(("127.0.0.1", int(address.split(":")[2].split("/")[0])), 1)


def import_by_constructor(address: str) -> None:
    import js

    js.Object.constructor(f"import({address + 'a.js'!r})")()


def import_by_another_constructor(address: str) -> None:
    from pyodide.ffi import to_js

    to_js({}).toString.constructor(f"import({address + 'a.js'!r})")()


def import_later(address: str) -> None:
    import js

    js.setTimeout(f"import({address + 'a.js'!r})", 0)
    raise PermissionError("a text is run by nobody, or the canary hears of it")


def import_run(address: str) -> None:
    from pyodide.code import run_js

    run_js(f"import({address + 'a.js'!r})")


def evaluate(address: str) -> None:
    import js

    js.eval(f"fetch({address!r})")


def events(address: str) -> None:
    import js

    js.EventSource.new(address)


def worker(address: str) -> None:
    import js

    js.Worker.new(address)


def page(address: str) -> None:
    import js

    js.postMessage(address)


WAYS = {
    way.__name__: way
    for way in (
        fetch,
        request,
        socket,
        beacon,
        scripts,
        dynamic,
        later,
        run_js,
        through_pyodide,
        lazily,
        package,
        library,
        raw,
        import_by_constructor,
        import_by_another_constructor,
        import_later,
        import_run,
        evaluate,
        events,
        worker,
        page,
    )
}


def load(facts_text: str, count_tokens: Callable[[str], int] | None) -> Catalogue:
    """Return the catalogue of toys."""
    return Catalogue(facts_text)
