"""Which figure of the visit's worksheets an item takes: kept per scale, joined to the items of all versions by code."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from scales.figures import Figure
from scales.models.version import Scale


class ScaleFigure(models.Model):
    """`answers`: the item's yes/no questions that the worksheet answers too, by condition code (`scales.figures`)."""

    scale = models.ForeignKey(Scale, models.CASCADE, related_name="figures")
    item_code = models.SlugField(_("item"), max_length=60)
    figure = models.CharField(
        _("figure"), max_length=30, choices=[(figure.value, figure.value) for figure in Figure]
    )
    answers = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["scale_id", "item_code"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "item_code"], name="one_figure_per_item_of_a_scale")
        ]

    def __str__(self):
        return f"{self.item_code}: {self.figure}"
