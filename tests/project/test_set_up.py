"""What `make` does to a machine where something lies already."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


def test_setting_up_empties_no_environment_that_a_link_leads_to(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.lock", "requirements-node.lock", "pyproject.toml"):
        shutil.copy(name, tmp_path)
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "precious").touch()
    (tmp_path / ".venv").symlink_to("shared")
    python = tmp_path / "python"
    python.write_text(
        '#!/bin/sh\n[ "$2" = venv ] && mkdir -p .venv/bin && cp "$0" .venv/bin/python\nexit 0\n'
    )
    python.chmod(0o755)
    made = ["make", "--no-print-directory", ".venv/.ready", f"PYTHON={python}"]
    subprocess.run(made, cwd=tmp_path, capture_output=True, check=True)
    assert (tmp_path / "shared" / "precious").exists()
    assert not (tmp_path / ".venv").is_symlink()
