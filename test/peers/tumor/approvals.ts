import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import {
  alternativesOf,
  type Literal,
  patternText,
  readCategory,
} from '../../../src/interpret/tumor/tumor.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import { type OncoTree, oncoTree } from '../../../src/knowledge/oncotree.ts'
import { type Approval, approvals } from '../../../src/knowledge/tumor/approvals.ts'
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

/** Codes that the set uses and OncoTree's release of the pack does not, or only as a broader or narrower type. */
const DISEASES: Readonly<Record<string, readonly string[]>> = {
  ALL: ['BLL', 'TLL'],
  'ncit:C132146': ['_SOLID_'],
  'ncit:C3163': ['CLLSLL'],
  'ncit:C135017': ['NSCLC'],
  'ncit:C3467': ['MYCF', 'PCALCL', 'SS'],
  'ncit:C9385': ['RCC'],
  'ncit:C7007': ['HMBL'],
  'ncit:C27031': ['PANET'],
}

export class Comparison {
  readonly tree: OncoTree
  readonly ours: readonly Approval[]
  readonly #names: (name: string) => readonly string[]

  constructor(folder = fileURLToPath(new URL('../../../facts', import.meta.url))) {
    const facts = Facts.find([folder])
    this.tree = oncoTree(facts)
    const book = approvals(facts)
    this.ours = book.all.filter(({ basis }) => basis !== 'withdrawn' || true)
    this.#names = book.drugsNamed
  }

  /** Our names of a drug that the set names, without the letters of a biosimilar. */
  drugs(generic: string): readonly string[] {
    const found = this.#names(generic)
    if (found.length > 0) return found
    return this.#names(generic.split('; ').join(' and '))
  }

  sameDisease({ disease }: Approval, { oncotree }: Statement): boolean {
    const codes = DISEASES[oncotree] ?? [this.tree.find(oncotree)?.code ?? oncotree]
    if (codes.includes('_SOLID_')) return disease.solid
    return disease.oncotree.some((mine) =>
      codes.some((code) => this.tree.lineage(mine).has(code) || this.tree.lineage(code).has(mine)),
    )
  }

  /** Whether one of our alternatives says what the statement says, no more and no less. */
  sameBiomarker(text: string, id: string, { literals }: Statement): boolean {
    const alternatives = (alternativesOf(readCategory(text, id)) ?? []).map((way) =>
      // "HER2 positive (IHC 3+)": the set keeps the status and drops the score.
      way.filter(({ pattern }) => !(pattern.kind === 'protein-score' && pattern.scale === 'IHC')),
    )
    return alternatives.some(
      (mine) =>
        mine.every((one) => literals.some((other) => sameLiteral(one, other))) &&
        // "ER and PR positive" is one way to be hormone receptor positive.
        literals.every(
          (one) =>
            mine.some((other) => sameLiteral(other, one)) ||
            alternatives.some(
              (way) =>
                way.length === mine.length &&
                way.some((other) => sameLiteral(other, one)) &&
                way.every((other) => literals.some((theirs) => sameLiteral(other, theirs))),
            ),
        ),
    )
  }

  find(statement: Statement): { drug: boolean; disease: boolean; same: readonly Approval[] } {
    const names = this.drugs(statement.generic)
    const drug = this.ours.filter(
      (one) => names.includes(one.drug) && one.agency.toLowerCase() === statement.agency,
    )
    const disease = drug.filter((one) => this.sameDisease(one, statement))
    return {
      drug: drug.length > 0,
      disease: disease.length > 0,
      same: disease.filter((one) => this.sameBiomarker(one.biomarker, one.id, statement)),
    }
  }
}

/** Two ways to write one condition, or a class and its member (any mutation, residue, exon; a list of a test and its class). */
export function sameLiteral(mine: Literal, theirs: Literal): boolean {
  // The share of tumour cells that stain: labels of one antibody call it TC, of the other TPS.
  const [a, b] = [mine, theirs].map((one) => textOf(one).replace('PD-L1 TC', 'PD-L1 TPS'))
  if (a === b) return true
  if (!('gene' in mine.pattern && 'gene' in theirs.pattern)) return false
  if (mine.pattern.gene !== theirs.pattern.gene) {
    const fusion = mine.pattern.kind === 'fusion' && theirs.pattern.kind === 'fusion'
    return (
      fusion && (mine.pattern.partner === theirs.pattern.gene || theirs.pattern.partner === mine.pattern.gene)
    )
  }
  const [notA, notB] = [isAbsence(mine), isAbsence(theirs)]
  if (notA !== notB) return false
  if (notA) return true
  const classes = new Set(['mutation', 'activating', 'residue', 'change', 'region', 'exon', 'pathogenic'])
  const [one, other] = [mine.pattern, theirs.pattern]
  if (one.kind === 'fusion' || other.kind === 'fusion') return one.kind === other.kind
  if (one.kind === 'change' && other.kind === 'change') return one.change === other.change
  if (one.kind === 'exon' && other.kind === 'exon') return one.from === other.from && one.what === other.what
  if (one.kind === 'residue' && other.kind === 'change') return other.change.startsWith(one.residue)
  if (one.kind === 'residue' && other.kind === 'residue') return one.residue === other.residue
  if (one.kind === 'pathogenic' && other.kind === 'pathogenic')
    return one.origin === undefined || one.origin === other.origin
  // A class beside its member: any mutation and one change of it.
  const broad = (kind: string) => ['mutation', 'activating', 'region', 'pathogenic'].includes(kind)
  return classes.has(one.kind) && classes.has(other.kind) && (broad(one.kind) || broad(other.kind))
}

function isAbsence({ pattern, present }: Literal): boolean {
  return pattern.kind === 'wild-type' ? present : !present
}

export function textOf({ pattern, present }: Literal): string {
  return `${present ? '' : 'NOT '}${patternText(pattern)}`
}
