/** Counted words by the plural rules of a language. */

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Makes the counter of a language: it picks the form for `n` and puts the number in place of "#". */
export function plural(language: string): (n: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (n, forms) => (forms[rules.select(n)] ?? forms.other).replace("#", numbers.format(n));
}
