"""Which figure of the worksheets each item of a scale takes, as a YAML file: `fixtures/scales/figures/ips-25.yaml`."""

from dataclasses import dataclass

from scales.figures import Answer, Figure
from scales.yaml_nodes import Notebook, Row, top_row


@dataclass(frozen=True)
class ItemFigure:
    """`answers`: condition code of the item to what a worksheet answers."""

    item: str
    figure: Figure
    answers: dict[str, Answer]


@dataclass(frozen=True)
class ScaleFigures:
    scale_code: str
    items: tuple[ItemFigure, ...]


def read_figures(text: str, name: str) -> ScaleFigures:
    """Raises DefinitionError naming every problem found."""
    notebook = Notebook(name)
    row = top_row(text, notebook)
    figures = ScaleFigures(
        scale_code=row.code("figures_of"),
        items=row.rows("items", _item, named="item", required=True),
    )
    row.finish()
    notebook.stop_if_any()
    return figures


def _item(row: Row) -> ItemFigure:
    answers = row.rows("answers", lambda answer: (answer.code("condition"), answer.word("answer", Answer)))
    return ItemFigure(item=row.code("item"), figure=row.word("figure", Figure), answers=dict(answers))
