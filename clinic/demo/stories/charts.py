"""What doctors of the stories often write into a chart."""

from collections.abc import Mapping

from clinic.demo.shape import Charted, Day, Said, ago

EXAMINED: Said = {"exam.on": Day(0), "exam.root_signs": "yes", "exam.concordant": "yes"}
NOTHING_SUSPECTED: Said = {
    "conditions.cancer_suspected": "no",
    "conditions.compressive_lesion": "no",
    "patient.pregnant": "no",
}


def charted(workdays: int, hour: int, by: str, groups: Mapping[str, Said]) -> tuple[Charted, ...]:
    """Groups of scalar facts, saved one after the other, three minutes apart."""
    return tuple(
        Charted(ago(workdays, f"{hour:02d}:{5 + 3 * number:02d}"), by, group, said)
        for number, (group, said) in enumerate(groups.items())
    )


def radicular(diagnosis: str, root: str, **more: str) -> Said:
    """Pain along one root, from one cause."""
    said = {"complaint.diagnosis": diagnosis, "complaint.pain_pattern": "radicular", "complaint.root": root}
    return said | {f"complaint.{name}": word for name, word in more.items()}


def read_as(workdays: int, at: str, by: str, finding: str, level: str, side: str) -> Charted:
    """The patient's first scan, as the doctor read it, agreeing with the complaint."""
    row = {"finding": finding, "level": level, "side": side, "acute_injury": "no", "concordant": "yes"}
    return Charted(ago(workdays, at), by, "imaging", rows={"imaging": (row,)})


def lumbar_plan(side: str, **more: str) -> Said:
    """A one-level transforaminal injection of the low back, a week ahead, under fluoroscopy with contrast."""
    plan: Said = {
        "as_of": Day(-7),
        "plan.region": "lumbar",
        "plan.region_count": "1",
        "plan.approach": "transforaminal",
        "plan.level_count": "1",
        "plan.side": side,
        "plan.guidance": "fluoroscopy",
        "plan.contrast": "yes",
        "plan.contrast_study_billed": "no",
        "plan.drug": "dexamethasone",
        "plan.dose_mg": "10",
        "plan.sedation": "none",
        "plan.biologic": "no",
        "plan.other_block_same_session": "no",
        "plan.two_approaches_same_level": "no",
        "plan.series_ordered": "no",
        "plan.aim": "short_term_relief",
        "plan.with_rehabilitation": "yes",
    }
    return {**plan, **{f"plan.{name}": said for name, said in more.items()}}
