import { type Drug, type DrugBook, spellingKey } from '../../knowledge/drug.ts'
import type { DrugUse } from '../../record/patient-record.ts'
import { Fault } from '../../terms/fault.ts'
import { editDistance } from '../edit-distance.ts'
import type { NamedDrug } from '../plan.ts'

/** What a name or code turned out to mean; several drugs for a combination product. */
interface ResolvedDrug {
  readonly text: string
  readonly by: 'rxcui' | 'atc' | 'name'
  readonly drugs: readonly [NamedDrug, ...NamedDrug[]]
}

/**
 * The drug that a text means: an RxNorm code, an ATC level 5 code, or a generic, brand, salt or other name in any case,
 * with or without strength and form. A misspelling is never guessed.
 * Throws DRUG_UNKNOWN naming the nearest candidates, DRUG_IS_CLASS for a group of drugs.
 */
export function resolveDrug(text: string, book: DrugBook): ResolvedDrug {
  const trimmed = text.trim()
  const code = /^(?:rxnorm:|rxcui:)?\s*(\d{1,8})$/i.exec(trimmed)?.[1]
  if (code !== undefined) return byRxCui(trimmed, code, book)
  if (/^[A-Z]\d\d([A-Z]([A-Z](\d\d)?)?)?$/i.test(trimmed)) return byAtc(trimmed, trimmed.toUpperCase(), book)
  for (const spelling of plainSpellings(trimmed)) {
    const [first, ...rest] = book.spelled(spelling)
    if (first !== undefined) return { text, by: 'name', drugs: [named(first), ...rest.map(named)] }
  }
  const group = book.classNamed(trimmed)
  if (group !== undefined) {
    throw isClass(trimmed, book.membersOf(group))
  }
  throw unknown(trimmed, nearestDrugs(trimmed, book))
}

/**
 * The drug of a medication list. A code is believed before the text, but both must mean the same drug when both are
 * understood. Throws DRUG_UNKNOWN, DRUG_IS_CLASS, DRUG_CODES_DISAGREE.
 */
export function resolveUse(use: DrugUse, book: DrugBook): ResolvedDrug {
  const readings: ResolvedDrug[] = []
  for (const code of [use.rxcui, use.atc]) {
    const drugs = code === undefined ? [] : code === use.rxcui ? book.withRxCui(code) : book.withAtc(code)
    const [first, ...rest] = drugs
    if (code !== undefined && first !== undefined) {
      const by = code === use.rxcui ? 'rxcui' : 'atc'
      readings.push({ text: use.text, by, drugs: [named(first), ...rest.map(named)] })
    }
  }
  if (use.text.trim() !== '') {
    try {
      readings.push(resolveDrug(use.text, book))
    } catch (error) {
      if (!(error instanceof Fault) || readings.length === 0) throw error
    }
  }
  const [best, ...others] = readings
  if (best === undefined) throw unknown(use.rxcui ?? use.atc ?? '', [])
  for (const other of others) {
    if (!other.drugs.some((one) => best.drugs.some((drug) => drug.name === one.name))) {
      throw new Fault(
        'DRUG_CODES_DISAGREE',
        'drug',
        `"${use.text}" means ${namesOf(other)}, but its ${best.by === 'rxcui' ? 'RxNorm' : 'ATC'} code means ${namesOf(best)}`,
        'Correct the code or the name.',
      )
    }
  }
  return best
}

/**
 * Drugs whose name, or one of whose other names, is closest to the text: fewest changed, missing, extra or swapped
 * letters (at most one in four, and three), or a name that the text begins. Best first, at most five.
 */
