"""Writes a file that is kept for the next start: whole or not at all, and only where that is allowed."""

from __future__ import annotations

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
