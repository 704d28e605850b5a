from django import template

from reviews import visit_dates as dates
from reviews.models import Review

register = template.Library()


@register.filter
def visit_dates(review: Review) -> str:
    return dates.visit_dates(review.starts_on, review.ends_on)
