"""Save the facts of an item: the team's, so everyone at the visit may enter and mend them."""

from django.db import transaction

from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import ItemFacts, Review
from reviews.permissions import may_work_on_visit
from scales.scoring import UnknownItem


@transaction.atomic
def save_facts(*, review: Review, item_code: str, entries: dict, based_on: int, by) -> ItemFacts:
    """Replace the facts of one item.

    `based_on`: their revision when the page was opened, 0 where there were none. Saving the same again changes nothing,
    and saving nothing leaves no row.
    Raises `NotNow`, `UnknownItem`, and `ChangedMeanwhile` when someone else saved other figures since.
    """
    if not may_work_on_visit(by, review):
        raise NotNow
    if item_code not in review.version.to_spec().items_by_code:
        raise UnknownItem(item_code)
    same = {"review": review, "item_id": review.version.item_ids()[item_code]}
    if not entries and not ItemFacts.objects.filter(**same).exists():
        return ItemFacts(**same)
    facts, _ = ItemFacts.objects.select_for_update(of=("self",)).get_or_create(
        **same, defaults={"updated_by": by}
    )
    if facts.entries == entries:
        return facts
    if facts.revision != based_on:
        raise ChangedMeanwhile
    facts.entries, facts.updated_by = entries, by
    facts.revision += 1
    facts.save()
    return facts
