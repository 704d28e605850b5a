"""The site of the administration pages: the product's own sign-in, and no way round the pages that it lists."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class Administration(AdminSite):
    site_header = site_title = _("IPS fidelity reviews: administration")
    index_title = _("People, programs and sites")
    enable_nav_sidebar = False

    def login(self, request, extra_context=None):
        from allauth.account.decorators import secure_admin_login

        return secure_admin_login(super().login)(request, extra_context)

    def get_urls(self):
        """Without "view on site", which reads a row of any table by its number, ratings among them."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]


class AdministrationConfig(AdminConfig):
    default_site = "accounts.administration.Administration"
