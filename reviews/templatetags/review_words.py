from django import template

from reviews.models import Review
from reviews.visit import dates

register = template.Library()


@register.filter
def visit_dates(review: Review) -> str:
    return dates.visit_dates(review.starts_on, review.ends_on)
