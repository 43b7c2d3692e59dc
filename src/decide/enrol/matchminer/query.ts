import type { DiagnosisGroups } from '../../../knowledge/tumor/diagnosis-groups.ts'
import { Fault } from '../../../terms/fault.ts'
import { bornOn } from '../age-bound.ts'
import { type Comparison, readBound, TURNED } from '../comparison.ts'
import type { Entry } from '../ctml/document.ts'

/** One condition on one field of a record. */
export type Test =
  | { readonly kind: 'equal'; readonly field: string; readonly value: unknown }
  | { readonly kind: 'among'; readonly field: string; readonly values: ReadonlySet<unknown> }
  | { readonly kind: 'pattern'; readonly field: string; readonly pattern: RegExp }
  | {
      readonly kind: 'number'
      readonly field: string
      readonly comparison: Comparison
      readonly number: number
    }
  | { readonly kind: 'present'; readonly field: string }
  /** Either all of the first or all of the second. */
  | { readonly kind: 'either'; readonly sides: readonly (readonly Test[])[] }

/** A condition on the clinical record; its own "!" turns only it around. */
export interface ClinicalTest {
  readonly test: Test
  readonly negate: boolean
}

/** Conditions that one record must meet together; a "!" on any of them turns the whole around: no such record. */
export interface RecordQuery {
  readonly tests: readonly Test[]
  readonly exclusion: boolean
}

/** What one leaf of CTML asks, as MatchMiner translates it with the configuration of Dana-Farber. */
export type LeafQuery =
  | { readonly of: 'clinical'; readonly tests: readonly ClinicalTest[] }
  | {
      readonly of: 'genomic' | 'prior_treatments'
      readonly query: RecordQuery
      /** For structural variants: the free text of reports before 2018-12-01, `query` from then on. */
      readonly comment?: RecordQuery
    }

/** What translation needs beside the leaf. */
export interface QuerySetting {
  readonly groups: DiagnosisGroups
  /** Date of the run, YYYY-MM-DD. */
  readonly today: string
}

const IGNORED: ReadonlySet<string> = new Set([
  'HER2_STATUS',
  'PR_STATUS',
  'ER_STATUS',
  'DISEASE_STATUS',
  'DISPLAY_NAME',
])
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['HUGO_SYMBOL', 'TRUE_HUGO_SYMBOL'],
  ['EXON', 'TRUE_TRANSCRIPT_EXON'],
  ['PROTEIN_CHANGE', 'TRUE_PROTEIN_CHANGE'],
  ['VARIANT_CLASSIFICATION', 'TRUE_VARIANT_CLASSIFICATION'],
  ['APOBEC_SIGNATURE', 'APOBEC_STATUS'],
  ['POLE_SIGNATURE', 'POLE_STATUS'],
  ['TOBACCO_SIGNATURE', 'TABACCO_STATUS'],
  ['TEMOZOLOMIDE_SIGNATURE', 'TEMOZOLOMIDE_STATUS'],
  ['UVA_SIGNATURE', 'UVA_STATUS'],
])
const SIGNATURES = [
  'UVA_STATUS',
  'TABACCO_STATUS',
  'POLE_STATUS',
  'TEMOZOLOMIDE_STATUS',
  'MMR_STATUS',
  'APOBEC_STATUS',
]
const COPY_NUMBER: ReadonlyMap<string, string> = new Map([
  ['High Amplification', 'High level amplification'],
  ['Homozygous Deletion', 'Homozygous deletion'],
  ['Low Amplification', 'Gain'],
  ['Heterozygous Deletion', 'Heterozygous deletion'],
])
const PROFICIENT = 'Proficient (MMR-P / MSS)'
const DEFICIENT = 'Deficient (MMR-D / MSI-H)'
const MISMATCH_REPAIR: ReadonlyMap<string, string> = new Map([
  ['MMR-Proficient', PROFICIENT],
  ['MMR-Deficient', DEFICIENT],
  ['MSI-H', DEFICIENT],
  ['MSI-L', PROFICIENT],
  ['MSS', PROFICIENT],
])

