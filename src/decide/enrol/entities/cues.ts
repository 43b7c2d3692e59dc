/** Words that say which way a bound goes, and words that join two of them. */
export const SIGNS: ReadonlyMap<string, string> = cues({
  '+': '> ≥ >= least greater more above over exceeding exceeds exceed minimum older higher after longer since up beyond',
  '-': '< ≤ <= most less below under within past last maximum younger lower previous fewer before until prior preceding',
  j: 'or and to - through between , /',
})

/** Words that tell of what kind the names behind them are. */
export const TRIGGERS: ReadonlyMap<string, string> = cues({
  a: 'allergy allergic allergies hypersensitivity hypersensitive intolerance sensitivity anaphylaxis reaction reactions intolerant',
  t: 'treatment treated therapy received receiving taking use using medication medications drugs administration receive agents agent',
  d: 'history diagnosis diagnosed disease disorder disorders diseases known evidence confirmed active condition conditions',
  c: 'cancer tumor tumors malignancy carcinoma metastatic lymphoma leukemia histologically',
  b: 'contraception contraceptive birth abstinence condom',
})

function cues(groups: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(groups).flatMap(([kind, words]) => words.split(' ').map((word) => [word, kind] as const)),
  )
}
