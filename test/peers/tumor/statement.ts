import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { alternativesOf, type Literal, readCategory } from '../../../src/interpret/tumor/tumor.ts'
import { sharedData } from '../../support/shared-data.ts'

export const STATEMENTS = 'oncology/approvals/moalmanac_statements.shared.jsonl.gz'

/** One statement of the evaluation set: it is read here to be counted, and nothing of it is kept. */
export interface Statement {
  readonly id: number
  readonly agency: string
  readonly indication: string
  readonly generic: string
  readonly text: string
  /** Its biomarkers in the language of categories. */
  readonly literals: readonly Literal[]
  readonly oncotree: string
  readonly disease: string
  readonly therapies: readonly string[]
  /** YYYY-MM-DD of the label that the set read for it. */
  readonly approved: string | undefined
}

interface Raw {
  readonly statement_id: number
  readonly agency: string
  readonly generic: string
  readonly indication_id: string
  readonly indication_text: string
  readonly biomarkers: readonly RawBiomarker[]
  readonly oncotree: string
  readonly disease: string
  readonly therapies: readonly string[]
  readonly initial_approval_date: string | null
}
interface RawBiomarker {
  readonly name: string
  readonly biomarker_type: string
  readonly _present: boolean
  readonly unit?: string
  readonly value?: number | string
  readonly status?: string
}

export function statements(): readonly Statement[] {
  return gunzipSync(readFileSync(sharedData(STATEMENTS)!))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Raw)
    .map((raw) => ({
      id: raw.statement_id,
      agency: raw.agency,
      indication: raw.indication_id,
      generic: (raw.generic ?? '').toLowerCase(),
      text: raw.indication_text,
      literals: raw.biomarkers.map((one) => literalOf(one)),
      oncotree: raw.oncotree.replace(/^oncotree:/, ''),
      disease: raw.disease,
      therapies: raw.therapies.map((one) => one.toLowerCase()),
      approved: raw.initial_approval_date ?? undefined,
    }))
}

function literalOf(one: RawBiomarker): Literal {
  const category = readCategory(categoryText(one), `biomarker "${one.name}"`)
  const [[literal] = []] = alternativesOf(category) ?? []
  return { pattern: literal!.pattern, present: literal!.present === one._present }
}

function categoryText({ name, biomarker_type: type, unit, value, status }: RawBiomarker): string {
  const gene = /^(?:Wild type |v::)?([A-Z0-9]+)/.exec(name)?.[1] ?? ''
  switch (type) {
    case 'Protein expression': {
      if (name.startsWith('PD-L1')) {
        const scale = /CPS/.test(unit!)
          ? 'CPS'
          : /TAP/.test(unit!)
            ? 'TAP'
            : /TIIC/.test(unit!)
              ? 'IC'
              : 'TPS'
        return `PD-L1 ${scale} >= ${scale === 'CPS' ? value : Math.round(Number(value) * 100)}`
      }
      const protein = name.replace(/[ -](\+|positive|negative|low|ultralow|>=.*)$/i, '')
      const word = /negative|ultralow|low/i.exec(name)?.[0].toLowerCase() ?? 'positive'
      return `${protein} ${word}`
    }
    case 'Wild type':
      return `${gene} wild type`
    case 'Germline Variant':
      return `${gene} germline pathogenic`
    case 'Mismatch Repair':
      return status === 'Deficient' ? 'dMMR' : 'pMMR'
    case 'Microsatellite Stability':
      return /high|MSI-H/i.test(`${status} ${name}`) ? 'MSI-H' : 'NOT MSI-H'
    case 'Tumor mutational burden':
      return 'TMB >= 10'
    case 'Homologous Recombination':
      return 'HRD'
    case 'Copy Number':
      return name === 'ERBB2 amplification'
        ? 'HER2 positive'
        : /deletion/.test(name)
          ? `${gene} deep deletion`
          : `${gene} amplification`
    case 'Copy Number (arm level)':
      return `deletion ${/^\d+[pq]/.exec(name)![0]}`
    case 'Rearrangement': {
      if (name === 't(15;17)') return 'PML::RARA'
      const [five = '', three = ''] = name.split('::')
      if (five === 'v') return `${three} fusion`
      if (three === 'v' || three === '') return `${gene} fusion`
      return name
    }
    default:
      return somaticText(name, gene)
  }
}

function somaticText(name: string, gene: string): string {
  if (/ITD/.test(name)) return `${gene} internal tandem duplication`
  if (/^MET Exon 14/.test(name)) return 'MET exon 14 skipping'
  const exon = /Exon (\d+) \((Deletion|Insertion)\)/.exec(name)
  if (exon !== null) return `${gene} exon ${exon[1]} ${exon[2]!.toLowerCase()}`
  const change = / p\.(\S+?)(?:\*\d+)?$/.exec(name)
  if (change !== null) return `${gene} ${change[1]}`
  if (/TKD/.test(name)) return `${gene} kinase domain`
  return /oncogenic/.test(name) ? `${gene} pathogenic` : `${gene} mutation`
}
