/** The patient's words for the red-flag table, English. Not accepted by a physician yet: `reviewed` says so. */

import type { Level } from "../diary/flags.ts";

export const reviewed = false;

/** One short line for each symptom of the table, most urgent first on the screen. */
export const flagAsk: Readonly<Record<string, string>> = {
  allergy: "Trouble breathing, a swollen face or throat, or a rash with feeling faint",
  hives: "An itchy, raised rash over much of the body",
  heart_lung_brain:
    "Chest pain, sudden trouble breathing, collapse, a fit, sudden confusion, or a tingling mouth with ringing ears",
  face_speech_sight:
    "A drooping face, trouble speaking or seeing, severe spinning, or a drooping eyelid with neck pain or headache",
  weak_both_or_spreading: "Weak or numb in both legs, in an arm and a leg, or spreading",
  saddle_bladder_bowel:
    "Numb between the legs, cannot pass or hold urine, leaking stool, or new loss of feeling during sex",
  spine_pain_deficit: "Severe back or neck pain that keeps rising, with new weakness or numbness",
  headache_alarm:
    "Headache with fever, a stiff neck, weakness, numbness or sleepiness; or a sudden, very severe headache",
  limb_weak_or_numb: "Weak or numb only in the area the injection made numb",
  infection: "Temperature of 38.0 °C or more, shaking chills, pus, or redness that spreads",
  mild_temperature: "Temperature of 37.5 to 37.9 °C, and I feel well",
  headache_postural: "Headache that is worse when upright and better lying down",
  headache_other: "Another headache",
  bleeding: "Bleeding after pressing on it for 15 minutes",
  vomiting: "Vomiting for more than a day, or no drink stays down",
  lightheaded: "Feeling lightheaded",
  drooping_eyelid: "A drooping eyelid and nothing else",
  high_glucose: "Diabetes: blood sugar above the limit of my plan",
  more_pain: "More pain than before the injection",
  steroid_effects: "Hot, red face, poor sleep or hiccups",
};

/** The question behind an answer; a row may word it for itself as "row.answer". */
const questions: Readonly<Record<string, string>> = {
  blocked_area_only: "Is it only in the area the injection made numb?",
  worse: "Is it getting worse?",
  recovered_between: "Had it gone back to normal before it came again?",
  weak: "Is an arm or leg weak?",
  anticoagulant: "Do you take a blood thinner?",
  temperature_c: "What is your temperature?",
  well: "Do you feel well apart from that?",
  onset_hours: "When did the headache begin?",
  severe: "Is it severe?",
  worse_upright: "Is it worse when you sit or stand, and better lying down?",
  fainted: "Did you faint?",
  repeated: "Has it come back after it went away?",
  ketones: "Did you find ketones?",
  unwell: "Do you feel unwell?",
  uncontrolled: "Is it 10 out of 10, and nothing helps?",
  alarm_signs: "Any new weakness, new numbness, stiff neck or confusion?",
  "headache_postural.alarm_signs":
    "Did it start suddenly and very badly, does lying down no longer help, or do you have fever, a stiff neck, weakness, numbness or sleepiness?",
  "headache_other.alarm_signs":
    "Did it start suddenly and very badly, or do you have fever, a stiff neck, weakness, numbness or sleepiness?",
  "bleeding.alarm_signs": "Is your neck swelling, or is it hard to swallow?",
  "drooping_eyelid.alarm_signs": "Do you also have neck pain or a headache?",
};

export function flagQuestion(code: string, answer: string): string {
  return questions[`${code}.${answer}`] ?? questions[answer] ?? answer;
}

/** What to do at each level; the phone number and the call button stand beside it. */
export const flagAdvice: Readonly<Record<Level, string>> = {
  E: "Call the emergency number now, or go to an emergency department.",
  S: "Call your clinic today. If nobody answers within 1 hour, go to an emergency department.",
  N: "Call your clinic on the next working day.",
  C: "You can look after this yourself for now.",
};

/** Self-care lines of single rows, shown at level C. */
export const flagSelfCare: Readonly<Record<string, string>> = {
  limb_weak_or_numb: "This can be expected in the first hours. Do not drive. Take care not to fall.",
  mild_temperature: "Measure your temperature again in 6 hours.",
  headache_other: "Rest and drink. Report it again if it lasts more than a day.",
  lightheaded: "Lie down with your legs up. Stand up slowly.",
  drooping_eyelid: "This can be expected in the first hours. Do not drive.",
  steroid_effects: "This can happen in the first week.",
  more_pain: "This can happen in the first 3 days.",
};
