"""`manage.py load_scale`: read scale versions, setting profiles and figures from YAML files into the database."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from scales.actions.loading import DraftInTheWay, PublishedDiffers, load_figures, load_profile, load_version
from scales.figures_file import read_figures
from scales.yaml_file import DefinitionError, FileKind, check_profile, kind_of, read_profile, read_scale

SHIPPED = settings.BASE_DIR / "fixtures" / "scales"


class Command(BaseCommand):
    help = (
        "Load scale versions and setting profiles from YAML files (all shipped ones by default). Safe to repeat; "
        "a file that changes something published is refused, and then nothing is loaded."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "files", nargs="*", type=Path, help="YAML files; without any, those in fixtures/scales/"
        )

    @transaction.atomic
    def handle(self, *args, files: list[Path], verbosity: int, **options):
        texts = {path: self._text(path) for path in files or sorted(SHIPPED.rglob("*.yaml"))}
        # Versions first: what belongs to one needs it loaded.
        reads = {
            FileKind.VERSION: self._version,
            FileKind.PROFILE: self._profile,
            FileKind.FIGURES: self._figures,
        }
        kinds = {path: kind_of(text) for path, text in texts.items()}
        try:
            for path in sorted(texts, key=lambda path: list(reads).index(kinds[path])):
                loaded, is_new = reads[kinds[path]](texts[path], path)
                if verbosity:
                    self.stdout.write(f"{path.name}: {loaded} {'loaded' if is_new else 'is here already'}")
        except (DefinitionError, DraftInTheWay, PublishedDiffers) as error:
            raise CommandError(str(error)) from error

    def _text(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path} cannot be read: {error}") from error

    def _figures(self, text: str, path: Path):
        from scales.models import Scale

        definition = read_figures(text, path.name)
        try:
            return load_figures(definition=definition)
        except Scale.DoesNotExist:
            raise CommandError(
                f"{path.name}: no version of the scale {definition.scale_code} is loaded. Load one first."
            ) from None

    def _version(self, text: str, path: Path):
        return load_version(definition=read_scale(text, path.name))

    def _profile(self, text: str, path: Path):
        from scales.models import ScaleVersion

        definition = read_profile(text, path.name)
        try:
            version = ScaleVersion.objects.select_related("scale").get_by_natural_key(
                definition.scale_code, definition.scale_label
            )
        except ScaleVersion.DoesNotExist:
            raise CommandError(
                f"{path.name}: its scale version {definition.scale_code} {definition.scale_label} is not loaded. "
                "Load that file too."
            ) from None
        if problems := check_profile(definition, version.to_spec()):
            raise CommandError("\n".join(f"{path.name}: {problem}" for problem in problems))
        return load_profile(definition=definition)
