import { type AlterationLeaf, type Criterion, unreadable } from '../criterion.ts'
import type { Entry } from './document.ts'
import {
  CATEGORIES,
  CLASSIFICATIONS,
  COPY_NUMBERS,
  GENOMIC_KEYS,
  keyOf,
  MISMATCH_REPAIR,
  SIGNATURE_KEYS,
  withoutNegation,
} from './vocabulary.ts'

const KNOWN: ReadonlySet<string> = new Set(GENOMIC_KEYS)

/**
 * A genomic leaf: all its keys of one reported change. A "!" on any of them turns the whole around, as in MatchMiner: no
 * such change; but only a tested gene counts as having none.
 */
export function genomicCriterion(leaf: Entry): Criterion {
  const values = new Map<string, unknown>()
  let negate = false
  for (const [key, value] of Object.entries(leaf)) {
    const name = keyOf(key)
    if (!KNOWN.has(name))
      return unreadable(`the genomic field "${key}" is not known`, 'See "garrod trials check".')
    const [bare, turned] = withoutNegation(value)
    negate ||= turned
    if (name !== 'display_name') values.set(name, bare)
  }
  const criterion = markerOf(values) ?? wildTypeOf(values) ?? alterationOf(values)
  return negate ? { kind: 'not', of: criterion } : criterion
}

/** Signatures and mismatch repair say nothing about the gene that stands beside them. */
function markerOf(values: ReadonlyMap<string, unknown>): Criterion | undefined {
  const parts: Criterion[] = []
  for (const key of ['mmr_status', 'ms_status']) {
    if (!values.has(key)) continue
    const status = MISMATCH_REPAIR.get(String(values.get(key)).toLowerCase())
    parts.push(
      status === undefined
        ? unreadable(
            `${key} "${String(values.get(key))}"`,
            'Write MMR-Deficient, MMR-Proficient, MSI-H, MSI-L or MSS.',
          )
        : { kind: 'marker', marker: 'mismatch-repair', values: [status] },
    )
  }
  for (const key of SIGNATURE_KEYS) {
    if (!values.has(key)) continue
    const word = String(values.get(key)).toLowerCase()
    parts.push(
      word === 'yes' || word === 'no'
        ? { kind: 'marker', marker: key.replace('_', '-'), values: [word] }
        : unreadable(`${key} "${String(values.get(key))}"`, 'Write Yes or No.'),
    )
  }
  if (parts.length === 0) return undefined
  const other = [...values.keys()].find(
    (key) =>
      key !== 'hugo_symbol' &&
      key !== 'mmr_status' &&
      key !== 'ms_status' &&
      !SIGNATURE_KEYS.some((one) => one === key),
  )
  if (other !== undefined)
    return unreadable(`a signature together with ${other}`, 'Write them as two criteria.')
  return parts.length === 1 ? parts[0] : { kind: 'all', of: parts }
}

/** "wildtype: true" is the gene without a mutation, "false" the gene with one. */
function wildTypeOf(values: ReadonlyMap<string, unknown>): Criterion | undefined {
  if (!values.has('wildtype')) return undefined
  const gene = geneOf(values.get('hugo_symbol'))
  const word = String(values.get('wildtype')).toLowerCase()
  const other = [...values.keys()].find(
    (key) => !['wildtype', 'hugo_symbol', 'variant_category'].includes(key),
  )
  if (gene === undefined || gene === 'any' || other !== undefined || (word !== 'true' && word !== 'false'))
    return unreadable(
      'a wild type that names no gene, or more than a gene',
      'Write hugo_symbol and wildtype: true.',
    )
  return word === 'true' ? { kind: 'wild-type', gene } : { kind: 'alteration', gene, of: ['mutation'] }
}

function alterationOf(values: ReadonlyMap<string, unknown>): Criterion {
  const category = values.get('variant_category')
  const of =
    category === undefined
      ? values.has('cnv_call')
        ? (['copy-number'] as const)
        : (['mutation', 'copy-number', 'fusion'] as const)
      : CATEGORIES.get(String(category).toLowerCase())
  if (of === undefined)
    return unreadable(
      `variant_category "${String(category)}"`,
      `Write one of ${[...CATEGORIES.keys()].join(', ')}.`,
    )
  const partners = partnersOf(values)
  if (partners === undefined) return unreadable('a genomic criterion without a gene', 'Name hugo_symbol.')
  const leaf: AlterationLeaf = { kind: 'alteration', of, ...partners, ...changeOf(values) }
  const doubts = doubtsOf(values)
  // Where even the readable part does not hold, the criterion is not met; else what cannot be read leaves it unknown.
  return doubts.length === 0 ? leaf : { kind: 'all', of: [leaf, ...doubts] }
}

/** The gene, and its partner where one is named: a fusion has no first and second gene here. */
function partnersOf(
  values: ReadonlyMap<string, unknown>,
): Pick<AlterationLeaf, 'gene' | 'partner'> | undefined {
  const gene = geneOf(values.get('hugo_symbol'))
  const partner = geneOf(values.get('fusion_partner_hugo_symbol'))
  const [first, second] = isGene(gene) || !isGene(partner) ? [gene, partner] : [partner, gene]
  if (first === undefined || first === 'intergenic') return undefined
  return second === undefined ? { gene: first } : { gene: first, partner: second }
}

function isGene(name: string | undefined): boolean {
  return name !== undefined && name !== 'any' && name !== 'intergenic'
}

/** The parts of the change that can be read. */
function changeOf(values: ReadonlyMap<string, unknown>): Partial<AlterationLeaf> {
  const proteinChange = textOf(values, 'protein_change')
  const residue = textOf(values, 'wildcard_protein_change')
  const classification = textOf(values, 'variant_classification')
  const exon = Number(values.get('exon') ?? Number.NaN)
  const copyNumber = COPY_NUMBERS.get(String(values.get('cnv_call')).toLowerCase())
  return {
    ...(proteinChange === undefined ? {} : { proteinChange: withP(proteinChange) }),
    ...(residue === undefined ? {} : { residue: withP(residue) }),
    ...(classification !== undefined && CLASSIFICATIONS.has(classification) ? { classification } : {}),
    ...(Number.isInteger(exon) ? { exon } : {}),
    ...(copyNumber === undefined ? {} : { copyNumber }),
  }
}

function doubtsOf(values: ReadonlyMap<string, unknown>): readonly Criterion[] {
  const doubts: Criterion[] = []
  const classification = textOf(values, 'variant_classification')
  if (classification !== undefined && !CLASSIFICATIONS.has(classification))
    doubts.push(
      unreadable(`variant_classification "${classification}"`, 'Write a word of MAF: Frame_Shift_Del ….'),
    )
  if (values.has('cnv_call') && !COPY_NUMBERS.has(String(values.get('cnv_call')).toLowerCase()))
    doubts.push(
      unreadable(`cnv_call "${String(values.get('cnv_call'))}"`, 'Write High Amplification, Gain ….'),
    )
  if (values.has('exon') && !Number.isInteger(Number(values.get('exon'))))
    doubts.push(unreadable(`exon "${String(values.get('exon'))}"`, 'Write exon: 19.'))
  return doubts
}

function textOf(values: ReadonlyMap<string, unknown>, key: string): string | undefined {
  const value = values.get(key)
  return value === undefined ? undefined : String(value).trim()
}

function withP(text: string): string {
  return text.startsWith('p.') ? text : `p.${text}`
}

function geneOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const word = value.trim().toLowerCase().replaceAll(' ', '_')
  if (word === 'any_gene') return 'any'
  return word === 'intergenic' ? 'intergenic' : value.trim()
}
