"""Administration of people: for user administrators, behind the product's own sign-in."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class UserCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name"]


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    add_form = UserCreationForm
    ordering = ["name"]
    list_display = ["name", "email", "is_active", "is_scale_admin", "is_user_admin"]
    list_filter = ["is_active", "is_scale_admin", "is_user_admin"]
    search_fields = ["name", "email"]
    readonly_fields = ["joined_at", "last_login"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        (_("Roles across the product"), {"fields": ["is_scale_admin", "is_user_admin"]}),
        (_("Access"), {"fields": ["is_active", "is_staff", "joined_at", "last_login"]}),
    ]
    add_fieldsets = [
        (
            None,
            {"classes": ["wide"], "fields": ["email", "name", "usable_password", "password1", "password2"]},
        )
    ]

    def get_readonly_fields(self, request, obj=None):
        """Who may open these pages is settled by a superuser alone."""
        fields = list(super().get_readonly_fields(request, obj))
        return fields if request.user.is_superuser else [*fields, "is_staff"]

    def has_change_permission(self, request, obj=None):
        """A superuser's account is a superuser's to change: its e-mail or password would open everything."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)
