"""Barriers, facilitators and local adaptations: read them by domain, add one, mend it, withdraw it and put it back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts.permissions import Permission
from reviews.actions.influences import add_record, change_record, restore_record, withdraw_record
from reviews.actions.refusals import ChangedMeanwhile
from reviews.forms.influences import AdaptationForm, InfluenceForm, RecordForm
from reviews.influences.cfir import CITATION, DOMAINS
from reviews.influences.groups import by_domain, noted
from reviews.models import Adaptation, Influence
from reviews.permissions import may_read_influences, may_record_influences
from reviews.views.mixins import ReviewMixin


class Influences(ReviewMixin, TemplateView):
    """Everything that the team recorded, by domain; adaptations below, withdrawn ones apart."""

    template_name = "reviews/influences.html"

    def is_open(self) -> bool:
        return may_read_influences(self.request.user, self.review)

    def get_context_data(self, **kwargs):
        influences = list(self.review.influences.select_related("item", "by", "changed_by"))
        adaptations = list(self.review.adaptations.select_related("item", "by", "changed_by"))
        may_record = may_record_influences(self.request.user, self.review)
        standing = [one for one in influences if one.withdrawn_at is None]
        return super().get_context_data(
            # Who may not add to them is not shown the empty ones.
            domains=[domain for domain in by_domain(standing) if domain or may_record],
            barriers=sum(one.kind == Influence.Kind.BARRIER for one in standing),
            facilitators=sum(one.kind == Influence.Kind.FACILITATOR for one in standing),
            adaptations=[one for one in adaptations if one.withdrawn_at is None],
            withdrawn=sum(one.withdrawn_at is not None for one in (*influences, *adaptations)),
            withdrawn_influences=[noted(one) for one in influences if one.withdrawn_at],
            withdrawn_adaptations=[one for one in adaptations if one.withdrawn_at],
            may_record=may_record,
            citation=CITATION,
            **kwargs,
        )


class InfluencePart:
    """What is of barriers and facilitators in the pages below."""

    model = Influence
    form_class = InfluenceForm
    template_name = "reviews/influence.html"
    added = gettext_lazy("Saved. The team sees it, and the report will have it.")
    kept = gettext_lazy("Withdrawn. It is kept below, and you can put it back.")

    def form_options(self) -> dict:
        asked = self.request.GET.get("domain", "")
        return {"domain": asked if asked in {domain.code for domain in DOMAINS} else ""}


class AdaptationPart:
    """What is of adaptations."""

    model = Adaptation
    form_class = AdaptationForm
    template_name = "reviews/adaptation.html"
    added = gettext_lazy("Saved. The team sees it, and the report will have it. No score is changed by it.")
    kept = InfluencePart.kept

    def form_options(self) -> dict:
        return {}


class RecordPage(ReviewMixin):
    """Loads `self.record`, one of this review; None on a page that adds one."""

    permission = Permission.WORK_ON_VISIT

    @cached_property
    def record(self):
        if "record" not in self.kwargs:
            return None
        rows = self.model.objects.select_related("item", "by", "changed_by")
        return get_object_or_404(rows, review=self.review, pk=self.kwargs["record"])

    def is_open(self) -> bool:
        return may_record_influences(self.request.user, self.review)

    def where_next(self, record) -> str:
        page = reverse("reviews:influences", args=[self.review.pk])
        return page if record is None else f"{page}#{record._meta.model_name}-{record.pk}"


class RecordForms(RecordPage, TemplateView):
    """The form; what a valid one leads to is the subclass's `save`."""

    def get_initial(self) -> dict:
        raise NotImplementedError

    def save(self, form: RecordForm):
        raise NotImplementedError

    def get_form(self, data=None) -> RecordForm:
        spec = self.review.version.to_spec()
        return self.form_class(data, spec=spec, initial=self.get_initial(), **self.form_options())

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.get_form())
        kwargs.setdefault("changed_meanwhile", False)
        saved = noted(self.record) if isinstance(self.record, Influence) else None
        context = {"record": self.record, "saved": saved, "back": self.where_next(self.record)}
        return super().get_context_data(**(kwargs | context))

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form, has_errors=True), status=422)
        record = self.save(form)
        messages.success(request, str(self.added))
        return redirect(self.where_next(record))


class AddRecord(RecordForms):
    def get_initial(self) -> dict:
        code = self.request.GET.get("item", "")
        known = code in self.review.version.to_spec().items_by_code
        return {"item": code if known else "", "revision": 0}

    def save(self, form):
        return add_record(review=self.review, typed=form.typed(), by=self.request.user)


class EditRecord(RecordForms):
    def get_initial(self) -> dict:
        return self.form_class.initial_of(self.record)

    def save(self, form):
        based_on = form.cleaned_data["revision"]
        return change_record(record=self.record, typed=form.typed(), based_on=based_on, by=self.request.user)

    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except ChangedMeanwhile:
            # Both texts are shown; saving again from here replaces the one that was shown, and no later one.
            self.__dict__.pop("record", None)
            typed = request.POST.copy()
            typed["revision"] = str(self.record.revision)
            form = self.get_form(typed)
            form.is_valid()
            context = self.get_context_data(form=form, changed_meanwhile=True, has_errors=True)
            return self.render_to_response(context, status=409)


class WithdrawRecord(RecordPage, View):
    def post(self, request, *args, **kwargs):
        withdraw_record(record=self.record, by=request.user)
        messages.success(request, str(self.kept))
        return redirect("reviews:influences", pk=self.review.pk)


class RestoreRecord(RecordPage, View):
    def post(self, request, *args, **kwargs):
        restore_record(record=self.record, by=request.user)
        messages.success(request, _("It is back, and the report will have it."))
        return redirect(self.where_next(self.record))


class AddInfluence(InfluencePart, AddRecord):
    """Add a barrier or a facilitator."""


class EditInfluence(InfluencePart, EditRecord):
    """Mend a barrier or a facilitator."""


class WithdrawInfluence(InfluencePart, WithdrawRecord):
    """Set a barrier or a facilitator aside."""


class RestoreInfluence(InfluencePart, RestoreRecord):
    """Put a barrier or a facilitator back."""


class AddAdaptation(AdaptationPart, AddRecord):
    """Add a local adaptation."""


class EditAdaptation(AdaptationPart, EditRecord):
    """Mend a local adaptation."""


class WithdrawAdaptation(AdaptationPart, WithdrawRecord):
    """Set a local adaptation aside."""


class RestoreAdaptation(AdaptationPart, RestoreRecord):
    """Put a local adaptation back."""