/** Translates one leaf. Throws CTML_PEER_STOPS where the engine itself would end with an error. */
export function leafQuery(
  collection: string,
  leaf: Entry,
  setting: QuerySetting,
  where: string,
): LeafQuery | undefined {
  switch (collection) {
    case 'clinical':
      return clinicalQuery(leaf, setting, where)
    case 'genomic':
      return genomicQuery(leaf, where)
    case 'prior_treatments':
      return plainQuery(leaf)
    default:
      throw stops(where, `"${collection}" is no kind of criterion`)
  }
}

function clinicalQuery(leaf: Entry, { groups, today }: QuerySetting, where: string): LeafQuery | undefined {
  const tests: ClinicalTest[] = []
  for (const [key, value] of Object.entries(leaf)) {
    const name = key.toUpperCase()
    if (IGNORED.has(name) && name !== 'DISPLAY_NAME') continue
    if (name === 'AGE_NUMERICAL') tests.push({ test: ageTest(value, today, where), negate: false })
    else if (name === 'TMB_NUMERICAL') tests.push({ test: burdenTest(value, where), negate: false })
    else {
      const [bare, negate] = negated(value)
      const members = name === 'ONCOTREE_PRIMARY_DIAGNOSIS' ? groups.get(String(bare)) : undefined
      const field = name === 'ONCOTREE_PRIMARY_DIAGNOSIS' ? 'ONCOTREE_PRIMARY_DIAGNOSIS_NAME' : name
      const test: Test =
        members === undefined
          ? { kind: 'equal', field, value: bare }
          : { kind: 'among', field, values: members }
      tests.push({ test, negate })
    }
  }
  return tests.length === 0 ? undefined : { of: 'clinical', tests }
}

/** Born earlier is older: the comparison turns around on the birth date. */
function ageTest(value: unknown, today: string, where: string): Test {
  const bound = bounded(value, where)
  return {
    kind: 'number',
    field: 'BIRTH_DATE_INT',
    comparison: TURNED[bound.comparison],
    number: bornOn(bound.number, today),
  }
}

function burdenTest(value: unknown, where: string): Test {
  return { kind: 'number', field: 'TUMOR_MUTATIONAL_BURDEN_PER_MEGABASE', ...bounded(value, where) }
}

function bounded(value: unknown, where: string): { comparison: Comparison; number: number } {
  const bound = typeof value === 'string' && !/\s/.test(value) ? readBound(value) : undefined
  if (bound === undefined) throw stops(where, `"${String(value)}" is no comparison with a number`)
  return bound
}

function genomicQuery(leaf: Entry, where: string): LeafQuery | undefined {
  /** The last of several conditions on one field is the one that counts. */
  const tests = new Map<string, Test>()
  let exclusion = false
  let structural = false
  for (const [key, value] of Object.entries(leaf)) {
    const name = key.toUpperCase()
    if (name === 'DISPLAY_NAME') continue
    const [bare, negate] = negated(value)
    exclusion ||= negate
    const field = FIELDS.get(name) ?? name
    switch (name) {
      case 'WILDCARD_PROTEIN_CHANGE':
        tests.set('TRUE_PROTEIN_CHANGE', {
          kind: 'pattern',
          field: 'TRUE_PROTEIN_CHANGE',
          pattern: residuePattern(bare, where),
        })
        break
      case 'VARIANT_CATEGORY':
        if (bare === 'Structural Variation') structural = true
        else tests.set(field, categoryTest(bare, where))
        break
      case 'CNV_CALL':
        tests.set(field, { kind: 'equal', field, value: COPY_NUMBER.get(String(bare)) ?? bare })
        break
      case 'MMR_STATUS':
      case 'MS_STATUS': {
        const status = MISMATCH_REPAIR.get(String(bare))
        if (status === undefined)
          throw stops(where, `"${String(bare)}" is no mismatch repair or microsatellite status`)
        tests.set('MMR_STATUS', { kind: 'equal', field: 'MMR_STATUS', value: status })
        break
      }
      default:
        tests.set(field, { kind: 'equal', field, value: bare })
    }
  }
  if (tests.size === 0 && !structural) return undefined
  const gene = equalTo(tests, 'TRUE_HUGO_SYMBOL')
  const partner = equalTo(tests, 'FUSION_PARTNER_HUGO_SYMBOL')
  if (structural) {
    tests.delete('TRUE_HUGO_SYMBOL')
    tests.delete('FUSION_PARTNER_HUGO_SYMBOL')
    const rest = [...tests.values()]
    return {
      of: 'genomic',
      query: { tests: [...rest, ...partnerTests(gene, partner, where)], exclusion },
      comment: {
        tests: [
          ...rest,
          { kind: 'pattern', field: 'STRUCTURAL_VARIANT_COMMENT', pattern: mention(gene, where) },
        ],
        exclusion,
      },
    }
  }
  if (SIGNATURES.some((field) => tests.has(field))) tests.delete('TRUE_HUGO_SYMBOL')
  return { of: 'genomic', query: { tests: [...tests.values()], exclusion } }
}

