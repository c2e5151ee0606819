"""Files that cannot be read, and why."""

from __future__ import annotations


class RefusedFile(ValueError):
    """A file of a kind that cannot be read here; the text says what it is and how to get one that can."""


SIGNATURES = {
    b"PAR1": "it is a Parquet file: export it as CSV or JSON Lines",
    b"SQLite format 3": "it is a SQLite database: export its rows as JSON or CSV",
    b"\x28\xb5\x2f\xfd": "it is packed with zstd: unpack it first, or pack it with gzip",
    b"%PDF": "it is a PDF: export the rows as CSV or JSON",
    b"BZh": "it is packed with bzip2: unpack it first, or pack it with gzip",
    b"\xfd7zXZ": "it is packed with xz: unpack it first, or pack it with gzip",
    b"7z\xbc\xaf": "it is a 7z archive: unpack it first, or pack it as zip",
    b"\x89PNG": "it is a picture: export the rows as CSV or JSON",
    b"\xff\xd8\xff": "it is a picture: export the rows as CSV or JSON",
    b"\xd0\xcf\x11\xe0": "it is an old Office file: save it as CSV",
}
"""How files begin that hold no text, and what to do about them."""


def refuse_unreadable_file(beginning: bytes) -> None:
    """Refuse a file by its first bytes.

    Raises:
        RefusedFile: it is of a kind that cannot be read.
    """
    for signature, reason in SIGNATURES.items():
        if beginning.startswith(signature):
            raise RefusedFile(reason)
