/** A call is one tap away; the number is written out for a phone that cannot call. */

export function CallButton({ number, words, main = false }: { number: string; words: string; main?: boolean }) {
  return (
    <a class={main ? "call main" : "call"} href={`tel:${number.replace(/[^+\d*#]/g, "")}`}>
      <span>{words}</span>
      {!words.includes(number) && <span class="number">{number}</span>}
    </a>
  );
}
