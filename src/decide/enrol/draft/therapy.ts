import type { Criterion } from '../criterion.ts'
import type { Piece } from './piece.ts'

const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, year: 365 }
/** "within 28 days", "in the past 6 months", "for at least 2 weeks prior to". */
const WINDOW =
  /\b(?:within|in the (?:past|last|previous)|during the (?:past|last|previous)|(?:less|fewer) than|<|≤|in the)\s*(?:the\s+(?:past|last|previous)\s+)?(\d{1,3})\s*(day|week|month|year)s?\b/i
/** What makes the drug's name behind it a matter of treatment before the trial. */
const GIVEN =
  /\b(?:prior|previous(?:ly)?|earlier|past|received?|receiving|receipt of|treated|treatment|therap(?:y|ies)|taking|taken|use of|used|using|exposure|exposed|progress(?:ed|ion|ing)?|refractory|resistan\w+|failed|failure|relapsed?|na[iï]ve|concomitant|concurrent|current(?:ly)?|history of|never|discontinu\w+)\b[^.;]{0,120}$/i
/** What is taken now, and not what ever was. */
const CURRENT = /\b(?:concurrent|concomitant|current(?:ly)?|ongoing|taking|simultaneous)\b/i
const EVER = /\b(?:prior|previous(?:ly)?|past|history|ever)\b/i
/** "Progressed within 6 months of paclitaxel": the time is counted from the drug, not to the trial. */
const SINCE =
  /\bwithin\s+(?:\d+|\w+)\s*(?:day|week|month|year)s?\s+(?:of|after|from|following|since)\b[^.;]{0,40}$/i
/** The same behind it: "cisplatin-refractory", "bevacizumab treatment in the past". */
const GIVEN_BEHIND =
  /^[\s-]*(?:\w+ ){0,2}(?:na[iï]ve|refractory|resistan\w+|pre-?treated|treated|failure|exposed|exposure|treatment|therapy|use)\b/i
/** Drugs that criteria name as what people take by themselves. */
const NO_TREATMENT: ReadonlySet<string> = new Set(['ethanol', 'caffeine', 'nicotine'])
/** A drug of the trial itself, or its harm. */
const OF_TRIAL =
  /\b(?:dose of|doses of|dosing (?:of|with)|completi(?:on|ng)|study (?:drug|treatment)|contracepti\w+|teratogen\w*|mother|initiati(?:on|ng)|start(?:ing)?|effects? of|caution)\b[^.;]{0,60}$/i

/** The generic name of one substance that a word stands for. */
type DrugNamed = (word: string) => string | undefined

/**
 * Single drugs that were or were not given. Classes of drugs are left to the reader: a class that is not known whole would
 * make somebody "never treated" who was.
 */
export function therapies(text: string, drugs: DrugNamed): readonly Piece[] {
  const found: Piece[] = []
  for (const { 0: name, index } of text.matchAll(
    /(?<![A-Za-z0-9-])[A-Za-z][A-Za-z0-9]{4,30}(?:[ -](?:acid|alfa|mesylate|emtansine|vedotin|deruxtecan))?(?![A-Za-z0-9-])/g,
  )) {
    const drug = drugs(name)
    if (drug === undefined || NO_TREATMENT.has(drug)) continue
    const sentence = sentenceAround(text, index)
    const before = sentence.text.slice(0, index - sentence.start)
    const after = sentence.text.slice(index - sentence.start + name.length)
    if (SINCE.test(before)) continue
    if ((!GIVEN.test(before) && !GIVEN_BEHIND.test(after)) || OF_TRIAL.test(before)) continue
    const window = WINDOW.exec(sentence.text)
    const now = CURRENT.test(before) && !EVER.test(before) ? 1 : undefined
    const withinDays = window === null ? now : Number(window[1]) * DAYS[window[2]!.toLowerCase()]!
    const treated: Criterion = { kind: 'treated', drug, ...(withinDays === undefined ? {} : { withinDays }) }
    const behind = window === null ? 0 : sentence.start + window.index - index
    const end = behind > 0 && behind < 60 ? index + behind + window![0].length : index + name.length
    found.push({ criterion: treated, start: index, end })
  }
  return found
}

function sentenceAround(text: string, at: number): { text: string; start: number } {
  const start = Math.max(text.lastIndexOf('. ', at), text.lastIndexOf('; ', at)) + 1
  const ends = [text.indexOf('. ', at), text.indexOf('; ', at)].filter((one) => one >= 0)
  return { text: text.slice(start, Math.min(...ends, text.length, start + 2_000)), start }
}
