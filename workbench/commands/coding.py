"""``revcycle coding``: what a coder does, at the command line.

Commands live in modules of their own and are named here: a function by
``coding_app.command("name")(function)``, a group by ``coding_app.add_typer(group, name="name")``.
"""

import typer

from workbench.commands.coding_anomalies import anomalies
from workbench.commands.coding_audit import audit_app
from workbench.commands.coding_check import check
from workbench.commands.coding_suggest import search, suggest, train

coding_app = typer.Typer(
    help="Find, suggest, check and audit codes.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # locals may hold a note
)


@coding_app.callback()
def coding() -> None:
    """Find, suggest, check and audit codes."""


coding_app.add_typer(audit_app, name="audit")
coding_app.command("anomalies")(anomalies)
coding_app.command("check")(check)
coding_app.command("search")(search)
coding_app.command("suggest")(suggest)
coding_app.command("train")(train)
