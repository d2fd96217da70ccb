/** A call is one tap away; the number is written out for a phone that cannot call. */

export function CallButton({ number, words, main = false, onCall }: { number: string; words: string; main?: boolean; onCall?: () => void }) {
  return (
    <a class={main ? "call main" : "call"} href={`tel:${number.replace(/[^+\d*#]/g, "")}`} onClick={onCall}>
      <span>{words}</span>
      {!words.includes(number) && <bdi class="number">{number}</bdi>}
    </a>
  );
}
