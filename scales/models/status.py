"""Draft, published, retired: what the three share, and the triggers by which PostgreSQL itself keeps them."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    RETIRED = "retired", _("retired")


class PublishedOnce(models.Model):
    """A definition that is drafted, then published for good, then perhaps retired from new use."""

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="copies")
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_note = models.TextField(_("note on publishing"), blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    retired_note = models.TextField(_("note on retiring"), blank=True)

    class Meta:
        abstract = True


def status_matches_its_dates(name: str) -> models.CheckConstraint:
    """A draft has no dates, what is published has one and its hash, what is retired has both."""
    published = Q(published_at__isnull=False) & ~Q(content_hash="")
    return models.CheckConstraint(
        name=name,
        condition=Q(status=Status.DRAFT, published_at=None, retired_at=None)
        | Q(Q(status=Status.PUBLISHED) & published, retired_at=None)
        | Q(Q(status=Status.RETIRED) & published, retired_at__isnull=False),
        violation_error_message=_("The status does not agree with the dates of publishing and retiring."),
    )


def published_stays_as_it_is(
    changing: tuple[str, ...] = ("status", "retired_at", "retired_by_id", "retired_note"),
):
    """Refuse any change to a published row but retiring it, and refuse to delete it.

    `changing`: the columns that retiring may change; every other column is compared as a whole row.
    """
    kept = " - ".join(["to_jsonb({row})", *(f"'{column}'" for column in changing)])
    return pgtrigger.Trigger(
        name="published_stays_as_it_is",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF OLD.status = 'draft' THEN
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            END IF;
            IF TG_OP = 'UPDATE' THEN
                IF {kept.format(row="OLD")} = {kept.format(row="NEW")}
                   AND (OLD.status = NEW.status OR (OLD.status = 'published' AND NEW.status = 'retired')) THEN
                    RETURN NEW;
                END IF;
            END IF;
            RAISE EXCEPTION '% % is published and stays as it is', TG_TABLE_NAME, OLD.id
                USING ERRCODE = 'integrity_constraint_violation';
        """,
    )


def frozen_with(
    parent_table: str,
    path: str,
    closed: str = "parent.status <> 'draft'",
    name: str = "frozen_once_published",
):
    """Refuse to add, change or remove a row that belongs to something published, submitted or issued.

    `path`: SQL that selects the parent's id for a row, written with `{row}` (`{row}.version_id`).
    `closed`: SQL that says of `parent` whether it is. The parent is read FOR SHARE, so that publishing waits for
    an open edit and an edit waits for an open publishing.
    """

    def check(row: str) -> str:
        return f"""
            PERFORM 1 FROM {parent_table} parent
                WHERE parent.id = ({path.format(row=row)}) FOR SHARE;
            IF EXISTS (SELECT 1 FROM {parent_table} parent
                       WHERE parent.id = ({path.format(row=row)}) AND ({closed})) THEN
                RAISE EXCEPTION '% belongs to a final % and stays as it is', TG_TABLE_NAME, '{parent_table}'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
        """

    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP <> 'INSERT' THEN {check("OLD")} END IF;
            IF TG_OP <> 'DELETE' THEN {check("NEW")} END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )
