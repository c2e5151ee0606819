"""What is kept on disk between two starts, because making it takes longer than reading it; all can be made again."""

from pathlib import Path

CACHE = Path(__file__).resolve().parent.parent.parent / ".cache"
"""Where it is kept: a folder of the project that git ignores."""
