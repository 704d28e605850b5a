"""Static files: our own, and of the wheels only the files that pages use."""

from pathlib import Path

import bootstrap_wrapper
import weblate_fonts
from django.contrib.staticfiles.finders import AppDirectoriesFinder, FileSystemFinder
from whitenoise.storage import CompressedManifestStaticFilesStorage

FONTS_DIR = Path(weblate_fonts.__file__).parent / "static" / "weblate_fonts"

# Prefix under static/, folder inside the wheel.
WHEEL_FOLDERS = [
    ("bootstrap", bootstrap_wrapper.get_bootstrap_css_dir()),
    ("fonts", FONTS_DIR / "source-sans" / "woff2"),
]

UNUSED = [
    "*.map",
    "*.rtl.*",
    "bootstrap-*",
    "bootstrap.css",
    "*Black*",
    "*Light*",
    "htmx-4*",
    "htmax*",
    "ext",
]


class FolderFinder(FileSystemFinder):
    """Files of our static folder and of the wheels' folders, without those that no page uses."""

    def list(self, ignore_patterns):
        return super().list([*(ignore_patterns or []), *UNUSED])


class AppFinder(AppDirectoriesFinder):
    """Files of installed apps, without those that no page uses and fonts that `FolderFinder` brings."""

    def list(self, ignore_patterns):
        return super().list([*(ignore_patterns or []), *UNUSED])


class ManifestStorage(CompressedManifestStaticFilesStorage):
    """Names carry a hash of the content, also where one script imports another; source maps are not looked for."""

    support_js_module_import_aggregation = True
    patterns = tuple(
        (extension, tuple(pattern for pattern in patterns if "sourceMappingURL" not in str(pattern)))
        for extension, patterns in CompressedManifestStaticFilesStorage.patterns
    )
