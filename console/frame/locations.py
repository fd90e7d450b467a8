"""Every path Duban uses outside the files a person names, in one place."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from rules.errors import DubanError

APP = "duban"


def data_dir() -> Path:
    """Return the folder of the user's own stores."""
    return platformdirs.user_data_path(APP, appauthor=False)


def own_store() -> Path:
    """Return the file of the user's own store."""
    return data_dir() / "duban.db"


def demo_store() -> Path:
    """Return the file of the demo city."""
    return data_dir() / "demo.db"


def store_target(written: str | None) -> Path | str:
    """Return what ``--store`` or ``DUBAN_STORE`` names: a file, or a database address."""
    if written is None:
        return own_store()
    if written == "demo":
        return demo_store()
    if "://" not in written:
        return Path(written).expanduser()
    if not written.startswith(("postgresql://", "postgresql+psycopg://")):
        raise DubanError(
            f"不支持 {written.partition('://')[0]}:// 的库：请写库文件的路径，"
            "或 postgresql+psycopg:// 开头的地址"
        )
    return written


def exports_dir() -> Path:
    """Return the folder that papers and editions are exported into from the screens."""
    return platformdirs.user_documents_path() / APP


def config_file() -> Path:
    """Return the user's own settings (keys and theme)."""
    return platformdirs.user_config_path(APP, appauthor=False) / "config.toml"


def log_file() -> Path:
    """Return the file that unexpected errors are written to, without citizens' text."""
    return platformdirs.user_log_path(APP, appauthor=False) / "duban.log"
