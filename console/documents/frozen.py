"""Equal papers are equal bytes: office files with fixed times and order inside the zip."""

from __future__ import annotations

import zipfile
from io import BytesIO

_STAMP = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold


_FIRST = ("[Content_Types].xml", "_rels/.rels")  # office readers look here first


def frozen_zip(content: bytes) -> bytes:
    """Return an office file's zip rewritten so that only its parts decide its bytes."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as fixed,
    ):
        names = sorted(given.namelist(), key=lambda n: (n not in _FIRST, n))
        for name in names:
            part = zipfile.ZipInfo(name, _STAMP)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0
            fixed.writestr(part, given.read(name))
    return out.getvalue()
