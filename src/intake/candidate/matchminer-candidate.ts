import type {
  Alteration,
  AlterationKind,
  Assay,
  Candidate,
  CopyNumber,
  MatchMinerRecord,
} from '../../record/candidate.ts'
import { Fault } from '../../terms/fault.ts'
import { readAssay } from './own-candidate.ts'

const KINDS: ReadonlyMap<string, AlterationKind> = new Map([
  ['MUTATION', 'mutation'],
  ['CNV', 'copy-number'],
  ['SV', 'fusion'],
])
const COPY_NUMBERS: ReadonlyMap<string, CopyNumber> = new Map([
  ['High level amplification', 'high-amplification'],
  ['Gain', 'gain'],
  ['Heterozygous deletion', 'heterozygous-deletion'],
  ['Homozygous deletion', 'homozygous-deletion'],
])
const REPAIR: ReadonlyMap<string, string> = new Map([
  ['Proficient (MMR-P / MSS)', 'proficient'],
  ['Deficient (MMR-D / MSI-H)', 'deficient'],
])
const SIGNATURES: Readonly<Record<string, string>> = {
  APOBEC_STATUS: 'apobec-signature',
  POLE_STATUS: 'pole-signature',
  TABACCO_STATUS: 'tobacco-signature',
  TEMOZOLOMIDE_STATUS: 'temozolomide-signature',
  UVA_STATUS: 'uva-signature',
}

/**
 * A person as MatchMiner stores them: the clinical record, with `genomic` and `prior_treatments` in it. The records do
 * not say which genes were tested; `assays` may be added in Garrod's form, and a record of a wild type says it of its gene.
 * Throws CANDIDATE_MALFORMED.
 */
export function readMatchMinerCandidate(document: MatchMinerRecord, where: string): Candidate {
  const id = document['SAMPLE_ID']
  if (typeof id !== 'string' || id === '') throw malformed(`${where}.SAMPLE_ID`, 'there is no sample id')
  const { genomic: _genomic, prior_treatments: _treatments, assays: _assays, ...clinical } = document
  const genomic = recordsOf(document['genomic'], `${where}.genomic`)
  const treatments = recordsOf(document['prior_treatments'], `${where}.prior_treatments`)
  const sent = Array.isArray(document['assays']) ? document['assays'] : []
  const drugs = treatments.map((one) => one['DRUG']).filter((one): one is string => typeof one === 'string')
  const birthDate = birthDateOf(clinical['BIRTH_DATE_INT'])
  const sex = String(clinical['GENDER']).toLowerCase()
  const diagnosis = clinical['ONCOTREE_PRIMARY_DIAGNOSIS_NAME']
  const burden = clinical['TUMOR_MUTATIONAL_BURDEN_PER_MEGABASE']
  const deceased = clinical['VITAL_STATUS'] === 'deceased'
  return {
    id,
    alterations: genomic.flatMap(alterationOf),
    assays: [...sent.map((one, i) => readAssay(one, `${where}.assays.${i}`)), ...wildTypes(genomic)],
    markers: markersOf([clinical, ...genomic]),
    treatmentsComplete: false,
    matchMiner: { clinical, genomic, treatments },
    deceased,
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(sex === 'female' || sex === 'male' ? { sex } : {}),
    ...(typeof diagnosis === 'string' && diagnosis !== '' ? { diagnosis } : {}),
    ...(typeof burden === 'number' ? { burden } : {}),
    ...(drugs.length === 0 ? {} : { treatments: drugs.map((drug) => ({ drug })) }),
  }
}

function alterationOf(record: MatchMinerRecord): readonly Alteration[] {
  const kind = KINDS.get(String(record['VARIANT_CATEGORY']))
  const named = record['TRUE_HUGO_SYMBOL'] ?? record['LEFT_PARTNER_GENE'] ?? record['RIGHT_PARTNER_GENE']
  const gene = typeof named === 'string' ? named : ''
  if (kind === undefined || record['WILDTYPE'] === true) return []
  const [proteinChange, classification] = [
    record['TRUE_PROTEIN_CHANGE'],
    record['TRUE_VARIANT_CLASSIFICATION'],
  ]
  const exon = record['TRUE_TRANSCRIPT_EXON']
  const copyNumber = COPY_NUMBERS.get(String(record['CNV_CALL']))
  const partner = kind === 'fusion' ? partnerOf(record, gene) : undefined
  return [
    {
      kind,
      gene,
      ...(partner === undefined ? {} : { partner }),
      ...(typeof proteinChange === 'string' && proteinChange !== '' ? { proteinChange } : {}),
      ...(typeof classification === 'string' && classification !== '' ? { classification } : {}),
      ...(typeof exon === 'number' ? { exon } : {}),
      ...(copyNumber === undefined ? {} : { copyNumber }),
    },
  ]
}

/** The other gene of a structured fusion, null where that side is intergenic; undefined where the record has free text only. */
function partnerOf(record: MatchMinerRecord, gene: string): string | null | undefined {
  const [left, right] = [record['LEFT_PARTNER_GENE'], record['RIGHT_PARTNER_GENE']]
  if (typeof left !== 'string' && typeof right !== 'string') return undefined
  const other = left === gene ? right : left
  return typeof other === 'string' && other !== '' ? other : null
}

function wildTypes(genomic: readonly MatchMinerRecord[]): readonly Assay[] {
  const genes = genomic
    .filter((one) => one['WILDTYPE'] === true && typeof one['TRUE_HUGO_SYMBOL'] === 'string')
    .map((one) => one['TRUE_HUGO_SYMBOL'] as string)
  return genes.length === 0
    ? []
    : [{ name: 'reported as wild type', genes: new Set(genes), finds: new Set(['mutation'] as const) }]
}

/** Results that contradict each other are kept as a list, so that nobody takes the first of them. */
function markersOf(records: readonly MatchMinerRecord[]): Candidate['markers'] {
  const found = new Map<string, Set<string>>()
  const add = (marker: string, value: string) =>
    found.set(marker, (found.get(marker) ?? new Set()).add(value))
  for (const record of records) {
    const repair = REPAIR.get(String(record['MMR_STATUS']))
    if (repair !== undefined) add('mismatch-repair', repair)
    for (const [field, marker] of Object.entries(SIGNATURES)) {
      const value = String(record[field]).toLowerCase()
      if (value === 'yes' || value === 'no') add(marker, value)
    }
  }
  return Object.fromEntries(
    [...found].map(([marker, all]) => [marker, all.size === 1 ? [...all][0]! : [...all].sort()]),
  )
}

function birthDateOf(value: unknown): string | undefined {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(String(value)) ?? []
  return year === undefined ? undefined : `${year}-${month}-${day}`
}

function recordsOf(value: unknown, where: string): readonly MatchMinerRecord[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null)) return value
  throw malformed(where, 'a list of records was expected here')
}

function malformed(where: string, what: string): Fault {
  return new Fault('CANDIDATE_MALFORMED', where, what, 'See docs/trials.md for the form.')
}
