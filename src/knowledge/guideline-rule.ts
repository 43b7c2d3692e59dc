import * as z from 'zod'

/** What a recommendation tells the prescriber to do. Several in one rule are in the guideline's own order of preference. */
export const ActionCode = z.enum([
  /** Use the drug as the label says. */
  'STANDARD',
  'AVOID',
  'CONTRAINDICATED',
  /** Choose another drug. */
  'ALTERNATIVE',
  'DOSE_DECREASE',
  'DOSE_INCREASE',
  /** A stated dose or schedule replaces the standard one. */
  'DOSE_SET',
  'LIMIT_DOSE',
  'TITRATE',
  'MONITOR',
  'TEST_FIRST',
  'INFORM',
  /** The guideline looked and gives none. */
  'NO_RECOMMENDATION',
])
export type ActionCode = z.infer<typeof ActionCode>

/** An amount per dose or per time. */
export const Amount = z.strictObject({
  from: z.number(),
  to: z.number(),
  unit: z.string().min(1), // UCUM-like: mg, mg/kg, mg/m2, ug
  per: z.enum(['dose', 'day', 'week']),
})
export type Amount = z.infer<typeof Amount>

/** How a dose changes. Percentages are of the standard dose: { from: 50, to: 50 } means "give half". */
export const Dose = z.strictObject({
  of: z.enum(['start', 'maintenance', 'loading', 'subsequent', 'daily', 'any']),
  percentOfStandard: z.strictObject({ from: z.number(), to: z.number() }).optional(),
  amount: Amount.optional(),
  max: Amount.optional(),
  /** E.g. "thrice weekly instead of daily" is { timesPerWeek: 3 }. */
  timesPerDay: z.number().optional(),
  timesPerWeek: z.number().optional(),
})
export type Dose = z.infer<typeof Dose>

/** One thing to do. Codes in kebab-case are words of Garrod's own list (facts/…/codes.tsv names each in English). */
export const Action = z.strictObject({
  code: ActionCode,
  dose: Dose.optional(),
  /** Drug names (lower-case generic) or classes ("class:ssri") to use instead. */
  alternatives: z.array(z.string()).optional(),
  /** What an alternative must not be: drug names, classes, or "metabolised-by:CYP2D6". */
  exclude: z.array(z.string()).optional(),
  /** What to watch: "plasma-concentration", "ecg", "blood-count", "clinical-response", "adverse-effects" … */
  monitor: z.array(z.string()).optional(),
  /** What to measure first: "g6pd-enzyme-activity", "dpd-enzyme-activity" … */
  test: z.array(z.string()).optional(),
  /** What the patient or team should know: coded. */
  inform: z.array(z.string()).optional(),
  /** When this action applies, coded: "if-alternative-not-possible", "if-no-response", "indication:pci" … */
  condition: z.array(z.string()).optional(),
  /** How strongly this action is worded in the text: "consider" weakens, undefined is plain. */
  wording: z.enum(['consider', 'recommended', 'strongly-recommended']).optional(),
})
export type Action = z.infer<typeof Action>

/** What the genotype does to the drug, and the harm that follows. */
export const Effect = z.strictObject({
  gene: z.string(),
  exposure: z.enum(['up', 'down', 'none', 'unknown']),
  risk: z.enum(['toxicity', 'inefficacy', 'both', 'none', 'unknown']),
  /** Coded outcome: "myelosuppression", "sjs-ten", "myopathy", "stent-thrombosis" … */
  term: z.string().optional(),
  degree: z.enum(['slight', 'moderate', 'great']).optional(),
})
export type Effect = z.infer<typeof Effect>

/** The people a rule is meant for; absent fields do not restrict. */
export const Population = z.strictObject({
  /** Ours, e.g. "acs-pci", "non-acs-non-pci", "neurovascular", "general". */
  code: z.string(),
  ageMin: z.number().optional(), // years
  ageMax: z.number().optional(), // years, exclusive
  weightMinKg: z.number().optional(),
  indication: z.array(z.string()).optional(),
  /** naive: never taken. established: taken longer than three months without the reaction. */
  exposure: z.enum(['naive', 'established']).optional(),
  noAlternative: z.boolean().optional(),
})
export type Population = z.infer<typeof Population>

/** One gene's part of a rule: matches when the gene's lookup key is one of the values. */
export const When = z.strictObject({
  gene: z.string(),
  basis: z.enum(['phenotype', 'activityScore', 'marker', 'diplotype', 'allele']),
  /** As the guideline's lookup prints it: "Poor Metabolizer", "0.25", "*57:01 positive", "No Result" … */
  in: z.array(z.string()).min(1),
})
export type When = z.infer<typeof When>

/** One computable recommendation: all of `when` must hold. */
export const GuidelineRule = z.strictObject({
  id: z.string().min(1),
  guideline: z.string().min(1),
  /** Lower-case generic names. */
  drugs: z.array(z.string()).min(1),
  when: z.array(When).min(1),
  population: Population,
  actions: z.array(Action).min(1),
  effects: z.array(Effect),
  strength: z.enum(['strong', 'moderate', 'optional', 'none', 'unspecified']),
  /** How loudly a prescriber is interrupted; ours, derived from the strongest action and the harm. */
  interrupt: z.enum(['critical', 'warning', 'info', 'none']),
  /** SHA-256 (first 16 hex digits) of the publisher's text that was coded, to see when it changes. */
  textSha256: z.string().length(16),
})
export type GuidelineRule = z.infer<typeof GuidelineRule>

/** A published guideline: what is cited. */
export const Guideline = z.strictObject({
  id: z.string().min(1),
  source: z.enum(['CPIC', 'DPWG', 'FDA label', 'FDA PGx table']),
  drugs: z.array(z.string()).min(1),
  genes: z.array(z.string()).min(1),
  version: z.string().min(1),
  url: z.url(),
  pmids: z.array(z.string()),
  /** Year of the latest publication. */
  year: z.number().int().optional(),
})
export type Guideline = z.infer<typeof Guideline>
