import type { MarkerTest, TumorMarker } from '../../../record/tumor-profile.ts'
import { Fault } from '../../../terms/fault.ts'
import type { TumorCuts } from '../tumor-format.ts'
import { realOf } from '../words/number-text.ts'

/** A marker as a laboratory writes it. */
export interface WrittenMarker {
  /** "TMB", "PD-L1 (22C3) TPS", "HER2 IHC", "MLH1". */
  readonly name: string
  /** "12.5", "MSI-H", "2+", "<1 %". */
  readonly value: string
  readonly unit?: string
  /** Kind of a score: TPS, CPS, IC; or the method: IHC, ISH. */
  readonly scale?: string
}

/** A marker read, or why it cannot be one. */
export type ReadMarker =
  | { readonly kind: 'marker'; readonly marker: TumorMarker }
  /** One protein of mismatch repair; four of them make a marker. */
  | { readonly kind: 'repair-protein'; readonly protein: string; readonly lost: boolean }
  /** In-situ hybridisation of HER2, which settles IHC 2+. */
  | { readonly kind: 'her2-ish'; readonly amplified: boolean }
  | { readonly kind: 'left-out'; readonly reason: string }
  | { readonly kind: 'unknown' }

const HIGH = /^(msi[- ]?h(igh)?|high|unstable|instable|positive|detected|present|la26203-2)\b|^msi$/i
const LOW = /^(msi[- ]?l(ow)?|low|la26202-4)\b/i
const STABLE =
  /^(mss|msi[- ]?s(table)?|stable|microsatellite stable|negative|not detected|absent|no evidence of (microsatellite )?instability|msi[- ]?h(igh)?:? (was )?not (detected|found|present|seen)|la14122-8)\b/i
const DEFICIENT = /^(d-?mmr|mmr-?d|deficient|loss|lost|abnormal|absent)\b/i
const PROFICIENT =
  /^(p-?mmr|mmr-?p|proficient|intact|retained|preserved|normal|no loss|not deficient|negative for loss)\b/i
const POSITIVE = /^(positive|pos|\+|detected|present|overexpress\w*|la6576-8)(\b|$)/i
const NEGATIVE = /^(negative|neg|not detected|absent|la6577-6)\b/i

/** What takes back the word before it: "MSI-H not detected", "loss of expression not observed", "HRD-negative". */
const DENIED =
  /\b(not|no|none|never|without|cannot|unlikely|negative|excluded|ruled out|equivocal|indeterminate)\b/i

/** Whether a text begins with these words, and nothing behind takes them back. */
function says(words: RegExp, text: string): boolean {
  const found = words.exec(text)
  return found !== null && !DENIED.test(text.slice(found[0].length))
}

/** Names of tests of a gene: a change that is detected, or not, tells nothing of the protein of the same name. */
const OF_GENE =
  /\b(mutations?|mutated|mutational|variants?|sequenc\w*|snvs?|indels?|exons?|codons?|insertions?|deletions?|frameshifts?|rearrang\w*|fusions?|translocations?|\w*methylat\w*|promoter|germline|dna|genes?|alterations?|amplifications?)\b/

/**
 * Reads one written marker. A word without its number, a score without its kind and a range are left out with the reason:
 * they decide nothing. `where` is for MARKER_INVALID: a number that cannot be what its marker says.
 */
