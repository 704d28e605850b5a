"""Reads definitions out of their rows into plain specs, in a fixed number of queries whatever their size."""

from scales import spec


def read_version(version) -> spec.ScaleSpec:
    sections = version.sections.prefetch_related(
        "items__anchors", "items__components", "items__conditions"
    ).order_by("number")
    return spec.ScaleSpec(
        scale_code=version.scale.code,
        scale_name=version.scale.name,
        label=version.label,
        title=version.title,
        language=version.language,
        source=version.source,
        edition=version.edition,
        permission=version.permission,
        minimum=version.minimum,
        maximum=version.maximum,
        sections=tuple(
            spec.Section(
                code=section.code,
                number=section.number,
                title=section.title,
                items=tuple(_read_item(item) for item in section.items.all()),
            )
            for section in sections
        ),
        bands=tuple(
            spec.Band(lowest=band.lowest, highest=band.highest, label=band.label, meaning=band.meaning)
            for band in version.bands.order_by("-lowest")
        ),
        evidence_sources=tuple(
            spec.EvidenceSource(code=source.code, title=source.title)
            for source in version.evidence_sources.order_by("position")
        ),
        principles=tuple(
            spec.Principle(code=principle.code, title=principle.title)
            for principle in version.principles.order_by("position")
        ),
    )


def _read_item(item) -> spec.Item:
    few = None
    if item.few_seekers_below is not None:
        few = spec.FewSeekers(fewer_than=item.few_seekers_below, times=item.few_seekers_times)
    return spec.Item(
        code=item.code,
        number=item.number,
        number_in_section=item.number_in_section,
        title=item.title,
        short_title=item.short_title,
        measures=item.measures,
        reading=spec.Reading(item.reading),
        intent=item.intent,
        note=item.note,
        unit=item.unit,
        part_label=item.part_label,
        whole_label=item.whole_label,
        per_specialist=item.per_specialist,
        few_seekers=few,
        evidence=tuple(item.evidence),
        principles=tuple(item.principles),
        components=tuple(spec.Component(code=row.code, text=row.text) for row in item.components.all()),
        conditions=tuple(
            spec.Condition(
                code=row.code, question=row.question, implies=tuple(row.implies), whole_below=row.whole_below
            )
            for row in item.conditions.all()
        ),
        anchors=tuple(
            spec.Anchor(
                points=row.points,
                descriptor=row.descriptor,
                lower=row.lower,
                upper=row.upper,
                lower_open=row.lower_open,
                upper_open=row.upper_open,
                count_lowest=row.count_lowest,
                count_highest=row.count_highest,
                requires=tuple(row.requires),
                also_when=tuple(row.also_when),
            )
            for row in item.anchors.all()
        ),
    )


def read_profile(profile) -> spec.ProfileSpec:
    adjustments = (
        profile.adjustments.select_related("item")
        .prefetch_related("statements", "thresholds", "unratedreasons")
        .order_by("item__number")
    )
    return spec.ProfileSpec(
        code=profile.code,
        scale_code=profile.version.scale.code,
        scale_label=profile.version.label,
        setting=profile.setting,
        title=profile.title,
        in_words=profile.in_words,
        summary=profile.summary,
        sources=tuple(
            spec.ProfileSource(code=row.code, citation=row.citation)
            for row in profile.sources.order_by("position")
        ),
        notes=tuple(_statement(row) for row in profile.statements.filter(adjustment=None)),
        unrated_reasons=tuple(_reason(row) for row in profile.unratedreasons.filter(adjustment=None)),
        adjustments=tuple(
            spec.Adjustment(
                item=row.item.code,
                degree=spec.Degree(row.degree),
                expected_loss=None
                if row.loss_lowest is None
                else spec.ExpectedLoss(
                    lowest=row.loss_lowest, highest=row.loss_highest, source=row.loss_source
                ),
                statements=tuple(_statement(statement) for statement in row.statements.all()),
                thresholds=tuple(
                    spec.ReanchoredThreshold(
                        points=threshold.points,
                        lower=threshold.lower,
                        upper=threshold.upper,
                        source=threshold.source,
                    )
                    for threshold in row.thresholds.all()
                ),
                unrated_reasons=tuple(_reason(reason) for reason in row.unratedreasons.all()),
            )
            for row in adjustments
        ),
    )


def _statement(row) -> spec.Statement:
    return spec.Statement(kind=spec.StatementKind(row.kind), text=row.text, source=row.source)


def _reason(row) -> spec.UnratedReason:
    return spec.UnratedReason(code=row.code, text=row.text, source=row.source)
