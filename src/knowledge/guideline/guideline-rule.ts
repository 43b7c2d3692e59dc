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
  /** Keep the drug, but do not add or continue the drugs named in `exclude` beside it. */
  'AVOID_COMEDICATION',
  /** The guideline looked and gives none. */
  'NO_RECOMMENDATION',
])
export type ActionCode = z.infer<typeof ActionCode>

/** An amount per dose or per time. */
export const Amount = z.strictObject({
  from: z.number(),
  to: z.number(),
  unit: z.string().min(1), // UCUM-like: mg, mg/kg, mg/m2, ug
  per: z.enum(['dose', 'day', 'week', '2-weeks', 'month']),
})
export type Amount = z.infer<typeof Amount>

/** A stretch of time. */
export const Span = z.strictObject({
  from: z.number(),
  to: z.number(),
  unit: z.enum(['hour', 'day', 'week', 'month']),
})
export type Span = z.infer<typeof Span>

/**
 * How a dose changes. Percentages are of the standard dose: { from: 50, to: 50 } means "give half". A decrease or
 * increase without a number is one that the guideline does not quantify.
 */
export const Dose = z.strictObject({
  /** Which dose. "lowest-start" is the lowest start dose, "maximum" the highest dose, that the label recommends. */
  of: z.enum(['start', 'lowest-start', 'maintenance', 'maximum', 'loading', 'subsequent', 'daily', 'any']),
  percentOfStandard: z.strictObject({ from: z.number(), to: z.number() }).optional(),
  amount: Amount.optional(),
  max: Amount.optional(),
  /** E.g. "thrice weekly instead of daily" is { timesPerWeek: 3 }. */
  timesPerDay: z.number().optional(),
  timesPerWeek: z.number().optional(),
  /**
   * How the number is meant where it is not the range itself: "below" 25 % is { from: 0, to: 25 } with "below",
   * "at-least" 150 % is { from: 150, to: 150 } with "at-least", as is an amount that may be more. On `max`, "below" makes
   * the limit exclusive.
   */
  bound: z.enum(['below', 'at-least']).optional(),
  /** The same dose worked out by the guideline, once per unit that it uses: one or the other, never a sum. */
  examples: z.array(Amount).optional(),
  /** The standard dose that the change was meant for, once per unit; a patient whose standard is lower may need none. */
  standard: z.array(Amount).optional(),
  /** How long or how often it is given: 8 weeks, 1 dose. */
  course: z.strictObject({ count: z.number(), unit: z.enum(['dose', 'day', 'week']) }).optional(),
})
export type Dose = z.infer<typeof Dose>

/** A drug concentration to measure, and what to aim at. */
export const Level = z.strictObject({
  sample: z.enum(['peak', 'trough', 'steady-state', 'any']),
  /** The substances whose concentrations are added up; absent: the drug itself. */
  of: z.array(z.string()).optional(),
  hoursAfterDose: z.strictObject({ from: z.number(), to: z.number() }).optional(),
  /** Act only when the concentration is below this. */
  actBelow: z.number().optional(),
  /** What the dose change aims at, or the therapeutic range. */
  aim: z.strictObject({ from: z.number(), to: z.number().optional() }).optional(), // no `to`: as high as wanted
  /** Concentrations above this are toxic. */
  toxicAbove: z.number().optional(),
  unit: z.string().min(1), // UCUM-like: ng/mL, ug/mL
})
export type Level = z.infer<typeof Level>

/** One thing to do. Codes in kebab-case are words of Garrod's own list (facts/…/codes.tsv names each in English). */
export const Action = z.strictObject({
  code: ActionCode,
  /** On AVOID: the dose that is to be avoided, not the drug. On LIMIT_DOSE: `of` says which dose is limited. */
  dose: Dose.optional(),
  /** Drug names (lower-case generic) or classes ("class:ssri") to use instead. */
  alternatives: z.array(z.string()).optional(),
  /** What an alternative must not be: drug names, classes, or "metabolised-by:CYP2D6". */
  exclude: z.array(z.string()).optional(),
  /** What to watch, and on TITRATE what guides the dose: "plasma-concentration", "ecg", "blood-count", "clinical-response", "adverse-effects" … */
  monitor: z.array(z.string()).optional(),
  /** What to measure first: "g6pd-enzyme-activity", "dpd-enzyme-activity" … */
  test: z.array(z.string()).optional(),
  /** What the patient or team should know: coded. */
  inform: z.array(z.string()).optional(),
  /**
   * When this action applies, coded: "if-alternative-not-possible", "if-no-response", "indication:pci" … All must hold,
   * except that several "indication:" codes are alternatives. "or" and "and-or" are not conditions: they say that the
   * action is an equal option to the one before it.
   */
  condition: z.array(z.string()).optional(),
  /** Time to wait after the action before it: "increase after 3 days". */
  after: Span.optional(),
  /** Time to allow after each dose change before the next. */
  interval: Span.optional(),
  level: Level.optional(),
  /** How strongly this action is worded in the text: "consider" weakens, undefined is plain. */
  wording: z.enum(['consider', 'recommended', 'strongly-recommended']).optional(),
})
export type Action = z.infer<typeof Action>

/** What the genotype does to the drug, and the harm that follows. */
export const Effect = z.strictObject({
  gene: z.string(),
  /** To what acts: of a prodrug, to its active form. */
  exposure: z.enum(['up', 'down', 'none', 'unknown']),
  risk: z.enum(['toxicity', 'inefficacy', 'both', 'none', 'unknown']),
  /** Coded outcome: "myelosuppression", "sjs-ten", "myopathy", "stent-thrombosis" … */
  term: z.string().optional(),
  degree: z.enum(['slight', 'moderate', 'great']).optional(),
  /** How sure the publisher is of it: undefined is plainly stated, "possible" is "may", "theoretical" is expected but not shown. */
  certainty: z.enum(['possible', 'theoretical']).optional(),
})
export type Effect = z.infer<typeof Effect>

/** The people a rule is meant for; absent fields do not restrict. */
export const Population = z.strictObject({
  /** Ours, e.g. "acs-pci", "non-acs-non-pci", "neurovascular", "general". */
  code: z.string(),
  ageMin: z.number().optional(), // years
  ageMax: z.number().optional(), // years, exclusive
  /** Left out when nothing is known of the age: a warning for children that would stand before the advice of every adult. */
  ageMustBeKnown: z.boolean().optional(),
  weightMinKg: z.number().optional(), // kg, exclusive
  /** True: the weight limit is for children only, adults belong to the population at any weight. */
  adultsAtAnyWeight: z.boolean().optional(),
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
