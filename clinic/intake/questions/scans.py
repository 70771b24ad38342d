"""Scans, nerve tests and earlier injections: what was done, when and where. What they show is the doctor's to say."""

from .conditions import Is
from .pain import REGIONS, SIDES
from .shape import Choice, Kind, Page, Question, Rows, Section
from .shape import marked as _

PLACE = Question(key="place", kind=Kind.TEXT, text=_("Where was it?"), core=False, column="place", most=200)
# Which steroid it was is the chart's fact; what a patient remembers stands beside it.
DRUG = Question(
    key="drug", kind=Kind.TEXT, text=_("Name of the medicine, if you know it"), core=False, column="drug", most=60
)

ANY_SCAN = Question(
    key="any_scan",
    kind=Kind.YES_NO,
    text=_("Have you had a scan or an X-ray of this part of your spine?"),
    help=_("An MRI, a CT or an X-ray."),
)
SCAN_ROWS = Rows(
    slug="scans",
    title=_("Your scans"),
    lead=_("One entry for each scan. We can ask for the pictures ourselves."),
    row_title=_("A scan"),
    add=_("Add a scan"),
    nothing_yet=_("Nothing is listed yet. Add the scan that you had."),
    model="Study",
    listed_as="imaging",
    gate="any_scan",
    questions=(
        Question(
            key="modality",
            kind=Kind.CHOICE,
            text=_("What kind of scan was it?"),
            choices=(
                Choice("mri", _("MRI (a long, loud tunnel)")),
                Choice("ct", _("CT scan (a short ring)")),
                Choice("ct_myelogram", _("CT with dye put into the back (myelogram)")),
                Choice("x_ray", _("X-ray")),
            ),
            facts=("imaging[].modality",),
            column="modality",
        ),
        Question(key="on", kind=Kind.DATE, text=_("When was it?"), facts=("imaging[].on",), column="on", seconds=15),
        PLACE,
    ),
    fixed={"electrodiagnostic": False},
    documents="study_key",
    asked_if=Is("any_scan", "yes"),
)
ANY_NERVE_TEST = Question(
    key="any_nerve_test",
    kind=Kind.YES_NO,
    text=_("Have you had a nerve test (EMG)?"),
    help=_("A test with small needles or electric pulses in the arm or leg."),
)
NERVE_TEST_ROWS = Rows(
    slug="nerve-tests",
    title=_("Your nerve tests"),
    lead=_("One entry for each test."),
    row_title=_("A nerve test"),
    add=_("Add a nerve test"),
    nothing_yet=_("Nothing is listed yet. Add the nerve test that you had."),
    model="Study",
    listed_as="electrodiagnostics",
    gate="any_nerve_test",
    questions=(
        Question(
            key="on",
            kind=Kind.DATE,
            text=_("When was it?"),
            facts=("electrodiagnostics[].on",),
            column="on",
            seconds=15,
        ),
        PLACE,
    ),
    fixed={"electrodiagnostic": True},
    documents="study_key",
    asked_if=Is("any_nerve_test", "yes"),
)
ANY_INJECTION = Question(
    key="any_injection",
    kind=Kind.YES_NO,
    text=_("Have you had a steroid injection in your spine before?"),
    help=_("An epidural: a needle into the neck or back, done with an X-ray camera."),
)
INJECTION_ROWS = Rows(
    slug="injections",
    title=_("Your earlier injections"),
    lead=_("One entry for each visit. A rough idea is fine."),
    row_title=_("An earlier injection"),
    add=_("Add an injection"),
    nothing_yet=_("Nothing is listed yet. Add the injection that you had."),
    model="Injection",
    listed_as="injections",
    gate="any_injection",
    questions=(
        Question(key="on", kind=Kind.DATE, text=_("When was it?"), facts=("injections[].on",), column="on", seconds=15),
        Question(
            key="region",
            kind=Kind.CHOICE,
            text=_("In which part of your spine?"),
            choices=REGIONS,
            facts=("injections[].region",),
            column="region",
            in_row=True,
        ),
        Question(
            key="side",
            kind=Kind.CHOICE,
            text=_("On which side?"),
            choices=SIDES,
            facts=("injections[].side",),
            column="side",
            in_row=True,
        ),
        Question(
            key="relief",
            kind=Kind.NUMBER,
            text=_("How much of the pain did it take away?"),
            help=_("From 0 to 100: 0 is nothing, 50 is half, 100 is all of it. Leave it empty if you don't know."),
            facts=("injections[].patient_relief_percent",),
            column="patient_relief_percent",
            core=False,
            most=100,
        ),
        Question(
            key="relief_until",
            kind=Kind.DATE,
            text=_("Until when did it help?"),
            choices=(
                Choice("going", _("It still helps"), True),
                Choice("never", _("It never helped"), False),
            ),
            facts=("injections[].relief_until", "injections[].relief_lasting"),
            column="relief_until relief_lasting",
            not_before="on",
            seconds=15,
        ),
        Question(
            key="better",
            kind=Kind.YES_NO,
            text=_("Could you do more, or did you need less pain medicine?"),
            facts=("injections[].function_better_or_less_medicine",),
            column="function_better_or_less_medicine",
            in_row=True,
        ),
    ),
    more=(
        Question(key="place", kind=Kind.TEXT, text=_("Where was it done?"), core=False, column="place", most=200),
        DRUG,
    ),
    more_title=_("Tell us more, if you like"),
    asked_if=Is("any_injection", "yes"),
)
NEW_INJURY = Page(
    "since",
    (
        Question(
            key="new_injury",
            kind=Kind.YES_NO,
            text=_("Have you hurt your back or neck again since your last injection?"),
            asked_if=Is("any_injection", "yes"),
        ),
        Question(
            key="new_injury_on",
            kind=Kind.DATE,
            text=_("When was that?"),
            asked_if=Is("new_injury", "yes"),
            facts=("complaint.new_injury_on",),
            seconds=15,
        ),
    ),
)
# Shots elsewhere count for no payer's rule; the doctor adds up the steroid of all of them (criteria/steroids.py).
ANY_OTHER_INJECTION = Question(
    key="any_other_injection",
    kind=Kind.YES_NO,
    text=_("In the last three years, have you had a steroid (cortisone) shot anywhere else?"),
    help=_("For example in a shoulder, a hip or a knee. Your doctor adds up all of them."),
    core=False,
)
OTHER_INJECTION_ROWS = Rows(
    slug="other-injections",
    title=_("Your other steroid shots"),
    lead=_("One entry for each shot. A rough idea is fine."),
    row_title=_("Another steroid shot"),
    add=_("Add a shot"),
    nothing_yet=_("Nothing is listed yet. Add the shot that you had."),
    model="OtherInjection",
    listed_as="other_injections",
    gate="any_other_injection",
    questions=(
        Question(key="on", kind=Kind.DATE, text=_("When was it?"), column="on", seconds=15),
        Question(
            key="site",
            kind=Kind.CHOICE,
            text=_("Where in your body was it?"),
            choices=(
                Choice("shoulder", _("Shoulder")),
                Choice("elbow", _("Elbow")),
                Choice("hand", _("Hand or wrist")),
                Choice("hip", _("Hip")),
                Choice("knee", _("Knee")),
                Choice("foot", _("Foot or ankle")),
                Choice("spine_joint", _("A joint of the spine or the pelvis")),
                Choice("muscle", _("A muscle")),
                Choice("other", _("Another place")),
            ),
            column="site",
        ),
        DRUG,
        Question(
            key="dose",
            kind=Kind.NUMBER,
            text=_("How many milligrams (mg), if you know it?"),
            core=False,
            column="dose_mg",
            most=999,
        ),
    ),
    asked_if=Is("any_other_injection", "yes"),
)

SCANS = Section(
    "scans",
    _("Scans and earlier injections"),
    (
        Page("scan", (ANY_SCAN,)),
        SCAN_ROWS,
        Page("nerve-test", (ANY_NERVE_TEST,)),
        NERVE_TEST_ROWS,
        Page("injection", (ANY_INJECTION,)),
        INJECTION_ROWS,
        NEW_INJURY,
        Page("other-injection", (ANY_OTHER_INJECTION,)),
        OTHER_INJECTION_ROWS,
    ),
)
