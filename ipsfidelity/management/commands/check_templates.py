"""Compiles every template of ours, so that a mistake in one is found before its page is opened."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template import Engine, Origin, Template, TemplateDoesNotExist, TemplateSyntaxError
from django.template.base import Node
from django.template.loader_tags import ExtendsNode, IncludeNode


class Command(BaseCommand):
    help = "Compiles every file under templates/; names file and line of each error."

    def handle(self, *args: Any, **options: Any) -> None:
        engine = Engine.get_default()
        files = sorted(
            (Path(folder), file)
            for folder in engine.dirs
            for file in Path(folder).rglob("*")
            if file.is_file()
        )
        errors = [error for folder, file in files for error in mistakes(engine, folder, file)]
        if errors:
            raise CommandError("\n".join(errors))
        self.stdout.write(f"{len(files)} templates compile.")


def mistakes(engine: Engine, folder: Path, file: Path) -> Iterator[str]:
    """`file:line: what is wrong`: syntax, and templates named in extends or include that do not exist."""
    name = file.relative_to(folder).as_posix()
    try:
        template = Template(file.read_text(encoding="utf-8"), Origin(str(file), name), name, engine)
    except TemplateSyntaxError as error:
        token = getattr(error, "token", None)
        yield f"{file}:{token.lineno if token else 1}: {error}"
        return
    for node in template.nodelist.get_nodes_by_type((ExtendsNode, IncludeNode)):
        named = named_template(node)
        try:
            if named:
                engine.get_template(named)
        except TemplateDoesNotExist:
            yield f"{file}:{node.token.lineno}: there is no template {named!r}"
        except TemplateSyntaxError:
            # That file is not ours, or is reported under its own name.
            continue


def named_template(node: Node) -> str | None:
    """The name written out in the tag; none where it is worked out when the page is made."""
    expression = node.parent_name if isinstance(node, ExtendsNode) else node.template
    return expression.var if isinstance(expression.var, str) else None
