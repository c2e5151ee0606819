"""Writes what is kept for the next start, a file or a folder: whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def keep_cached_file(path: Path, content: bytes) -> bool:
    """Writes the file so that whoever reads it finds it whole; False where the folder may not be written."""
    import tempfile  # slow to import, and seldom needed

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            new = Path(folder, path.name)
            new.write_bytes(content)
            new.replace(path)
    except OSError:
        return False
    return True


@contextmanager
def new_cached_folder(folder: Path) -> Iterator[Path]:
    """Gives an empty folder to fill, with room beside it, and puts it in place last: what has its name is whole."""
    import tempfile  # slow to import, and seldom needed

    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        new = Path(temporary, folder.name)
        new.mkdir()
        yield new
        if not folder.exists():
            new.rename(folder)
