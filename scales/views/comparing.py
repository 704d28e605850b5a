"""Two versions, or two profiles, side by side. Drafts only for those who edit them."""

from django.http import Http404
from django.views.generic import TemplateView

from scales.comparing import compare_profiles, compare_versions
from scales.comparing_words import profile_parts, profile_summary, version_parts, version_summary
from scales.forms.comparing import PairForm
from scales.models import ScaleVersion, SettingProfile
from scales.permissions import may_edit_definitions


class ComparePair(TemplateView):
    """`?before=&after=`: the two to compare; a form to choose them while one is missing."""

    def definitions(self):
        raise NotImplementedError

    def compared(self, before, after) -> dict:
        """What the page shows of the two."""
        raise NotImplementedError

    def visible(self, definitions):
        return definitions if may_edit_definitions(self.request.user) else definitions.readable()

    def get_context_data(self, **kwargs):
        definitions = list(self.visible(self.definitions()))
        chosen = {name: self.chosen(name, definitions) for name in ("before", "after")}
        initial = {name: one.pk for name, one in chosen.items() if one}
        form = PairForm(initial=initial, definitions=definitions)
        context = {"form": form, **chosen}
        if all(chosen.values()):
            context |= self.compared(chosen["before"], chosen["after"])
        return super().get_context_data(**context, **kwargs)

    def chosen(self, name: str, definitions):
        """The definition asked for; None where none is. 404 for what is not there, or not to be seen."""
        asked = self.request.GET.get(name, "")
        if not asked:
            return None
        found = next((one for one in definitions if str(one.pk) == asked), None)
        if found is None:
            raise Http404
        return found


class CompareVersions(ComparePair):
    template_name = "scales/compare_versions.html"

    def definitions(self):
        return ScaleVersion.objects.select_related("scale").order_by("scale__name", "title", "pk")

    def compared(self, before, after) -> dict:
        comparison = compare_versions(before.to_spec(), after.to_spec())
        return {
            "comparison": comparison,
            "summary": version_summary(comparison),
            "parts": version_parts(comparison),
        }


class CompareProfiles(ComparePair):
    template_name = "scales/compare_profiles.html"

    def definitions(self):
        profiles = SettingProfile.objects.select_related("version__scale")
        return profiles.order_by("title", "version__title", "pk")

    def compared(self, before, after) -> dict:
        comparison = compare_profiles(
            before.to_spec(), before.version.to_spec(), after.to_spec(), after.version.to_spec()
        )
        return {
            "comparison": comparison,
            "summary": profile_summary(comparison),
            "parts": profile_parts(comparison),
        }
