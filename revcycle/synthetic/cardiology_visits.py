"""Visits of a cardiology group."""

from typing import Final

from revcycle.synthetic.visits import Visit
from revcycle.synthetic.visits import VisitProcedure as Done

CARDIOLOGY_VISITS: Final = (
    Visit(
        "atrial fibrillation", ("I4891",), (Done("99214", ("25",)), Done("93000")),
        "an irregular pulse that is known",
        "The tracing made and read here shows atrial fibrillation at 84.",
        "Atrial fibrillation, kind not stated.",
        "Blood thinner goes on, rate drug raised. A known patient, a drug that needs watching.",
        weight=7,
    ),
    Visit(
        "coronary disease", ("I2510", "E785"),
        (Done("99214", ("25",), pointers=(1, 2)), Done("93000")),
        "the half-yearly look at narrowed heart arteries",
        "No chest pain on stairs. The tracing made and read here is unchanged.",
        "Disease of the own coronary arteries without angina; mixed blood fats too high.",
        "Statin raised. A known patient, two illnesses, one not at its goal.",
        ages=(40, 120), weight=7,
    ),
    Visit(
        "chest pain, new patient", ("R079",), (Done("99204", ("25",)), Done("93000")),
        "chest pain that comes and goes; first visit here",
        "Heart sounds are normal. The tracing made and read here is normal.",
        "Chest pain, cause open.",
        "Stress test ordered. A new patient, a new problem with an uncertain outlook.",
        weight=4,
    ),
    Visit(
        "heart failure ultrasound", ("I5022",), (Done("93306"),),
        "the yearly ultrasound of a weak heart",
        "Pump strength is 38 percent, valves are tight, flow and color were recorded.",
        "Long-standing systolic heart failure.",
        "Full ultrasound of the heart done and read here, no other service.",
        ages=(40, 120), weight=5,
    ),
    Visit(
        "stress test", ("R079",), (Done("93015"),),
        "the stress test that was ordered",
        "Nine minutes on the treadmill, no change in the tracing.",
        "Chest pain, cause open.",
        "Stress test supervised, done and read here, no other service.",
        ages=(25, 80), weight=4,
    ),
    Visit(
        "perfusion images", ("I2510",), (Done("78452"),),
        "images of the blood flow in the heart muscle",
        "Images at rest and under stress show one small fixed defect.",
        "Disease of the own coronary arteries without angina.",
        "Several sets of perfusion images with motion were taken and read, approved beforehand.",
        ages=(40, 120), weight=2, needs_authorization=True,
    ),
    Visit(
        "two-day monitor", ("R002",), (Done("93224"),),
        "the result of the two-day monitor",
        "Two days were recorded; some early beats, no pauses.",
        "Palpitations.",
        "Monitor hooked up, scanned and read here, no other service.",
        weight=3,
    ),
    Visit(
        "neck arteries", ("I6523",), (Done("93880"),),
        "an ultrasound of the neck arteries",
        "Both carotid arteries are narrowed by less than half.",
        "Narrowing of both carotid arteries.",
        "Ultrasound of both neck arteries done and read here, no other service.",
        ages=(50, 120), weight=3,
    ),
    Visit(
        "tracing only", ("R001",), (Done("93010"),),
        "the reading of a tracing from the ward",
        "Rate is 46, every beat is conducted.",
        "Slow heart beat, kind not stated.",
        "Only the reading and report of a tracing, made elsewhere.",
        weight=2, is_short=True,
    ),
    Visit(
        "palpitations", ("R002",), (Done("99213", ("25",)), Done("93000")),
        "a racing heart in the evening",
        "Pulse is regular. The tracing made and read here is normal.",
        "Palpitations.",
        "Less coffee, two-day monitor ordered. A known patient, a simple decision.",
        weight=4,
    ),
    Visit(
        "aortic valve", ("I350",), (Done("99214"),),
        "the yearly look at a stiff heart valve",
        "A loud murmur goes into the neck; no fainting.",
        "Narrowing of the aortic valve, not from rheumatic fever.",
        "Ultrasound in six months, surgery was talked through. A known patient, an illness that "
        "progresses.",
        ages=(50, 120), weight=3,
    ),
    Visit(
        "blood pressure", ("I10",), (Done("99213"),),
        "a look at high blood pressure",
        "Pressure is 142 over 88, lungs are clear.",
        "High blood pressure without known cause.",
        "Second tablet goes on. A known patient, a simple decision.",
        weight=4,
    ),
)  # fmt: skip
