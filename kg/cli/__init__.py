"""The command line: ``kg COMMAND``. Each command is a module of this package, imported only when it is called."""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence

import typer

from kg import __version__
from kg.cli.terminal import complain, out
from kg.errors import KgError

COMMANDS = {
    "build": "Put articles into the graph.",
    "load": "Put shards or exports of other graphs into the graph.",
    "query": "Ask the graph a question.",
    "extract": "Print what articles state, one JSON object a line.",
    "explain": "Show an article with all that was read in it, and by which rule.",
    "view": "Draw the relationships as one interactive HTML file.",
    "serve": "Answer SPARQL, and show the graph in a browser.",
    "export": "Write the whole graph to a file, in the format of its ending.",
    "validate": "Check the whole graph against the shapes of the ontology.",
    "score": "Compare what is read from articles with a gold: precision, recall, F1.",
    "remove": "Take articles out of the graph again.",
    "publish": "Make an immutable snapshot of the graph for readers.",
    "rollback": "Let readers see the snapshot before again.",
    "stats": "Count what the graph holds.",
}
"""Each command with the first sentence of its help; the module of the same name has the function ``command``."""

_HELP = """Elchi reads diplomatic and trade news and keeps what they state as a graph with evidence.

\b
Begin with:
  kg build articles/          read a folder of articles
  kg query leaders            who holds which office
  kg query                    all questions that have a name
  kg view                     draw it: graph.html
  kg serve                    explore it in a browser

The graph lives in the folder kg-store; --store DIR or KG_STORE chooses another.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code: 0 done, 1 an input's fault, 2 wrong usage.

    Errors are one sentence on stderr; what is not a KgError is a bug and stays a traceback.
    """
    words = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # six scripts are printed, whatever the locale
    try:
        code = _application(words[0])(words, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except KgError as error:
        complain(error)
        return 1
    except typer.Abort:
        complain("stopped")
        return 130
    except typer.TyperException as error:
        reason = error.format_message().rstrip(".").replace("Value error, ", "")
        see = " See" if reason.endswith("?") else "; see"
        complain(f"kg: {reason}{see} kg {words[0] if words[0] in COMMANDS else ''} --help")
        return error.exit_code
    except BrokenPipeError:  # the reader of a pipe, such as head, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code if isinstance(code, int) else 0


def _application(wanted: str) -> typer.Typer:
    """The application with the wanted command; the others are there by name only, for the help.

    Importing all that all commands need takes most of a second, which ``kg --help`` should not.
    """
    app = typer.Typer(help=_HELP, rich_markup_mode="rich", pretty_exceptions_enable=False, add_completion=True)
    app.callback()(_options)
    everything = any(name.endswith("_COMPLETE") and name.startswith("_KG") for name in os.environ)
    for name, summary in COMMANDS.items():
        if everything or name == wanted:
            app.command(name)(_load(name))
        else:
            app.command(name, help=summary)(_unloaded)
    return app


def _load(name: str) -> Callable[..., object]:
    command: Callable[..., object] = importlib.import_module(f"kg.cli.{name}").command
    return command


def _unloaded() -> None:
    """Stand for a command that was not called."""


def _show_version(wanted: bool) -> None:
    if wanted:
        out.print(f"elchi {__version__}")
        raise typer.Exit


def _options(
    version: bool = typer.Option(
        False, "--version", is_eager=True, callback=_show_version, help="Print the version and stop."
    ),
) -> None:
    """Options of ``kg`` itself."""
