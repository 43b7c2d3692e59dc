/** What is missing, so that two ways of saying the same are one. */
export interface MissingDatum {
  readonly key: string
  readonly what: string
  /** Row of the pack of settling tests. */
  readonly datum: string | undefined
}

const KINDS: Readonly<Record<string, { readonly datum: string; readonly words: string }>> = {
  'small variants': { datum: 'mutation', words: 'small variants' },
  mutations: { datum: 'mutation', words: 'small variants' },
  'copy number': { datum: 'copy-number', words: 'copy number' },
  'copy number changes': { datum: 'copy-number', words: 'copy number' },
  fusions: { datum: 'fusion', words: 'fusions' },
}

/** Words in which approvals ask for a result of the whole tumour, or for the course so far. */
const RESULTS: readonly (readonly [pattern: RegExp, datum: string, what: string])[] = [
  [
    /earlier treatment is not known|^whether .* was given before$/,
    'treatments',
    'what treatment was given so far',
  ],
  [/disease is (early|advanced) is not known|stage is not known|\bstage\b/, 'disease-status', 'the stage'],
  [/^HER2\b/, 'her2', 'HER2 by immunohistochemistry'],
  [/^(ER|hormone receptors?|HR)\b/, 'er', 'the oestrogen receptor'],
  [/^PR\b/, 'pr', 'the progesterone receptor'],
  [/^mismatch repair|MLH1, PMS2/, 'mismatch-repair', 'mismatch repair proteins'],
  [/^microsatellite/, 'microsatellites', 'microsatellite instability'],
  [/mutational burden/, 'burden', 'the mutational burden'],
  [/^homologous recombination/, 'recombination', 'deficiency of homologous recombination'],
  [/\bmenopause\b/, 'menopause', 'whether menopause has passed'],
]

/** `text` as an approval, a trial or a tier says it; `datum`: the row, where it names one. */
export function datumOf(text: string, datum?: string): MissingDatum {
  // The name of a condition may hold any word.
  if (text.startsWith('whether this condition holds: ')) return { key: text, what: text, datum: undefined }
  const gene =
    /^a test of (\S+) for (small variants|copy number|fusions)$/.exec(text) ??
    /^whether (\S+) was tested for (small variants|copy number|fusions)$/.exec(text) ??
    /^(\S+) was not tested for (mutations|copy number changes|fusions)$/.exec(text) ??
    /^whether (\S+) was tested for (mutations|copy number changes|fusions) is not shown to you$/.exec(text)
  const kind = gene === null ? undefined : KINDS[gene[2]!]
  if (gene !== null && kind !== undefined)
    return {
      key: `${kind.datum} ${gene[1]}`,
      what: `${gene[1]}: not tested for ${kind.words}`,
      datum: kind.datum,
    }
  const inherited =
    /^a germline test of (\S+)$/.exec(text) ?? /^the origin \(germline or somatic\) of (\S+) /.exec(text)
  if (inherited !== null)
    return {
      key: `inherited ${inherited[1]}`,
      what: `${inherited[1]}: not tested for inherited changes`,
      datum: 'inherited',
    }
  const result = RESULTS.find(([pattern]) => pattern.test(text))
  if (result !== undefined && (datum === undefined || datum === result[1]))
    return { key: result[1], what: result[2], datum: result[1] }
  // A stain by its protein and scale: "PD-L1 TPS", "c-Met status".
  const stain = /^(\S+ (?:TPS|CPS|TC|IC|TAP|IHC|status|positive|percent))(?:: .*)?$/.exec(text)?.[1]
  if (datum === undefined && stain !== undefined)
    return { key: `protein ${stain}`, what: text, datum: 'protein' }
  if (datum === undefined && /^deletion of \d{1,2}[pq]$/.test(text))
    return { key: text, what: text, datum: 'arm' }
  if (datum !== undefined && RESULTS.some(([, own]) => own === datum)) {
    const known = RESULTS.find(([, own]) => own === datum)!
    return { key: datum, what: known[2], datum }
  }
  return { key: `${datum ?? ''} ${text}`, what: text, datum }
}
