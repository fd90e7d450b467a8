"""Every profile there is, and reading a file by one of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from pathlib import Path

from seed.channels import boston, chongqing, dc, duban, teddy
from seed.channels.formats import tables_of
from seed.channels.layout import recognised
from seed.channels.profile import Profile
from seed.channels.reading import Reading
from seed.channels.table import ImportFileError

PROFILES: Mapping[str, Profile] = {
    room.PROFILE.name: room.PROFILE for room in (duban, teddy, boston, dc, chongqing)
}


def read_file(
    path: Path | str,
    *,
    profile: str = "auto",
    source: str | None = None,
    zone: tzinfo,
    now: datetime,
) -> Reading:
    """Open ``path`` and return its Reading; raises ImportFileError where that cannot be.

    ``profile`` is a name of PROFILES, or "auto" to tell by the header. ``source`` defaults to
    the profile's name. ``zone`` is the bureau's; ``now`` bounds what a date can mean.
    """
    if profile != "auto" and profile not in PROFILES:
        names = "、".join(PROFILES)
        raise ImportFileError(f"没有名为“{profile}”的渠道格式，可用 auto、{names}")
    wanted = tuple(PROFILES.values()) if profile == "auto" else (PROFILES[profile],)
    layout = recognised(Path(path), tables_of(Path(path)), wanted)
    return Reading(layout, source or layout.profile.name, zone, now)
