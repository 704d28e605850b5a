"""What every template may show."""

from django.conf import settings
from django.http import HttpRequest


def product(request: HttpRequest) -> dict[str, object]:
    """Whether this is a demonstration, so that every page can say so."""
    return {"is_demo": settings.DEMO}
