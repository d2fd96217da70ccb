"""Why a reading says what it says: codes, their parameters, and one plain sentence for each."""

from typing import Any, Final, NamedTuple

SENTENCES: Final = {
    # anaesthetic phase
    "window_open": "The diagnostic window of {hours} h after the injection is still open.",
    "baseline_too_low": "The baseline of {baseline}/10 is under {least}/10, so relief cannot be judged.",
    "too_few_points": "{points} readable scores in the diagnostic window; at least {needed} are needed.",
    "no_early_point": "No readable score in the first {minutes} min after the injection.",
    "analgesic_before": "An analgesic was taken within {hours} h before the injection.",
    "sedation": "Sedation was given, which confounds a diagnostic block.",
    "not_provocable": "The pain could not be provoked before the injection; the baseline was {baseline}/10.",
    "confirmed_relief": "Two successive scores, {first} and {second} min after the injection, confirm "
    "{relief} % relief (line {line} %).",
    "unconfirmed_peak": "One score, {minutes} min after the injection, reached {relief} % relief; "
    "none next to it confirms the line of {line} %.",
    "rescue_excluded": "{entries} scores within {hours} h after an analgesic are not read.",
    "ended_by_rescue": "An analgesic {minutes} min after the injection ends the run at {level} % relief.",
    "selectivity_reduced": "A volume of {volume} mL: selectivity reduced.",
    "selectivity_doubtful": "A volume of {volume} mL: selectivity doubtful.",
    # flare
    "score_rise": "A score of {score}/10 on day {day}, {rise} above the baseline of {baseline}/10.",
    "dose_rise": "On day {day} an analgesic dose was at least {percent} % of the usual one "
    "and no score was below baseline.",
    "end_of_scale_rise": "Two successive scores of 10/10 from day {day}, with more analgesic or a reported "
    "increase of pain (baseline {baseline}/10).",
    "returned": "Back within one point of the baseline on day {day}.",
    "still_worse": "Still going on at the last entry, day {day}; day {until} is not over.",
    "return_open": "Within one point of the baseline at the last entry, day {day}; whether that holds "
    "is not known yet.",
    "end_not_seen": "No lasting return to within one point of the baseline was recorded by day {day}.",
    "not_returned": "Still more than one point above the baseline on days {first} to {last}, "
    "with no return by day {day}.",
    "flare_days_not_over": "No daily average or pain-now score {rise} points or more above the baseline "
    "of {baseline}/10 so far; day {day} is not over.",
    "no_early_entry": "No usable entry on days 1 to 3.",
    "site_pain_only": "Pain at the injection site only; no daily average or pain-now score {rise} points "
    "or more above the baseline of {baseline}/10.",
    "lone_rise": "One score of {score}/10 on day {day} stands alone in a diary that varies by {spread} "
    "points from day to day, so it is not read as a flare.",
    "no_rise": "No daily average or pain-now score {rise} points or more above the baseline of {baseline}/10 "
    "by day {day}.",
    # steroid
    "line_met": "First evening at the {line} % line: day {day}, held on day {partner} "
    "(line {cut}/10, baseline {baseline}/10).",
    "relief_from_start": "Relief of at least {line} % ran on from the anaesthetic into day {day}.",
    "onset_days_not_over": "No lasting relief yet, on two days close together; day {day} has not come.",
    "no_lasting_relief": "No two days close together at {line} % relief by day {day}.",
    "too_few_days": "No three days in a row hold two averages, so an onset cannot be seen.",
    "no_steroid": "No steroid was given; it does not explain the timings.",
    "read_to_repeat": "Read to the repeat injection on day {day}; what followed is not read.",
    "read_to_surgery": "Read to the surgery on day {day}; what followed is not read.",
    # duration
    "not_reached_yet": "Lasting relief of at least {line} % has not begun yet.",
    "never_reached": "Lasting relief of at least {line} % did not begin, so it has no length.",
    "lost": "Relief of {line} % was lost by day {day}: {averages} successive averages above {cut}/10.",
    "dip_by_chance": "{averages} averages above {cut}/10 from day {day} on are no more than this diary "
    "varies from day to day; relief of {line} % went on.",
    "ended_by_repeat": "A repeat injection on day {day} ends the reading of {line} % relief.",
    "ended_by_surgery": "Surgery on day {day} ends the reading of {line} % relief.",
    "ended_by_analgesic": "From day {day} on, {days} recorded days with at least {percent} % "
    "of the usual analgesic dose end the {line} % relief.",
    "still_in_relief": "Still at {line} % relief or more at the last entry that says so, day {day}.",
    "gap": "A gap of {days} days after day {day} leaves the end of {line} % relief unseen.",
    "low_precision": "A gap of {days} days after day {day} makes the length imprecise.",
    # confidence
    "adherence": "{on_time} of {due} due check-ins on time ({percent} %).",
    "low_baseline": "The baseline is only {baseline}/10.",
    "verdict_indeterminate": "The anaesthetic phase could not be read.",
    "confounder_sedation": "Confounder: sedation.",
    "confounder_rescue": "Confounder: {entries} scores after an analgesic inside the diagnostic window.",
    "confounder_volume": "Confounder: {volume} mL were injected.",
    "confounder_no_provocation": "Confounder: no provoking activity was tried inside the diagnostic window.",
    "confounder_no_provocation_yet": "Confounder: no provoking activity tried yet; "
    "the diagnostic window is still open.",
    "confounder_not_numb": "Confounder: the limb was not numb inside the diagnostic window.",
    "confounder_not_numb_yet": "Confounder: the limb not numb yet; the diagnostic window is still open.",
    "unknown_sedation": "Unknown: whether sedation was given.",
    "unknown_volume": "Unknown: the volume injected.",
    "unknown_provocation": "Unknown: whether a provoking activity was tried.",
    "unknown_numbness": "Unknown: whether the limb was numb.",
}
"""One sentence for each code; the braces name its parameters."""


class Reason(NamedTuple):
    """One reason of a reading. The sentence is made only when it is asked for."""

    code: str
    params: dict[str, Any]

    @property
    def text(self) -> str:
        """One plain sentence for a physician."""
        return SENTENCES[self.code].format(**self.params)

    def to_json(self) -> dict[str, Any]:
        """Code, parameters and sentence."""
        return {"code": self.code, "params": self.params, "text": self.text}


def reason(code: str, **params: Any) -> Reason:
    """A reason with plain JSON parameters, already rounded."""
    return Reason(code, params)
