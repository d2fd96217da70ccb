/** An answer's sentence in two weights: the claim with its number, and what supports it. */

export interface AnswerText {
  lead: string;
  rest: string;
}

/** What the heading above the answer says already. */
const HEADINGS = /^(Anaesthetic response|Steroid response|Flare|Duration): /;

/** Ends of a claim: a clause, a sentence, or the turn to how it ended. */
const CLAIM_ENDS = /(?<=^No (?:flare|steroid response)): |; |\. (?=[A-Z])|, (?=over after|its end|not back|until |to day)| (?=and was lost)/;

export function answerText(sentence: string): AnswerText {
  const bare = capital(sentence.replace(HEADINGS, ""));
  const end = CLAIM_ENDS.exec(bare);
  if (!end) return { lead: bare.replace(/\.$/, ""), rest: "" };
  const lead = bare.slice(0, end.index);
  const rest = bare.slice(end.index + end[0].length);
  // A verdict alone is no answer for a physician: its number stands with it.
  const number = /^\d+ % relief(?= |$)/.exec(rest);
  if (number && end[0] === "; " && !/\d/.test(lead))
    return { lead: `${lead}, ${number[0]}`, rest: rest.slice(number[0].length).trim() };
  return { lead, rest };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
