"""Files that are compressed once, at build, as small as gzip can make them; a host compresses in a hurry."""

from __future__ import annotations

from typing import cast

import deflate

HARDEST = 12
PACKED = ".bin"
"""What the name of such a file ends with: a host that knows `.gz` may unpack it on the way."""


def gzipped(content: bytes) -> bytes:
    """The content in gzip's format, the same bytes each time.

    >>> import gzip
    >>> gzip.decompress(gzipped(b"Which lever?"))
    b'Which lever?'
    """
    return cast(bytes, deflate.gzip_compress(content, HARDEST))
