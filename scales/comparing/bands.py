"""What other bands do to a total: the runs of totals that are called something else than before."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scales.spec import Band, ScaleSpec


@dataclass(frozen=True)
class BandRun:
    """Totals from `lowest` to `highest` that change their band.

    `before`, `after`: the label of the band; "" where the total is possible and no band has it; None where it is
    no possible total of that version. `is_renamed`: the band is the same and is called otherwise.
    """

    lowest: int
    highest: int
    before: str | None
    after: str | None
    is_renamed: bool = False


def band_runs(before: ScaleSpec, after: ScaleSpec) -> tuple[BandRun, ...]:
    """The totals whose band differs, highest first, neighbours with the same change together.

    100 to 102 in "Good" before and in "Fair" now are one run. Empty where every total keeps its band.
    """
    runs: list[BandRun] = []
    changes = list(_totals(before, after))
    renamed = _renamed(before, after, Counter((was, now) for _total, was, now in changes))
    for total, was, now in changes:
        last = runs[-1] if runs else None
        if last and last.lowest == total + 1 and (last.before, last.after) == (was, now):
            runs[-1] = replace(last, lowest=total)
        else:
            runs.append(BandRun(total, total, was, now, (was, now) in renamed))
    return tuple(runs)


Labels = tuple[str | None, str | None]


def _renamed(before: ScaleSpec, after: ScaleSpec, shared: Counter[Labels]) -> set[Labels]:
    """Labels that went and labels that came, paired where they share most totals. `shared`: totals by both labels."""
    old, new = {band.label for band in before.bands}, {band.label for band in after.bands}
    pairs: set[Labels] = set()
    for (was, now), _count in shared.most_common():
        is_free = not any(was == one or now == other for one, other in pairs)
        if is_free and was in old - new and now in new - old:
            pairs.add((was, now))
    return pairs


def _totals(before: ScaleSpec, after: ScaleSpec) -> Iterator[tuple[int, str | None, str | None]]:
    both = [spec for spec in (before, after) if spec.items]
    if not both:
        return
    lowest = min(spec.lowest_total for spec in both)
    highest = max(spec.highest_total for spec in both)
    for total in range(highest, lowest - 1, -1):
        was, now = _label(before, total), _label(after, total)
        if was != now:
            yield total, was, now


def _label(spec: ScaleSpec, total: int) -> str | None:
    if not spec.items or not spec.lowest_total <= total <= spec.highest_total:
        return None
    held: list[Band] = [band for band in spec.bands if band.lowest <= total <= band.highest]
    return held[0].label if held else ""
