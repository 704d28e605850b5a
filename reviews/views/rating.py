"""The scoring workspace: one item at a time, saved as it is typed."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import RedirectView, TemplateView

from accounts.permissions import Permission
from reviews.actions.facts import save_facts
from reviews.actions.rating import save_rating
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.evidence.warnings import evidence_of_item
from reviews.facts import ItemCount, facts_of_items, suggestions_from, takes_own_points
from reviews.forms.facts import FactsForm
from reviews.forms.own_points import OwnPointsForm, points_in_words
from reviews.forms.rating import RatingForm
from reviews.missing import missing_before_submission
from reviews.models import ItemFacts, Rating, RatingSet
from reviews.permissions import may_rate, may_read_own_ratings, may_reopen, may_work_on_visit
from reviews.views.mixins import ReviewMixin
from reviews.worksheets.items import specialist_names
from reviews.worksheets.results import Result, result_of_item
from reviews.workspace import workspace
from scales.bounds_words import setting_bounds
from scales.spec import Anchor


class OwnRatingsMixin(ReviewMixin):
    """Pages on the user's own ratings of a review: nobody else's are ever loaded here."""

    permission = Permission.RATE

    def is_open(self) -> bool:
        return may_read_own_ratings(self.request.user, self.review)

    @cached_property
    def spec(self):
        return self.review.version.to_spec()

    @cached_property
    def own_set(self) -> RatingSet | None:
        return self.review.member(self.request.user).own_set

    @cached_property
    def ratings(self) -> dict[str, Rating]:
        return self.own_set.by_code() if self.own_set else {}

    @property
    def can_rate(self) -> bool:
        return may_rate(self.request.user, self.review)


class ContinueRating(OwnRatingsMixin, RedirectView):
    """Go to the first item that is still to rate."""

    def get_redirect_url(self, *args, **kwargs):
        first = workspace(self.spec, self.ratings).first_open
        return reverse("reviews:rate", kwargs={"pk": self.review.pk, "code": first.code})


class RateItem(OwnRatingsMixin, TemplateView):
    """One item: anchors, facts and what they suggest, words. A POST saves; `go` says where to go from there."""

    template_name = "reviews/rate_item.html"

    @cached_property
    def item(self):
        if self.kwargs["code"] not in self.spec.items_by_code:
            raise Http404
        return self.spec.item(self.kwargs["code"])

    @cached_property
    def facts(self) -> ItemFacts:
        return self.review.facts_of(self.item.code)

    @cached_property
    def counts(self) -> dict[str, ItemCount]:
        """What the team found, for every item: the list says which of one's ratings lack a reason."""
        return facts_of_items(self.review)

    @cached_property
    def result(self) -> Result:
        """What the facts come to, with one's own points where the item takes them."""
        own = self.ratings.get(self.item.code)
        return result_of_item(
            self.item,
            self.counts[self.item.code],
            self.review.profile.to_spec(),
            own.specialist_points if own else (),
        )

    def lacking(self) -> set[str]:
        """Codes of the items that lack anything before the set can be submitted."""
        points = {code: rating.specialist_points for code, rating in self.ratings.items()}
        suggestions = suggestions_from(self.spec, self.counts, points)
        return {piece.item.code for piece in missing_before_submission(self.spec, self.ratings, suggestions)}

    @property
    def may_enter_facts(self) -> bool:
        return self.can_rate and may_work_on_visit(self.request.user, self.review)

    def get_form(self, data=None) -> RatingForm:
        return RatingForm(
            data,
            initial=RatingForm.initial_from(self.ratings.get(self.item.code)),
            item=self.item,
            profile=self.review.profile.to_spec(),
            suggests=self.item.takes_facts,
        )

    def get_facts_form(self, data=None) -> FactsForm | None:
        """The facts of the item; filled from a POST only where that carries facts at all."""
        if not self.item.takes_facts:
            return None
        if data is not None and ("facts-facts_revision" not in data or not self.may_enter_facts):
            data = None
        form = FactsForm(
            data,
            item=self.item,
            entries=self.facts.entries,
            revision=self.facts.revision,
            given=self.result.found.from_worksheet,
        )
        return form if form.asks_anything else None

    def get_points_form(self, data=None) -> OwnPointsForm | None:
        """One's own points for each specialist; filled from a POST only where that carries points at all."""
        if not takes_own_points(self.item):
            return None
        if data is not None and "points-label_0" not in data:
            data = None
        own = self.ratings.get(self.item.code)
        return OwnPointsForm(
            data,
            item=self.item,
            points=own.specialist_points if own else (),
            names=specialist_names(self.review),
        )

    def get_context_data(self, **kwargs):
        profile = self.review.profile.to_spec()
        rating = self.ratings.get(self.item.code)
        facts_form = kwargs.pop("facts_form", None) or self.get_facts_form()
        suggestion, words = self.result.suggestion, self.result.words
        if facts_form is not None and words is not None:
            facts_form.point_out_missing(suggestion)
        conflict = rating and rating.open_conflict()
        evidence = evidence_of_item(self.review, self.item.code)
        adjustment = profile.adjustment(self.item.code)
        context = {
            "form": kwargs.pop("form", None) or self.get_form(),
            "facts_form": facts_form,
            "points_form": kwargs.pop("points_form", None) or self.get_points_form(),
            "item": self.item,
            "section": self.spec.section_of(self.item.code),
            "workspace": workspace(self.spec, self.ratings, self.item.code, self.lacking()),
            "rating": rating,
            "saved_at": self._saved_at(rating),
            "conflict": conflict,
            "conflict_words": conflict and [_in_words(*one) for one in conflict.differences()],
            "previous_item": self.spec.item_before(self.item.code),
            "next_item": self.spec.item_after(self.item.code),
            "next_anchor": self._next_anchor(rating),
            "adjustment": adjustment,
            "profile": profile,
            "statements": adjustment.statements_by_kind(),
            "setting_bounds": setting_bounds(self.item, adjustment),
            "citations": profile.sources_of(self.item.code),
            "sources": [source for source in self.spec.evidence_sources if source.code in self.item.evidence],
            "result": self.result,
            "suggestion": suggestion,
            "suggestion_words": words,
            "facts": self.facts,
            "can_rate": self.can_rate,
            "may_enter_facts": self.may_enter_facts,
            "may_reopen": may_reopen(self.request.user, self.review),
            "notes_of_item": evidence.notes,
            "evidence_warnings": evidence.warnings,
            "may_add_note": may_work_on_visit(self.request.user, self.review),
        }
        return super().get_context_data(**(context | kwargs))

    def _next_anchor(self, rating: Rating | None) -> Anchor | None:
        """What the next point takes; None before a score is chosen."""
        if rating is None or rating.score is None:
            return None
        return self.item.next_anchor(rating.score)

    def _saved_at(self, rating: Rating | None) -> datetime | None:
        """When anything on this page was last saved: one's own words, or the team's facts."""
        moments = [rating.updated_at] if rating and rating.revision else []
        if self.facts.revision and self.facts.updated_by_id == self.request.user.pk:
            moments.append(self.facts.updated_at)
        return max(moments, default=None)

    def post(self, request, *args, **kwargs):
        if not self.can_rate:
            raise NotNow
        form, facts_form = self.get_form(request.POST), self.get_facts_form(request.POST)
        points_form = self.get_points_form(request.POST)
        saved, facts_changed = None, False
        points_good = points_form is None or not points_form.is_bound or points_form.is_valid()
        if form.is_valid():
            values = form.values()
            if points_form is not None and points_form.is_bound and points_good:
                values["specialist_points"] = points_form.points()
            saved = save_rating(
                review=self.review,
                item_code=self.item.code,
                values=values,
                based_on=form.cleaned_data["revision"],
                by=request.user,
            )
            self._reload()
        carries_facts = facts_form is not None and facts_form.is_bound
        if carries_facts and facts_form.is_valid():
            facts_changed = self._save_facts(facts_form)
        rating_saved = saved is not None and saved.conflict is None
        facts_saved = carries_facts and facts_form.is_valid() and not facts_changed
        is_saved = rating_saved and points_good and (facts_saved or not carries_facts)
        if is_saved and not request.htmx:
            return redirect(self._where_to_go(request.POST.get("go", "")))
        # A part that was saved is shown as it is now; a part that was not keeps what was typed.
        context = self.get_context_data(
            form=form if not form.is_valid() else None,
            facts_form=None if facts_saved else facts_form,
            points_form=None if points_good and rating_saved else points_form,
            rating_saved=rating_saved,
            facts_saved=facts_saved,
            facts_changed=facts_changed,
            is_saved=is_saved,
            has_errors=not is_saved,
        )
        if request.htmx:
            self.template_name = "reviews/_partials/saved.html"
        told = 409 if facts_changed or (saved and saved.conflict) else 422
        return self.render_to_response(context, status=200 if is_saved else told)

    def _save_facts(self, facts_form: FactsForm) -> bool:
        """Whether someone else saved other facts meanwhile, so that these were not saved."""
        based_on = facts_form.cleaned_data["facts_revision"]
        if self.request.POST.get("go") == "facts-mine":
            based_on = self.facts.revision
        try:
            self.facts = save_facts(
                review=self.review,
                item_code=self.item.code,
                entries=facts_form.entries(),
                based_on=based_on,
                by=self.request.user,
            )
        except ChangedMeanwhile:
            return True
        for name in ("counts", "result"):
            self.__dict__.pop(name, None)
        return False

    def _reload(self) -> None:
        for name in ("ratings", "own_set", "result"):
            self.__dict__.pop(name, None)
        self.review.__dict__.pop("team", None)

    def _where_to_go(self, go: str) -> str:
        neighbour = {
            "next": self.spec.item_after(self.item.code),
            "previous": self.spec.item_before(self.item.code),
        }
        if go == "finish":
            return reverse("reviews:submit", kwargs={"pk": self.review.pk})
        stay = go not in neighbour
        if stay and go not in ("row", "facts", "facts-mine"):
            messages.success(self.request, _("Saved."))
        target = neighbour.get(go) or self.item
        address = reverse("reviews:rate", kwargs={"pk": self.review.pk, "code": target.code})
        return f"{address}#facts" if go in ("row", "facts", "facts-mine") else address


def _in_words(label, saved, kept) -> tuple:
    """A difference between two texts; points specialist by specialist as a reader knows them."""
    if isinstance(saved, list):
        return _("Your points for each specialist"), points_in_words(saved), points_in_words(kept)
    return label, saved, kept
