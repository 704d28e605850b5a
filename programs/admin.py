from django.contrib import admin

from programs.models import Membership, Organization, Program, Setting, Site


class MembershipInline(admin.TabularInline):
    model = Membership
    autocomplete_fields = ["user"]
    extra = 1


class SiteInline(admin.TabularInline):
    model = Site
    extra = 1


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):
    search_fields = ["name"]


@admin.register(Setting)
class SettingAdmin(admin.ModelAdmin):
    list_display = ["name", "code"]


@admin.register(Program)
class ProgramAdmin(admin.ModelAdmin):
    list_display = ["name", "organization"]
    list_select_related = ["organization"]
    search_fields = ["name"]
    inlines = [SiteInline, MembershipInline]


@admin.register(Site)
class SiteAdmin(admin.ModelAdmin):
    list_display = ["name", "program", "setting", "place", "region"]
    list_filter = ["setting", "region", "program"]
    list_select_related = ["program", "setting"]
    search_fields = ["name"]