export function nearestDrugs(text: string, book: DrugBook): readonly NamedDrug[] {
  const key = spellingKey(text)
  if (key.length < 3) return []
  const limit = Math.min(3, Math.max(1, Math.floor(key.length / 4)))
  const best = new Map<string, number>()
  const weigh = (spelling: string, drugs: readonly string[]) => {
    const candidate = spellingKey(spelling)
    const distance = candidate.startsWith(key) ? 0.5 : editDistance(key, candidate, limit)
    if (distance > limit) return
    for (const drug of drugs) best.set(drug, Math.min(distance, best.get(drug) ?? Number.POSITIVE_INFINITY))
  }
  for (const drug of book.drugs) weigh(drug.name, [drug.name])
  for (const other of book.otherNames) weigh(other.text, other.drugs)
  return [...best]
    .sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 5)
    .flatMap(([name]) => {
      const drug = book.get(name)
      return drug === undefined ? [] : [named(drug)]
    })
}

/** A drug as advice names it. */
export function named(drug: Drug): NamedDrug {
  return { name: drug.name, rxcui: drug.rxcui, atc: drug.atc }
}

function byRxCui(text: string, code: string, book: DrugBook): ResolvedDrug {
  const [first, ...rest] = book.withRxCui(code)
  if (first !== undefined) return { text, by: 'rxcui', drugs: [named(first), ...rest.map(named)] }
  throw new Fault(
    'DRUG_UNKNOWN',
    'drug',
    `RxNorm code ${code} is not one that the drug pack carries`,
    'Send the RxNorm ingredient code or the name of the drug.',
  )
}

function byAtc(text: string, code: string, book: DrugBook): ResolvedDrug {
  const [first, ...rest] = book.withAtc(code)
  if (first !== undefined) return { text, by: 'atc', drugs: [named(first), ...rest.map(named)] }
  if (code.length < 7) throw isClass(text, book.inAtcGroup(code))
  throw new Fault(
    'DRUG_UNKNOWN',
    'drug',
    `ATC code ${code} is not one that the drug pack carries`,
    'Send the name of the drug or its RxNorm ingredient code.',
  )
}

/** Strength, form and release words that follow a name and do not change what the drug is. */
const STRENGTH = /\s+\d[\d.,]*\s*(mg|mcg|ug|µg|g|ml|iu|units?|meq|%)(?![a-z]).*$/i
const RELEASE = /[ -](xr|xl|er|sr|cr|la|dr|ec|odt|retard|depot|extended release|delayed release)$/i

/**
 * The text itself, then without strength, form and release. What follows a strength is only dropped when it cannot name
 * a second ingredient ("codeine 30 mg / acetaminophen 300 mg" stays whole, and is refused unless it is known whole).
 */
function plainSpellings(text: string): string[] {
  const spellings = [text]
  const tail = STRENGTH.exec(text)?.[0] ?? ''
  const whole = /\s\/\s|\+|\band\b|\bwith\b|,/i.test(tail) ? text : text.slice(0, text.length - tail.length)
  const bare = whole.replace(/^\d+ hr /i, '').trim()
  spellings.push(bare, bare.replace(RELEASE, ''))
  return [...new Set(spellings)]
}

function isClass(text: string, members: readonly Drug[]): Fault {
  const some = members.slice(0, 8).map((drug) => drug.name)
  return new Fault(
    'DRUG_IS_CLASS',
    'drug',
    `"${text}" is a group of drugs`,
    some.length > 0 ? `Name one drug, such as ${some.join(', ')}.` : 'Name one drug.',
  )
}

function unknown(text: string, candidates: readonly NamedDrug[]): Fault {
  const asked = candidates.map((drug) =>
    drug.rxcui === undefined ? drug.name : `${drug.name} (RxCUI ${drug.rxcui})`,
  )
  return new Fault(
    'DRUG_UNKNOWN',
    'drug',
    `"${text}" is not a drug name that the drug pack carries`,
    asked.length > 0
      ? `Did you mean ${asked.join(', ')}? Nothing was assumed.`
      : 'Send the generic or brand name, the RxNorm ingredient code or the ATC code.',
  )
}

function namesOf(resolved: ResolvedDrug): string {
  return resolved.drugs.map((drug) => drug.name).join(' and ')
}
