"""The comparison as files: one CSV row per site, or a workbook with a sheet for each part."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports import words
from reports.across import lines, table
from reports.across.comparison import Comparison
from reports.across.table import SiteRow
from reports.across.words import head, rests_on
from reports.writers.csv_file import ENCODING, MEDIA_TYPE, guarded
from reports.writers.excel import MEDIA_TYPE as EXCEL_TYPE
from reports.writers.excel_file import ExcelFile, Value
from reports.writers.texts import fit_text
from reports.writers.written import WrittenFile

Said = Sequence[tuple[str, str]]


def write_csv(comparison: Comparison, chosen: Said, made_on: date) -> WrittenFile:
    """Headings stay the same in every language; items go by their codes. What was chosen stands in each row."""
    said = "; ".join(f"{label}: {value}" for label, value in chosen)
    rows = [
        {**_of_site(row), **_scores_of(row, comparison), "choice": said, "made_on": made_on.isoformat()}
        for row in table.rows(comparison, comparison.in_order())
    ]
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows([guarded(value) for value in row.values()] for row in rows)
    return WrittenFile(_name(made_on, "csv"), MEDIA_TYPE, target.getvalue().encode(ENCODING))


def write_excel(comparison: Comparison, chosen: Said, made_on: date) -> WrittenFile:
    title = _("Across sites")
    file = ExcelFile(
        title=title,
        author="",
        language=get_language() or "en",
        made_at=datetime.combine(made_on, time(12), timezone.get_current_timezone()),
        running=f"{title}, {words.day(made_on)}",
        paper=words.paper(get_language() or "en"),
    )
    _about(file, comparison, chosen, made_on)
    for write in (_sites, _holding, _scores, _barriers, _adaptations, _agreement):
        write(file, comparison)
    return WrittenFile(_name(made_on, "xlsx"), EXCEL_TYPE, file.data())


WRITERS: Mapping[str, Callable[[Comparison, Said, date], WrittenFile]] = {
    "csv": write_csv,
    "xlsx": write_excel,
}


def _name(made_on: date, ending: str) -> str:
    return f"across-sites-{made_on:%Y-%m-%d}.{ending}"


# One row per site


def _of_site(row: SiteRow) -> dict[str, Value]:
    result, before = row.result, row.before
    return {
        "site": result.site.name,
        "program": result.site.program.name,
        "region": result.site.region,
        "setting": result.site.setting.name,
        "kind": result.kind,
        "independence": result.independence,
        "self_assessment": "yes" if row.mark else "no",
        "starts_on": result.starts_on.isoformat(),
        "ends_on": result.ends_on.isoformat(),
        "total": result.points,
        "rated": result.rated,
        "unrated": result.unrated,
        "total_can_become_lowest": result.lowest,
        "total_can_become_highest": result.highest,
        "band": result.band,
        "attainable_lowest": result.attainable_lowest,
        "attainable_highest": result.attainable_highest,
        "gap_setting_lowest": result.setting_lowest,
        "gap_setting_highest": result.setting_highest,
        "gap_open_lowest": result.open_lowest,
        "gap_open_highest": result.open_highest,
        "previous_starts_on": before.starts_on.isoformat() if before else "",
        "previous_total": before.points if before else None,
        "previous_lowest": before.lowest if before else None,
        "previous_highest": before.highest if before else None,
        "change": row.change,
    }


def _scores_of(row: SiteRow, comparison: Comparison) -> dict[str, Value]:
    version = comparison.in_sight.versions[row.result.version_id]
    profile = comparison.in_sight.profiles[row.result.profile_id]
    return {
        "scale": version.scale.code,
        "scale_version": version.label,
        "profile": profile.code,
        **{joined.item.code: cell.score for joined, cell in zip(comparison.joined, row.cells, strict=True)},
    }


# Sheets


def _about(file: ExcelFile, comparison: Comparison, chosen: Said, made_on: date) -> None:
    sheet = file.sheet(_("About"), [34, 110], landscape=False)
    sheet.write(_("Across sites"), strong=True, size=16)
    sheet.write(_("Made on"), words.day(made_on))
    said = head(comparison)
    for label, value in chosen or [(_("Chosen"), _("Everything that you may read"))]:
        sheet.write(label, _fit(value))
    sheet.row += 1
    for text in (said.counts, *said.came_out, *said.warnings, *rests_on(comparison)):
        sheet.write(None, _fit(text), lined=True)
    sheet.row += 1
    sheet.write(_("Band"), _("Sites"), strong=True)
    for label, sites in said.bands:
        sheet.write(label, sites)


def _sites(file: ExcelFile, comparison: Comparison) -> None:
    """Plain cells: there may be a hundred thousand of them."""
    sheet = file.sheet(_("Sites"), [34, 26, 18, 22, 22, 20, 12, 26, 22, 8, 9, 9, 20, 12, 12, 9, 9, 9, 9])
    codes = [f"{joined.item.number} {joined.item.short_title}" for joined in comparison.joined]
    sheet.head(
        *(_("Site"), _("Program"), _("Region"), _("Setting"), _("Type"), _("Independence"), _("Visit")),
        *(_("Scale version"), _("Setting profile"), _("Total"), _("Lowest"), _("Highest"), _("Band")),
        *(_("Open part, lowest"), _("Open part, highest")),
        *(_("Total before"), _("Lowest before"), _("Highest before"), _("Change"), *codes),
    )
    in_sight = comparison.in_sight
    for row in table.rows(comparison, comparison.in_order()):
        result = row.result
        values = (
            result.site.name,
            result.site.program.name,
            result.site.region,
            result.site.setting.name,
            row.mark or result.get_kind_display(),
            table.independence_of(result),
            result.starts_on.isoformat(),
            in_sight.versions[result.version_id].title,
            in_sight.profiles[result.profile_id].title,
            result.points,
            result.lowest,
            result.highest,
            row.band,
            result.open_lowest,
            result.open_highest,
            row.before.points if row.before else None,
            row.before.lowest if row.before else None,
            row.before.highest if row.before else None,
            row.change,
            *(cell.score if cell.score is not None else cell.text for cell in row.cells),
        )
        sheet.plain([_fit(value) for value in values])


def _holding(file: ExcelFile, comparison: Comparison) -> None:
    sheet = file.sheet(_("Items"), [6, 34, 26, 9, 14, 11, 12, 12, 12, 12])
    sheet.head(
        *(_("No."), _("Item"), _("Section"), _("Rated"), _("Below the top"), _("Points lost")),
        *(_("Setting’s part, lowest"), _("Setting’s part, highest")),
        *(_("Open part, lowest"), _("Open part, highest")),
    )
    for line in lines.holding_back(comparison):
        one, gap = line.item, line.item.gap
        sheet.write(
            *(one.joined.item.number, one.joined.item.title, one.joined.section, one.rated, one.below),
            *(gap.gap, gap.setting_lowest, gap.setting_highest, gap.open_lowest, gap.open_highest),
            lined=True,
        )


def _scores(file: ExcelFile, comparison: Comparison) -> None:
    sheet = file.sheet(_("Scores"), [6, 44, *[8] * len(comparison.points), 11])
    sheet.head(_("No."), _("Item"), *map(str, comparison.points), _("Not rated"))
    for line in lines.score_lines(comparison):
        item = line.item.joined.item
        sheet.write(item.number, item.title, *line.counts, line.item.unrated, lined=True)


def _barriers(file: ExcelFile, comparison: Comparison) -> None:
    sheet = file.sheet(_("Barriers"), [26, 40, 60, 16, 16])
    sheet.head(
        _("Domain"), _("About"), _("In plain words"), _("Sites with a barrier"), _("Sites with a facilitator")
    )
    for line in lines.domain_lines(comparison):
        for one, about in (
            (line.domain, _("The whole domain")),
            *((one, one.title) for one in line.constructs),
        ):
            sheet.write(line.domain.title, about, one.plain, one.barriers, one.facilitators, lined=True)


def _adaptations(file: ExcelFile, comparison: Comparison) -> None:
    sheet = file.sheet(_("Adaptations"), [44, 14, 14])
    sheet.head(_("Core of IPS kept"), _("Planned"), _("Not planned"))
    for line in lines.adaptation_lines(comparison):
        sheet.write(line.core_kept, line.planned, line.unplanned, lined=True)


def _agreement(file: ExcelFile, comparison: Comparison) -> None:
    sheet = file.sheet(_("Agreement"), [6, 44, 18, 14, 18])
    sheet.head(_("No."), _("Item"), _("Reviews compared"), _("Same score"), _("Within one point"))
    for line in lines.agreement_lines(comparison):
        one = line.item
        item = one.joined.item
        sheet.write(item.number, item.title, one.compared, one.exact, one.within_one, lined=True)


def _fit(value: Value) -> Value:
    return fit_text(value) if isinstance(value, str) else value
