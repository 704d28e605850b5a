"""Plan a review: site, type, dates, scale and setting profile, and a team with its declarations."""

from itertools import groupby

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import ROLE_NAMES, Permission, Role
from programs.models import Organization, Site, roles_with
from reviews.actions.planning import Place, Plan
from reviews.models import Kind, Mode, Review, TimetablePolicy
from reviews.models.team import TEAM_ROLES
from scales.models import SettingProfile, Status
from scales.profile_labels import profile_labels

YES_NO = [("", _("Not declared yet")), ("no", _("No")), ("yes", _("Yes"))]


def _date(label) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


# Choosing a site brings its profile, unless another was chosen by hand.
OFFERS_PROFILE = {
    "hx-get": reverse_lazy("reviews:plan"),
    "hx-trigger": "change",
    "hx-include": "#id_profile, #id_offered",
    "hx-target": "#div_id_profile",
    "hx-select": "#div_id_profile",
    "hx-select-oob": "#id_offered,#about-site",
    "hx-swap": "outerHTML",
    "hx-sync": "this:replace",
}


class PlanForm(forms.Form):
    """`by`: who plans. `review`: the review whose plan is changed, None for a new one.

    `usual`: answers which profile a site's new reviews usually take. `offered`: the one that the page chose by itself.
    """

    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"))
    kind = forms.ChoiceField(label=_("Type of review"), choices=Kind.choices)
    mode = forms.ChoiceField(label=_("How it is done"), choices=Mode.choices, initial=Mode.ON_SITE)
    starts_on = _date(_("First day of the visit"))
    ends_on = _date(_("Last day of the visit"))
    profile = forms.ModelChoiceField(
        SettingProfile.objects.none(),
        label=_("Scale version and setting profile"),
        help_text=_(
            "The scale and its wording, and what is known of the setting. They stay with the review for life."
        ),
    )
    profile_confirmed = forms.BooleanField(label=_("Use this profile all the same"), required=False)
    timetable = forms.ModelChoiceField(
        TimetablePolicy.objects.all(),
        label=_("Timetable"),
        required=False,
        empty_label=_("No timetable"),
        help_text=_("The review takes its dates from it. Each can be set to another day later."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    offered = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, by, review: Review | None = None, usual=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.review, self.usual = by, review, usual
        sites = Site.objects.where_holding(by, Permission.PLAN_REVIEW).select_related("program", "setting")
        self.fields["site"].queryset = Site.objects.filter(pk=review.site_id) if review else sites
        self.fields["site"].disabled = review is not None
        if review:
            del self.fields["timetable"], self.fields["offered"]
        else:
            self.fields["timetable"].initial = self.fields["timetable"].queryset.first()
            self.fields["site"].widget.attrs.update(OFFERS_PROFILE)
        on_offer = Q(status=Status.PUBLISHED, version__status=Status.PUBLISHED)
        if review:
            on_offer |= Q(pk=review.profile_id)
        profiles = (
            SettingProfile.objects.filter(on_offer)
            .select_related("version")
            .order_by("version__title", "title")
        )
        self.fields["profile"].queryset = profiles
        labels = profile_labels(profiles)
        self.fields["profile"].choices = [("", "---------")] + [
            (version.title, [(profile.pk, labels[profile.pk]) for profile in group])
            for version, group in groupby(profiles, key=lambda profile: profile.version)
        ]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "site",
            Div("kind", "mode", css_class="pair-of-fields"),
            Div("starts_on", "ends_on", css_class="pair-of-fields"),
            "profile",
            *([] if review else ["timetable", "offered"]),
            "revision",
        )

    def clean(self):
        data = super().clean()
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error(
                "ends_on", _("The visit cannot end before it starts: choose this day or a later one.")
            )
        site, profile = data.get("site"), data.get("profile")
        if site and not self.data.get("profile") and self.usual:
            self._offer(self.usual(site), site)
        is_kept = self.review is not None and profile == self.review.profile
        if site and profile and profile.setting != site.setting.code and not is_kept:
            self.helper.layout.insert(4, "profile_confirmed")
            if not data.get("profile_confirmed"):
                self.add_error(
                    "profile",
                    _("%(site)s is a %(setting)s site. Choose its own profile, or tick the box below.")
                    % {"site": site.name, "setting": site.setting.name.lower()},
                )
        return data

    def _offer(self, profile: SettingProfile | None, site: Site) -> None:
        """Choose the site's own profile where none was, and ask for another look."""
        if profile is None:
            return
        self.data = self.data.copy()
        self.data["profile"] = self.data["offered"] = str(profile.pk)
        self._errors.pop("profile", None)
        self.add_error(
            "profile",
            _("“%(profile)s”, the profile of %(site)s, is chosen now. Look at it, then send the plan again.")
            % {"profile": profile.title, "site": site.name},
        )


class PlaceForm(forms.Form):
    """One person on the team, and what they declare."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Person"), required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, ROLE_NAMES[role]) for role in TEAM_ROLES],
        initial=Role.REVIEWER.value,
    )
    employer = forms.ModelChoiceField(
        Organization.objects.all(), label=_("Employed by"), required=False, empty_label=_("Not declared yet")
    )
    worked_with_site = forms.ChoiceField(
        label=_("Worked with this site in the last two years"), choices=YES_NO, required=False
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Div("user", "role", "employer", "worked_with_site", css_class="team-row"))

    def place(self) -> Place | None:
        data = self.cleaned_data
        if not data.get("user"):
            return None
        worked = {"yes": True, "no": False}.get(data["worked_with_site"])
        return Place(
            user=data["user"], role=Role(data["role"]), employer=data["employer"], worked_with_site=worked
        )


class BaseTeamFormSet(forms.BaseFormSet):
    def clean(self):
        if any(self.errors):
            return
        places = self.places()
        people = [place.user for place in places]
        if len(set(people)) < len(people):
            raise forms.ValidationError(_("Someone is named twice: one line per person."))
        if [place.role for place in places].count(Role.LEAD) != 1:
            raise forms.ValidationError(_("Name one lead reviewer."))

    def places(self) -> tuple[Place, ...]:
        return tuple(place for form in self.forms if (place := form.place()) is not None)


def team_formset(data, *, by, review: Review | None):
    """Rows for the team as it is, or for a new one led by the planner; and room for more."""
    people = User.objects.filter(is_active=True).filter(
        memberships__program__in=_programs(by, review),
        memberships__role__in=roles_with(Permission.VIEW_PROGRAM),
    )
    on_team = review.members.values("user") if review else User.objects.none().values("pk")
    people = (
        (people | User.objects.filter(pk__in=on_team) | User.objects.filter(pk=by.pk))
        .distinct()
        .order_by("name")
    )
    if review is None:
        initial = [{"user": by.pk, "role": Role.LEAD.value}]
    else:
        initial = [
            {
                "user": member.user_id,
                "role": member.role,
                "employer": member.employer_id,
                "worked_with_site": {True: "yes", False: "no"}.get(member.worked_with_site, ""),
            }
            for member in review.team
        ]
    formset = forms.formset_factory(
        PlaceForm, formset=BaseTeamFormSet, extra=max(2, 4 - len(initial)), max_num=12
    )
    return formset(data, prefix="team", initial=initial, form_kwargs={"people": people})


def _programs(by, review: Review | None):
    if review is not None:
        return [review.site.program_id]
    return Site.objects.where_holding(by, Permission.PLAN_REVIEW).values("program")


def plan_of(form: PlanForm, team) -> Plan:
    data = form.cleaned_data
    return Plan(
        kind=data["kind"],
        mode=data["mode"],
        starts_on=data["starts_on"],
        ends_on=data["ends_on"],
        version=data["profile"].version,
        profile=data["profile"],
        team=team.places(),
        timetable=data.get("timetable"),
    )
