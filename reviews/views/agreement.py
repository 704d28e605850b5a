"""How far reviewers agree before they talk, over a pool of reviews."""

from django.views.generic import TemplateView

from reviews.forms.pools import PoolForm
from reviews.pools.pool import Pools
from reviews.pools.words import in_words


class Agreement(TemplateView):
    """Reviews whose ratings the person may see, narrowed by pair, program, year or item."""

    template_name = "reviews/agreement.html"

    def get_context_data(self, **kwargs):
        pools = Pools(self.request.user)
        form = PoolForm(self.request.GET, pools=pools)
        return super().get_context_data(
            form=form,
            has_reviews=bool(pools.reviews),
            pool=in_words(pools, form.choice()) if form.is_valid() else None,
            **kwargs,
        )
