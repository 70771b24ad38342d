"""What may be chosen in the chart: the values of the contract, each in a doctor's words."""

from .fields import Choices

REGIONS: Choices = (("cervical", "Neck"), ("thoracic", "Mid back"), ("lumbar", "Low back"))
SIDES: Choices = (("left", "Left"), ("right", "Right"), ("both", "Both"), ("midline", "Midline"))
APPROACHES: Choices = (
    ("transforaminal", "Transforaminal"),
    ("interlaminar", "Interlaminar"),
    ("caudal", "Caudal"),
)
FINDINGS: Choices = (
    ("disc_herniation", "Disc herniation"),
    ("stenosis", "Stenosis"),
    ("osteophyte", "Osteophyte"),
    ("disc_degeneration", "Disc degeneration"),
    ("synovial_cyst", "Synovial cyst"),
    ("scar_only", "Scar only"),
    ("other", "Something else"),
    ("none", "Nothing that explains the pain"),
)
DIAGNOSES: Choices = (
    ("disc_herniation", "Disc herniation"),
    ("stenosis", "Stenosis"),
    ("osteophyte", "Osteophyte"),
    ("disc_degeneration", "Disc degeneration"),
    ("synovial_cyst", "Synovial cyst"),
    ("post_laminectomy_syndrome", "Post-laminectomy syndrome"),
    ("acute_herpes_zoster", "Acute herpes zoster"),
    ("postherpetic_neuralgia", "Postherpetic neuralgia"),
    ("crps", "Complex regional pain syndrome"),
    ("nonspecific", "Non-specific spine pain"),
    ("other", "Something else"),
)
PATTERNS: Choices = (
    ("radicular", "Radicular: limb pain along a root"),
    ("neurogenic_claudication", "Neurogenic claudication: on standing or walking, eased by sitting"),
    ("axial", "Axial: spine pain with no limb pain"),
    ("widespread", "Widespread: several body areas"),
)
MODALITIES: Choices = (("mri", "MRI"), ("ct", "CT"), ("ct_myelogram", "CT myelogram"), ("x_ray", "X-ray"))
GUIDANCE: Choices = (
    ("fluoroscopy", "Fluoroscopy"),
    ("ct", "CT"),
    ("ultrasound", "Ultrasound"),
    ("none", "None"),
)
SEDATION: Choices = (
    ("none", "None"),
    ("minimal", "Minimal"),
    ("moderate", "Moderate"),
    ("deep", "Deep"),
    ("general", "General"),
)
SEVERITY: Choices = (("mild", "Mild"), ("moderate", "Moderate"), ("severe", "Severe"))
AIMS: Choices = (
    ("short_term_relief", "Short-term relief"),
    ("long_term_relief", "Long-term relief"),
    ("diagnosis", "Diagnosis"),
)
BEYOND_A_YEAR: Choices = (
    ("high_surgical_risk", "High surgical risk"),
    ("declines_surgery", "Declines surgery"),
    ("recurrences_relieved_three_months", "Recurrences, each relieved for three months or more"),
    ("none", "No such reason"),
)
OUTCOMES: Choices = (
    ("lasting_help", "Helped, and still helps"),
    ("not_enough_help", "Helped, not enough"),
    ("no_lasting_help", "Helped, not for long"),
    ("no_help", "No help"),
    ("made_worse", "Made it worse"),
    ("not_tolerated", "Not tolerated"),
    ("contraindicated", "Must not be done"),
)
SITES: Choices = (
    ("shoulder", "Shoulder"),
    ("elbow", "Elbow"),
    ("hand", "Hand or wrist"),
    ("hip", "Hip"),
    ("knee", "Knee"),
    ("foot", "Foot or ankle"),
    ("spine_joint", "Joint of the spine or pelvis"),
    ("muscle", "Muscle"),
    ("other", "Another place"),
)
THERAPIES: Choices = (
    ("nsaid", "Anti-inflammatory"),
    ("acetaminophen", "Acetaminophen"),
    ("muscle_relaxant", "Muscle relaxant"),
    ("neuropathic_agent", "Nerve-pain medicine"),
    ("oral_steroid", "Steroid tablets"),
    ("opioid", "Opioid"),
    ("topical", "Cream or patch"),
    ("antiviral", "Antiviral"),
    ("physical_therapy", "Physical therapy"),
    ("home_exercise", "Home exercise"),
    ("chiropractic", "Chiropractic"),
    ("acupuncture", "Acupuncture"),
    ("massage", "Massage"),
    ("tens", "TENS"),
    ("heat_or_cold", "Heat or cold"),
    ("brace", "Brace"),
    ("activity_modification", "Changed activity"),
    ("rest", "Rest"),
    ("behavioural_therapy", "Behavioural therapy"),
    ("behavioural_evaluation", "Behavioural evaluation"),
    ("other", "Other care"),
)
CLASSES: Choices = (
    ("anticoagulant", "Anticoagulant"),
    ("antiplatelet", "Antiplatelet"),
    ("nsaid", "Anti-inflammatory"),
    ("other", "Other"),
)
SCALES: Choices = tuple(
    (scale, scale) for scale in ("NRS", "VAS", "VRS", "PEG", "RMDQ", "ODI", "PROMIS", "NDI", "QUEBEC", "PDAS")
)
SCALE_ENDS = {"NRS": 10, "VAS": 10, "VRS": 10, "PEG": 10, "RMDQ": 24, "ODI": 100}
PERIODS: Choices = (("now", "Now"), ("average", "Average"), ("worst", "Worst"))
MOMENTS: Choices = (("before", "Before the injection"), ("after", "After the injection"))
STEROIDS = ("dexamethasone", "methylprednisolone", "triamcinolone", "betamethasone")
ROOTS = ("C4", "C5", "C6", "C7", "C8", "T1", "L1", "L2", "L3", "L4", "L5", "S1")
LEVELS = ("C4-5", "C5-6", "C6-7", "C7-T1", "L1-2", "L2-3", "L3-4", "L4-5", "L5-S1")
