"""Visits of a hospital's outpatient physiotherapy and imaging.

Revenue codes: 0420 and 0424 physiotherapy and its evaluation, 0320 and 0324 films, 0351 head CT,
0403 breast screening, 0612 and 0614 MRI of the spine and of other parts.
"""

from typing import Final

from revcycle.synthetic.visits import Visit
from revcycle.synthetic.visits import VisitProcedure as Done

_GP: Final = ("GP",)  # under a physiotherapy plan of care

HOSPITAL_VISITS: Final = (
    Visit(
        "exercise for the back", ("M5450",),
        (Done("97110", _GP, 2, (1,), "0420"), Done("97140", _GP, 1, (1,), "0420")),
        "physiotherapy for low back pain",
        "Bends to mid-shin, less pain than last week.",
        "Low back pain, nothing more specific found.",
        "Thirty minutes of exercise with the therapist and fifteen minutes of hands-on therapy.",
        ages=(16, 120), weight=8,
    ),
    Visit(
        "first evaluation of a knee", ("M25561",), (Done("97161", _GP, 1, (1,), "0424"),),
        "the first physiotherapy visit for a painful right knee",
        "Bends to 110 degrees, no swelling, walks without a stick.",
        "Pain in the right knee.",
        "Simple evaluation, one body part, steady course; plan of care for six weeks.",
        weight=4,
    ),
    Visit(
        "after knee replacement", ("Z471", "Z96651"),
        (Done("97110", _GP, 2, (1, 2), "0420"), Done("97112", _GP, 1, (1, 2), "0420")),
        "physiotherapy after a new right knee",
        "Bends to 95 degrees, walks with a cane.",
        "Aftercare of a joint replacement; artificial right knee.",
        "Thirty minutes of exercise and fifteen minutes of balance training with the therapist.",
        ages=(45, 120), weight=5,
    ),
    Visit(
        "shoulder therapy", ("M25511",),
        (Done("97110", _GP, 1, (1,), "0420"), Done("97035", _GP, 1, (1,), "0420")),
        "physiotherapy for a painful right shoulder",
        "Lifts the arm to shoulder height.",
        "Pain in the right shoulder.",
        "Fifteen minutes of exercise with the therapist and ultrasound therapy.",
        ages=(18, 120), weight=4,
    ),
    Visit(
        "daily activities", ("R2689",), (Done("97530", _GP, 2, (1,), "0420"),),
        "training for safe walking at home",
        "Climbs ten steps with one rest.",
        "Unsteady walking of another kind.",
        "Thirty minutes of practice of daily activities with the therapist.",
        ages=(50, 120), weight=3,
    ),
    Visit(
        "physiotherapy re-evaluation", ("M5450",), (Done("97164", _GP, 1, (1,), "0424"),),
        "the re-evaluation after six weeks",
        "Bends to the floor, pain is two of ten.",
        "Low back pain, nothing more specific found.",
        "Re-evaluation; the plan of care was changed to home exercise.",
        ages=(18, 120), weight=2, is_short=True,
    ),
    Visit(
        "chest film", ("R059",), (Done("71046", (), 1, (1,), "0324"),),
        "a cough for three weeks",
        "Two views show clear lungs.",
        "Cough, cause open.",
        "Chest film in two views.",
        weight=4, is_short=True,
    ),
    Visit(
        "knee film", ("M25561",), (Done("73562", ("RT",), 1, (1,), "0320"),),
        "a film of the right knee",
        "Three views show a narrow joint space.",
        "Pain in the right knee.",
        "Film of the right knee in three views.",
        weight=4, is_short=True,
    ),
    Visit(
        "shoulder film", ("M25512",), (Done("73030", ("LT",), 1, (1,), "0320"),),
        "a film of the left shoulder",
        "Two views show no break.",
        "Pain in the left shoulder.",
        "Film of the left shoulder in two views.",
        weight=3, is_short=True,
    ),
    Visit(
        "lower back film", ("M5450",), (Done("72100", (), 1, (1,), "0320"),),
        "a film of the lower back",
        "Two views show normal alignment.",
        "Low back pain, nothing more specific found.",
        "Film of the lower back in two views.",
        weight=3, is_short=True,
    ),
    Visit(
        "lower back MRI", ("M5416",), (Done("72148", (), 1, (1,), "0612"),),
        "an MRI of the lower back, pain runs into the leg",
        "A disc presses on the root at the lowest level.",
        "Nerve root pain from the lower back.",
        "MRI of the lower back without dye, approved beforehand.",
        ages=(18, 120), weight=3, needs_authorization=True,
    ),
    Visit(
        "knee MRI", ("M25561",), (Done("73721", ("RT",), 1, (1,), "0614"),),
        "an MRI of the right knee",
        "The inner meniscus is frayed.",
        "Pain in the right knee.",
        "MRI of the right knee joint without dye, approved beforehand.",
        ages=(16, 120), weight=2, needs_authorization=True,
    ),
    Visit(
        "head CT", ("R519",), (Done("70450", (), 1, (1,), "0351"),),
        "a headache that does not go away",
        "No bleeding, no shift.",
        "Headache, kind not stated.",
        "CT of the head without dye.",
        ages=(18, 120), weight=2,
    ),
    Visit(
        "breast screening", ("Z1231",), (Done("77067", (), 1, (1,), "0403"),),
        "the yearly breast screening",
        "Both sides show no suspicious change.",
        "Screening of the breasts.",
        "Screening films of both breasts in two views with computer reading.",
        ages=(40, 120), sex="F", weight=5,
    ),
)  # fmt: skip