export function readMarker(
  written: WrittenMarker,
  test: MarkerTest,
  where: string,
  { positiveReceptor }: Pick<TumorCuts, 'positiveReceptor'>,
): ReadMarker {
  const name = written.name
    .toLowerCase()
    .replace(/[_/()]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const value = written.value.trim()
  if (
    /^(|na|n\/a|\.|unknown|not (done|tested|assessed|evaluable|available)|indeterminate|quantity not sufficient|qns)$/i.test(
      value,
    )
  )
    return { kind: 'left-out', reason: `no result (${value === '' ? 'empty' : value.toLowerCase()})` }
  if (/\b(tmb|mutation(al)? burden|mutations megabase)\b/.test(name))
    return burden(written, value, test, where)
  if (/^(msi|ms status|microsatellite)/.test(name)) return microsatellites(value, test)
  if (/\b(her-?2|erbb2)\b/.test(name) && ISH.test(`${name} ${written.scale ?? ''}`))
    return hybridisation(value)
  const arm = armDeletion(name, value, test)
  if (arm !== undefined) return arm
  if (OF_GENE.test(name) && !/^ctdna|circulating/.test(name)) return { kind: 'unknown' }
  if (/\b(mmr|mismatch repair)\b/.test(name)) return repair(value, test)
  const protein = /^(mlh1|msh2|msh6|pms2)\b/.exec(name)?.[1]?.toUpperCase()
  if (protein !== undefined) {
    if (says(PROFICIENT, value) || says(POSITIVE, value))
      return { kind: 'repair-protein', protein, lost: false }
    if (says(DEFICIENT, value) || (says(NEGATIVE, value) && !/loss/i.test(value)))
      return { kind: 'repair-protein', protein, lost: true }
    return { kind: 'left-out', reason: `"${value}" is neither lost nor retained` }
  }
  if (/\b(hrd|gis|homologous recombination|genomic instability score)\b/.test(name))
    return recombination(value, test)
  if (/\b(her-?2|erbb2)\b/.test(name)) return her2(value, test, where)
  if (/^(er|estrogen receptor|oestrogen receptor|cells.estrogen receptor)\b/.test(name))
    return receptor('ER', value, written.unit ?? written.scale, test, where, positiveReceptor)
  if (/^(pr|pgr|progesterone receptor|cells.progesterone receptor)\b/.test(name))
    return receptor('PR', value, written.unit ?? written.scale, test, where, positiveReceptor)
  if (/\b(pd-?l1|programmed cell death ligand 1|cd274)\b/.test(name))
    return pdl1(name, written, value, test, where)
  return otherProtein(name, value, test) ?? { kind: 'unknown' }
}

/** "del(5q)", "deletion 17p", "17p13 deletion", by karyotype, FISH or array. */
function armDeletion(name: string, value: string, test: MarkerTest): ReadMarker | undefined {
  // Parentheses of the name are spaces by now.
  const arm = /^del(?:etion)?(?: of)? (\d{1,2}[pq])\b|^(\d{1,2}[pq])[\d.]* del(?:etion)?\b/.exec(name)
  if (arm === null) return undefined
  const found = { ...test, kind: 'arm', arm: (arm[1] ?? arm[2])! } as const
  if (says(NEGATIVE, value) || /^(no|not)\b/i.test(value))
    return { kind: 'marker', marker: { ...found, change: 'none' } }
  if (says(POSITIVE, value) || says(/^(deleted|deletion|yes)\b/i, value))
    return { kind: 'marker', marker: { ...found, change: 'deletion' } }
  return { kind: 'left-out', reason: `"${value}" is neither detected nor not detected` }
}

/** Proteins of which labels ask only whether the laboratory calls them positive: its cut is the label's own test. */
const OTHER_PROTEINS: readonly (readonly [RegExp, string])[] = [
  [/^(cldn18(\.2)?|claudin[- ]?18(\.2)?)\b/, 'CLDN18.2'],
  [/^(folr1|fr ?alpha|folate receptor( 1| alpha))\b/, 'FOLR1'],
  [/^(cd117|kit cd117|c-kit|kit protein|kit ihc)\b/, 'CD117'],
  [/^cd19\b/, 'CD19'],
  [/^cd20\b/, 'CD20'],
  [/^cd22\b/, 'CD22'],
  [/^cd30\b/, 'CD30'],
  [/^cd33\b/, 'CD33'],
  [/^psma\b/, 'PSMA'],
  [/^(sstr|somatostatin receptor)/, 'SSTR'],
  [/^c-?met( protein)?( ihc)?$/, 'c-Met'],
  [/^mage-?a4\b/, 'MAGE-A4'],
  [/^egfr (protein|ihc|expression)\b/, 'EGFR'],
  [/^hla-a\*02:01\b/, 'HLA-A*02:01'],
  [/^hla-a\*02:02\b/, 'HLA-A*02:02'],
  [/^hla-a\*02:03\b/, 'HLA-A*02:03'],
  [/^hla-a\*02:05\b/, 'HLA-A*02:05'],
  [/^hla-a\*02:06\b/, 'HLA-A*02:06'],
  // PTEN alone may be the gene: "negative" would then mean that nothing was found.
  [/^pten (protein|ihc|expression|stain)\b/, 'PTEN'],
  [/^(ctdna|circulating tumou?r dna|molecular residual disease)( mrd)?$/, 'ctDNA'],
]

function otherProtein(name: string, value: string, test: MarkerTest): ReadMarker | undefined {
  const known = OTHER_PROTEINS.find(([shape]) => shape.test(name))?.[1]
  if (known === undefined) return undefined
  if (says(POSITIVE, value)) return protein(known, 'positive', undefined, test)
  if (known === 'PTEN' && says(PROFICIENT, value)) return protein(known, 'positive', undefined, test)
  if (says(NEGATIVE, value)) return protein(known, 'negative', undefined, test)
  if (known === 'PTEN' && says(DEFICIENT, value)) return protein(known, 'negative', undefined, test)
  return {
    kind: 'left-out',
    reason: `"${value}" for ${known} does not say whether it is positive by the laboratory's cut`,
  }
}

function burden(written: WrittenMarker, value: string, test: MarkerTest, where: string): ReadMarker {
  const [, before = value] =
    /^(.*?)\s*mut(?:ation)?s?\s*(?:\/|per)\s*m(?:ega)?b(?:ase)?s?.*$/i.exec(value) ?? []
  // "TMB-High (14 Muts/Mb)"; a comma before one or two digits is that of a decimal.
  const number = realOf(
    before.replace(/^[a-z][^(\d<>=]*[\s(:]\s*/i, '').replace(/^(\d{1,3}),(\d{1,2})$/, '$1.$2'),
  )
  if (number === undefined)
    return {
      kind: 'left-out',
      reason: `tumour mutational burden as a word ("${value}"): the number per megabase is needed`,
    }
  if (/^(total|count|mutations)$/i.test(written.unit ?? ''))
    return { kind: 'left-out', reason: 'a count of mutations, not per megabase' }
  if (number < 0) throw invalid(where, value, 'mutations per megabase are a number from 0')
  return { kind: 'marker', marker: { ...test, kind: 'mutational-burden', perMegabase: number } }
}

function microsatellites(value: string, test: MarkerTest): ReadMarker {
  const status = says(STABLE, value)
    ? 'stable'
    : says(HIGH, value)
      ? 'high'
      : says(LOW, value)
        ? 'low'
        : undefined
  if (status !== undefined) return { kind: 'marker', marker: { ...test, kind: 'microsatellites', status } }
  return {
    kind: 'left-out',
    reason: /\d/.test(value)
      ? `a score of microsatellites ("${value}"): its cut belongs to the assay, send MSI-H, MSI-L or MSS`
      : `"${value}" is neither MSI-H, MSI-L nor MSS`,
  }
}

function repair(value: string, test: MarkerTest): ReadMarker {
  if (says(PROFICIENT, value))
    return { kind: 'marker', marker: { ...test, kind: 'mismatch-repair', status: 'proficient' } }
  if (says(DEFICIENT, value))
    return { kind: 'marker', marker: { ...test, kind: 'mismatch-repair', status: 'deficient' } }
  return { kind: 'left-out', reason: `"${value}" is neither deficient nor proficient` }
}

const NOT_DEFICIENT =
  /^(proficient|hrp|negative|not deficient|hrd[- :]*negative|hrd:? not (detected|found)|no hrd|low)\b/i

function recombination(value: string, test: MarkerTest): ReadMarker {
  // "55", "GIS 55", "HRD score: 55 (positive)".
  const [, digits = '', behind = ''] =
    /^(?:gis|hrd(?: score)?|score)?[:=\s]*(-?\d+(?:\.\d+)?)\s*(?:\(([^()]*)\))?$/i.exec(value) ?? []
  const score = realOf(digits)
  const word = (score === undefined ? value : behind).trim()
  const status = says(NOT_DEFICIENT, word)
    ? 'proficient'
    : says(/^(deficient|hrd[- :]*(positive)?|positive|high)(\b|$)/i, word)
      ? 'deficient'
      : undefined
  if (score === undefined && status === undefined)
    return { kind: 'left-out', reason: `"${value}" is neither a score nor positive or negative` }
  return { kind: 'marker', marker: { ...test, kind: 'homologous-recombination', status, score } }
}

/** Names and methods of in-situ hybridisation of HER2. */
const ISH = /\b(ish|d-?ish|fish|cish|sish|dual|amplification|copy number|gene duplication)\b/i

function hybridisation(value: string): ReadMarker {
  if (/^(not amplified|non-?amplified|no amplification)\b/i.test(value) || says(NEGATIVE, value))
    return { kind: 'her2-ish', amplified: false }
  if (says(/^amplified\b/i, value) || says(POSITIVE, value)) return { kind: 'her2-ish', amplified: true }
  return { kind: 'left-out', reason: `"${value}" is neither amplified nor not amplified` }
}

/** A score by itself or behind a word: "2+", "IHC 0", "Negative (1+)", "(score 3)". */
const HER2_SCORE = /(?:^|[^\d.,])([0-3])\s*\+|(?:\(|score|ihc|^)\s*:?\s*([0-3])(?=\s*(?:\)|,|;|$))/gi

/**
 * IHC as 0, 1+, 2+, 3+, also behind a word: "Negative (1+)" is 1+. HER2-low is 1+, or 2+ without amplification (DAKO and ASCO/CAP 2023);
 * ultralow is said in words. "2+/ISH-" tells both.
 */
function her2(value: string, test: MarkerTest, where: string): ReadMarker {
  const [, stain = value, ish] = /^(.*?)[\s,;/(]*\b(?:d-?ish|f?ish|cish|sish)\b[:\s]*(.*)$/i.exec(value) ?? []
  const unread: ReadMarker = { kind: 'left-out', reason: `"${value}" is no result of HER2 that is known` }
  const scores = new Set([...stain.matchAll(HER2_SCORE)].map(([, plus, plain]) => Number(plus ?? plain)))
  if (scores.size > 1 || /\d\s*[-–/]\s*\d/.test(stain)) return unread
  const [score] = scores
  const word = her2Word(value, stain)
  if (score === undefined || word === 'ultralow') {
    if (word !== undefined && ish === undefined) return protein('HER2', word, undefined, test)
    if (realOf(value) !== undefined)
      throw invalid(where, value, 'HER2 by immunohistochemistry is 0, 1+, 2+ or 3+')
    return unread
  }
  const amplified =
    ish === undefined
      ? undefined
      : /^(neg|-|not|non)/i.test(ish)
        ? false
        : /^(pos|\+|amp)/i.test(ish)
          ? true
          : undefined
  const byGene = amplified === undefined ? undefined : amplified ? 'positive' : 'low'
  const status = (['negative', 'low', byGene, 'positive'] as const)[score]
  const contradicts =
    (word === 'positive' && score < 3 && amplified !== true) ||
    (word === 'negative' && score > 1 && !(score === 2 && amplified === false))
  // Amplified at 0 or 1+ is for a pathologist to read.
  if (contradicts || (amplified === true && score < 2)) return unread
  return protein('HER2', status, { scale: 'IHC', value: score }, test)
}

function her2Word(value: string, stain: string) {
  if (/^(her2[- ]?)?ultra-?low/i.test(value)) return 'ultralow'
  if (says(/^(her2[- ]?)?low\b/i, stain)) return 'low'
  if (says(POSITIVE, stain)) return 'positive'
  return says(NEGATIVE, stain) ? 'negative' : undefined
}

/** Positive from `positiveFrom` percent of nuclei; "<1 %" is how laboratories write none to be seen. */
function receptor(
  name: 'ER' | 'PR',
  value: string,
  unit: string | undefined,
  test: MarkerTest,
  where: string,
  positiveFrom: number,
): ReadMarker {
  const below = /^<\s*1\s*%?$/.test(value)
  // "95 %", "95% 3+", "Positive (95%)".
  const [, inBrackets] = /^[a-z ,]+\(?\s*(\d+(?:\.\d+)?)\s*%[^%\d]*\)?$/i.exec(value) ?? []
  const percent = below ? 0 : realOf(inBrackets ?? value.replace(/\s*%.*$/, ''))
  if (percent !== undefined && (below || /%/.test(value) || /^(%|percent)/i.test(unit ?? ''))) {
    if (percent < 0 || percent > 100) throw invalid(where, value, 'a percentage is 0 to 100')
    const isPositive = percent >= positiveFrom
    if (inBrackets !== undefined && says(isPositive ? NEGATIVE : POSITIVE, value))
      return { kind: 'left-out', reason: `"${value}": the word and the percentage do not say the same` }
    return protein(name, isPositive ? 'positive' : 'negative', { scale: 'percent', value: percent }, test)
  }
  if (percent !== undefined)
    return { kind: 'left-out', reason: `a number for ${name} that does not say percent` }
  const status = says(/^low\b/i, value)
    ? 'low'
    : says(POSITIVE, value)
      ? 'positive'
      : says(NEGATIVE, value)
        ? 'negative'
        : undefined
  return status === undefined
    ? { kind: 'left-out', reason: `"${value}" is neither positive nor negative` }
    : protein(name, status, undefined, test)
}

function pdl1(
  name: string,
  written: WrittenMarker,
  value: string,
  test: MarkerTest,
  where: string,
): ReadMarker {
  const kind = /\b(tps|cps|ic|tc)\b/i.exec(`${written.scale ?? ''} ${name} ${value}`)?.[1]?.toUpperCase()
  const scale =
    kind ??
    (/tumou?r proportion|100 viable tumor cells/i.test(name)
      ? 'TPS'
      : /combined positive/i.test(name)
        ? 'CPS'
        : undefined)
  const text = value.replace(/\b(tps|cps|ic|tc)\b:?/gi, '').trim()
  const below = /^<\s*1\s*%?$/.test(text)
  const number = below ? 0 : realOf(text.replace(/\s*%$/, ''))
  if (number !== undefined) {
    if (scale === undefined)
      return {
        kind: 'left-out',
        reason: 'a score of PD-L1 that does not say whether it is TPS, CPS, IC or TC',
      }
    if (
      /^(IC|TC)$/.test(scale) &&
      /^[1-3]$/.test(text) &&
      !/%|percent/i.test(`${value}${written.unit ?? ''}`)
    )
      return {
        kind: 'left-out',
        reason: `"${value}" of PD-L1 may be a class (${scale}1 to ${scale}3) or a percentage: write the percent sign`,
      }
    if (number < 0 || number > 100) throw invalid(where, value, `${scale} is a number from 0 to 100`)
    return protein('PD-L1', undefined, { scale: scale as 'TPS' | 'CPS' | 'IC' | 'TC', value: number }, test)
  }
  if (/[<>≥≤]|\d\s*-\s*\d/.test(text))
    return { kind: 'left-out', reason: `a range of PD-L1 ("${value}"): the number is needed` }
  if (says(POSITIVE, text)) return protein('PD-L1', 'positive', undefined, test)
  if (says(NEGATIVE, text)) return protein('PD-L1', 'negative', undefined, test)
  return { kind: 'left-out', reason: `"${value}" is no score of PD-L1` }
}

type Protein = Extract<TumorMarker, { kind: 'protein' }>

function protein(
  name: string,
  status: Protein['status'],
  score: Protein['score'],
  test: MarkerTest,
): ReadMarker {
  return { kind: 'marker', marker: { ...test, kind: 'protein', protein: name, status, score } }
}

function invalid(where: string, value: string, what: string): Fault {
  return new Fault('MARKER_INVALID', where, `"${value}" cannot be right`, `Correct it: ${what}.`)
}
