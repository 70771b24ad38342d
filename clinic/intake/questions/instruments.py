"""The published instruments, word for word. They are never reworded and never machine-translated.

PEG: Krebs EE et al., J Gen Intern Med 2009;24:733-8. RMDQ: Roland M, Morris R, Spine 1983;8:141-4, whose authors'
2000 paper says that the forms need no permission (the "then" of statement 9 is printed so in the original).
No published Spanish version is at hand: in Spanish the NRS and our own unscored questions are asked.
"""

PEG_CREDIT = "PEG: Krebs EE, Lorenz KA, Bair MJ, et al. J Gen Intern Med 2009;24:733-8."
PEG_PAIN = "What number best describes your pain on average in the past week?"
PEG_ENJOYMENT = "What number best describes how, during the past week, pain has interfered with your enjoyment of life?"
PEG_ACTIVITY = "What number best describes how, during the past week, pain has interfered with your general activity?"
NO_PAIN, WORST_PAIN = "No pain", "Pain as bad as you can imagine"
NO_INTERFERENCE, FULL_INTERFERENCE = "Does not interfere", "Completely interferes"

RMDQ_CREDIT = "Roland-Morris Disability Questionnaire: Roland M, Morris R. Spine 1983;8:141-4."
RMDQ = (
    "I stay at home most of the time because of my back.",
    "I change position frequently to try and get my back comfortable.",
    "I walk more slowly than usual because of my back.",
    "Because of my back I am not doing any of the jobs that I usually do around the house.",
    "Because of my back, I use a handrail to get upstairs.",
    "Because of my back, I lie down to rest more often.",
    "Because of my back, I have to hold on to something to get out of an easy chair.",
    "Because of my back, I try to get other people to do things for me.",
    "I get dressed more slowly then usual because of my back.",
    "I only stand for short periods of time because of my back.",
    "Because of my back, I try not to bend or kneel down.",
    "I find it difficult to get out of a chair because of my back.",
    "My back is painful almost all the time.",
    "I find it difficult to turn over in bed because of my back.",
    "My appetite is not very good because of my back pain.",
    "I have trouble putting on my socks (or stockings) because of the pain in my back.",
    "I only walk short distances because of my back.",
    "I sleep less well because of my back.",
    "Because of my back pain, I get dressed with help from someone else.",
    "I sit down for most of the day because of my back.",
    "I avoid heavy jobs around the house because of my back.",
    "Because of my back pain, I am more irritable and bad tempered with people than usual.",
    "Because of my back, I go upstairs more slowly than usual.",
    "I stay in bed most of the time because of my back.",
)
