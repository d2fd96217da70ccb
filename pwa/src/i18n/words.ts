/** The shape of a language's words: the same keys and arguments with words of any language in place of the English ones. */
export type Words<T> = T extends string
  ? string
  : T extends (...given: infer Given) => unknown
    ? (...given: Given) => string
    : { readonly [Key in keyof T]: Words<T[Key]> };
