"""Every site that someone may know of."""

from django.db.models import Q
from django.views.generic import ListView

from programs.models import Site


class SiteList(ListView):
    """By name, some of them on a page; `q` asks for a part of the name, the place, the region or the program."""

    template_name = "reviews/site_list.html"
    context_object_name = "sites"
    paginate_by = 50

    def get_queryset(self):
        sites = Site.objects.visible_to(self.request.user).select_related("program", "setting")
        for word in self.asked.split():
            sites = sites.filter(
                Q(name__icontains=word)
                | Q(place__icontains=word)
                | Q(region__icontains=word)
                | Q(program__name__icontains=word)
            )
        return sites

    @property
    def asked(self) -> str:
        return self.request.GET.get("q", "").replace("\0", "").strip()[:100]

    def get_context_data(self, **kwargs):
        return super().get_context_data(asked=self.asked, **kwargs)