function plainQuery(leaf: Entry): LeafQuery | undefined {
  const tests: Test[] = []
  let exclusion = false
  for (const [key, value] of Object.entries(leaf)) {
    const [bare, negate] = negated(value)
    exclusion ||= negate
    tests.push({ kind: 'equal', field: key.toUpperCase(), value: bare })
  }
  return tests.length === 0 ? undefined : { of: 'prior_treatments', query: { tests, exclusion } }
}

function equalTo(tests: ReadonlyMap<string, Test>, field: string): unknown {
  const test = tests.get(field)
  return test?.kind === 'equal' ? test.value : undefined
}

function categoryTest(bare: unknown, where: string): Test {
  if (typeof bare !== 'string') throw stops(where, 'the variant category is no text')
  const field = 'VARIANT_CATEGORY'
  switch (bare.toLowerCase()) {
    case 'copy number variation':
      return { kind: 'equal', field, value: 'CNV' }
    case 'any variation':
      return { kind: 'among', field, values: new Set(['MUTATION', 'CNV']) }
    case 'structural variation':
      return { kind: 'equal', field, value: 'SV' }
    default:
      return { kind: 'equal', field, value: bare.toUpperCase() }
  }
}

/** The partners of a structured fusion, in either order. */
function partnerTests(gene: unknown, partner: unknown, where: string): readonly Test[] {
  const [left, right] = ['LEFT_PARTNER_GENE', 'RIGHT_PARTNER_GENE'] as const
  const forward = [...sideTest(gene, left, where), ...sideTest(partner, right, where)]
  const backward = [...sideTest(gene, right, where), ...sideTest(partner, left, where)]
  return forward.length === 0 ? [] : [{ kind: 'either', sides: [forward, backward] }]
}

function sideTest(gene: unknown, field: string, where: string): readonly Test[] {
  if (gene === undefined || gene === null) return []
  if (typeof gene !== 'string') throw stops(where, 'a gene of a fusion is no text')
  if (gene.toLowerCase() === 'intergenic') return [{ kind: 'equal', field, value: null }]
  if (gene.toLowerCase().replaceAll(' ', '_') === 'any_gene') return [{ kind: 'present', field }]
  return [{ kind: 'equal', field, value: gene }]
}

/** A gene as a word of its own in the comment of a report. */
function mention(gene: unknown, where: string): RegExp {
  const word = literal(gene === undefined || gene === null ? 'None' : String(gene), where)
  return new RegExp(`[^\\p{L}\\p{N}_]${word}(?:[^\\p{L}\\p{N}_]|$)|^${word}[^\\p{L}\\p{N}_]`, 'iu')
}

/** "V600" or "p.V600": any one amino acid in its place. What already starts with "p." is read as a pattern by the peer. */
function residuePattern(bare: unknown, where: string): RegExp {
  if (typeof bare !== 'string') throw stops(where, 'the wildcard protein change is no text')
  const start = bare.startsWith('p.') ? bare : literal(`p.${bare}`, where)
  if (!/^[\w.*+?=<>\\-]{1,100}$/.test(start)) throw stops(where, `"${bare}" is no protein change`)
  try {
    return new RegExp(`^${start}[ACDEFGHIKLMNPQRSTVWY]$`, 'i')
  } catch {
    throw stops(where, `"${bare}" is no protein change`)
  }
}

function literal(text: string, where: string): string {
  if (text.length > 100) throw stops(where, 'a name of more than 100 letters')
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

function negated(value: unknown): readonly [bare: unknown, negate: boolean] {
  return typeof value === 'string' && value.startsWith('!') ? [value.slice(1), true] : [value, false]
}

function stops(where: string, what: string): Fault {
  return new Fault(
    'CTML_PEER_STOPS',
    where,
    `MatchMiner ends with an error here: ${what}`,
    'Correct the criterion; "garrod trials check" names it.',
  )
}
