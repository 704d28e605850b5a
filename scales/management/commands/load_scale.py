"""`manage.py load_scale`: read scale versions and setting profiles from YAML files into the database."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from scales.actions.loading import DraftInTheWay, PublishedDiffers, load_profile, load_version
from scales.yaml_file import DefinitionError, check_profile, read_profile, read_scale

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
        paths = files or [*sorted(SHIPPED.glob("*.yaml")), *sorted((SHIPPED / "profiles").glob("*.yaml"))]
        texts = {path: self._text(path) for path in paths}
        profiles = {
            path for path, text in texts.items() if text.startswith("profile:") or "\nprofile:" in text
        }
        try:
            for path in sorted(texts, key=lambda path: path in profiles):
                loaded, is_new = (self._profile if path in profiles else self._version)(texts[path], path)
                if verbosity:
                    self.stdout.write(f"{path.name}: {loaded} {'loaded' if is_new else 'is here already'}")
        except (DefinitionError, DraftInTheWay, PublishedDiffers) as error:
            raise CommandError(str(error)) from error

    def _text(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path} cannot be read: {error}") from error

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
