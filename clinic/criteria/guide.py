"""What each table of a criteria set asks, key by key, for a doctor and an administrator. Data.

By the name of the shape that reads the table. Shown by the JSON Schema and docs/criteria-sets.md.
"""

WHOSE = "plan: the injections in the planned region; every: those in any region"

GUIDE: dict[str, tuple[str, dict[str, str]]] = {
    "CriteriaSet": (
        "One version of one publisher's criteria.",
        {
            "key": "The name of the set, the same in all its versions. Small letters, digits and hyphens.",
            "version": "The name of this version: the publisher's date or number. Letters, digits, dots and hyphens.",
            "title": "The title of the publisher's document.",
            "title_plain": "The name by which patients know the plan, in English (en) and Spanish (es).",
            "publisher": "Who publishes the criteria.",
            "document": "The publisher's number or name of the document.",
            "status": "first-hand: the publisher's text was read; second-hand: a summary or restatement was; "
            "partial: only a part was.",
            "status_note": "What was read, what was not, and what is in doubt.",
            "source": "Where it was read: an address that a colleague can follow.",
            "read_on": "When it was read, and from what copy.",
            "unit": "What the caps count, as the publisher says it.",
            "payers": "The payers that go by this set, as their cards name them; [] where none is known.",
            "current": "Of the sets that ship: whether this version is taken where none is named.",
            "effective_from": "The first day on which the publisher says that it counts, where it says so.",
            "effective_to": "The last day on which it counts, where the publisher says so.",
            "clause": "What the set asks, one [[clause]] for each requirement that its text states. "
            "Silence is not a rule: leave the clause out.",
        },
    ),
    "Clause": (
        "One requirement. Its rules are joined by “and”.",
        {
            "key": "What it is about. The keys are shared by all sets, so that sets can be laid side by side.",
            "says": "The requirement in our own words, with its exceptions. Never the publisher's sentence, "
            "nor a code's official description.",
            "pointer": "Where in the publisher's document it stands.",
            "plain": "The same for patients, in simple words: en and es, both or neither. "
            "Without it a page shows `says`.",
            "with_clause": "The key of a clause before this one that must hold as well.",
            "rule": "How it is weighed: one or more [[clause.rule]], each of one kind.",
        },
    ),
    "Cap": (
        "At most so many injections in a rolling window, the planned one counted.",
        {
            "most": "How many are allowed.",
            "months": "How long the window is; it ends on the day of service.",
            "regions": WHOSE,
            "both_sides": "one: both sides at one level count once; review: the text does not say, so that any such "
            "injection in the window is for review.",
            "new_injury": "true: above the cap, a new acute injury with its date on record makes it review.",
        },
    ),
    "ConservativeCare": (
        "So many weeks of non-invasive care that failed; days are counted once where therapies overlap.",
        {
            "weeks": "How many weeks of care.",
            "pain_weeks": "How many weeks the pain must have lasted as well.",
            "old_after_months": "Care that ended longer ago than so many months, with none since, is for review.",
            "intolerance": "true: where the weeks do not suffice, a documented intolerance makes it review.",
            "acute_disc_injury": "true: an acute disc injury on imaging exempts from the weeks.",
            "zoster": "true: acute shingles that does not respond exempts from the weeks.",
            "instead": "Other amounts for some diagnoses.",
        },
    ),
    "Amount": (
        "For these diagnoses, another amount of care.",
        {
            "diagnoses": "The diagnoses.",
            "weeks": "How many weeks of care.",
            "within_months": "Only care inside this window before the day of service counts.",
        },
    ),
    "Evaluated": ("The pain was evaluated by an examination, an electrodiagnostic study or imaging.", {}),
    "FailedSessions": (
        "No more after so many injections that brought little relief.",
        {
            "most": "After how many such injections.",
            "percent": "Relief below this, in the patient's own words, is little.",
            "regions": WHOSE,
        },
    ),
    "Guidance": (
        "Image guidance with contrast; anything else only for a reason, and without one not met.",
        {
            "allowed": "Guidance that is met with contrast.",
            "reasons": "What allows something else.",
            "with_reason": "With such a reason, the verdict for each kind of guidance without contrast.",
        },
    ),
    "Imaging": (
        "A concordant image, not too old; exactly so many months old is for review.",
        {
            "modalities": "Which images count.",
            "months": "How old it may be on the day of service.",
            "nerve_study": "true: a concordant nerve study that shows the radiculopathy will do as well.",
        },
    ),
    "Indication": (
        "Which diagnosis and pain pattern are covered, and what must support them.",
        {"cases": "The first case that fits the patient decides; where none fits, it is not met."},
    ),
    "Case": (
        "Some patients: a key that is left out fits everybody.",
        {
            "diagnoses": "Any of these diagnoses.",
            "patterns": "Any of these pain patterns.",
            "regions": "Any of these regions of the spine.",
            "needs": "What must support it, all of them. exam_concordant: the examination supports it; root_signs: it "
            "shows signs of a nerve root; imaging_concordant: an MRI, CT or CT myelogram agrees; "
            "imaging_concordant_or_review: the same, and review where there is no such image; root_supported: root "
            "signs, an image that agrees, or a nerve study.",
            "recent_months": "The pain began, or grew acutely worse, less than so many months ago.",
            "verdict": "The verdict for these patients, where all that is needed holds.",
        },
    ),
    "Interval": (
        "So many days since the last injection; a first one is not concerned.",
        {"days": "At least so many days.", "regions": WHOSE},
    ),
    "Levels": (
        "How many levels, sides and regions one session may treat.",
        {
            "most": "At most so many levels, for each approach.",
            "contiguous": "true: two or more levels must be next to each other.",
            "one_region": "true: one region a session.",
            "both_sides": "For each approach, both sides: reason, only with a stated one; never. "
            "An approach that is left out may treat both.",
        },
    ),
    "LongCourse": (
        "A course that runs longer needs a stated reason, and primary care told.",
        {"months": "Longer than so many months."},
    ),
    "MedicationTrial": (
        "A prescribed medicine at a dose expected to work.",
        {"kinds": "Which medicines count.", "for_review": "Medicines that are for review where they stand alone."},
    ),
    "NamedScale": (
        "The pain limits daily life, and a score on a named scale is on record: a number, not a threshold.",
        {},
    ),
    "NoneOf": ("None of these facts may be so.", {"facts": "The facts, each with the values that it must not have."}),
    "Named": (
        "A fact, and the values that it must not have.",
        {
            "fact": "A fact of the contract, such as plan.biologic.",
            "values": "The values that it must not have.",
            "verdict": "The verdict where it has one of them.",
        },
    ),
    "OneOf": (
        "A fact must have one of these values.",
        {"fact": "A fact of the contract, such as plan.aim.", "values": "The values of which it must have one."},
    ),
    "PainOrDisability": (
        "The latest score about the average is high enough, or the pain limits daily life.",
        {"scales": "Which scales count.", "least": "The lowest score that is enough."},
    ),
    "PainOrWords": (
        "The latest score is high enough, or the words are where there is no score; where they disagree, review.",
        {
            "scales": "Which scales count.",
            "least": "The lowest score that is enough.",
            "in_words": "The words that are enough.",
        },
    ),
    "RepeatByPatientRelief": (
        "What the last injection must have done, in the patient's own words; a first one is not concerned.",
        {
            "percent": "At least this much relief.",
            "weeks": "For at least so many weeks.",
            "function": "true: better function or less medicine as well.",
            "regions": WHOSE,
        },
    ),
    "RepeatByScale": (
        "What the last injection must have done, on the same scale before and after; or it failed, and the next one "
        "differs and has a written rationale. A first one is not concerned.",
        {
            "percent": "At least this much better.",
            "months": "For at least so many months.",
            "days_after_failure": "After a failure, at least so many days.",
            "regions": WHOSE,
        },
    ),
    "RepeatForReview": (
        "The text names no figure: too little relief is not met, and a person decides on the rest. "
        "A first one is not concerned.",
        {"below": "Relief below this, in per cent, is not met.", "regions": WHOSE},
    ),
    "RepeatRestart": (
        "Long after the last one, or with new pathology, it starts again as a first one; otherwise review.",
        {"years": "More than so many years since the last one.", "regions": WHOSE},
    ),
    "Sedation": (
        "How much sedation is allowed; more with a stated reason is for review, with none not met.",
        {"allowed": "What is allowed without a reason."},
    ),
    "TherapyOnRecord": ("Any one therapy of these kinds is on record.", {"kinds": "Which therapies count."}),
    "TherapyWeeks": (
        "So many weeks of these therapies with active exercise, or a documented intolerance of them.",
        {"kinds": "Which therapies count.", "weeks": "At least so many weeks."},
    ),
}
