import type { AlterationLeaf, Leaf } from './criterion.ts'
import { KIND_WORDS } from './judge-alteration.ts'
import type { Ground } from './ruling.ts'

/** A criterion in a few words. */
export function leafWords(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'age':
      return `age ${leaf.comparison} ${leaf.days === undefined ? `${leaf.years} years` : `${leaf.days} days`}`
    case 'sex':
      return leaf.sex
    case 'diagnosis':
      return leaf.in === 'solid'
        ? 'a solid tumour'
        : leaf.in === 'liquid'
          ? 'a tumour of the blood'
          : leaf.name
    case 'alteration':
      return alterationWords(leaf)
    case 'wild-type':
      return `${leaf.gene} wild type`
    case 'marker':
      return `${leaf.marker} ${leaf.values.join(' or ')}`
    case 'burden':
      return `tumour mutational burden ${leaf.comparison} ${leaf.perMegabase} per Mb`
    case 'treated':
      return `treated with ${leaf.drug}${daysWords(leaf.withinDays)}`
    case 'lab':
      return `${leaf.test} ${leaf.comparison} ${leaf.value} ${leaf.unit}${daysWords(leaf.withinDays)}`
    case 'performance':
      return `ECOG ${leaf.comparison} ${leaf.ecog}`
    case 'lines':
      return `earlier lines of treatment ${leaf.comparison} ${leaf.count}`
    case 'anything':
      return `any ${leaf.about} status`
    case 'unreadable':
      return `cannot be read: ${leaf.what}`
    case 'draft':
      return `${leaf.side}: “${leaf.text.length > 160 ? `${leaf.text.slice(0, 160)}…` : leaf.text}”`
  }
}

function daysWords(days: number | undefined): string {
  return days === undefined ? '' : ` within ${days} days`
}

function alterationWords(leaf: AlterationLeaf): string {
  const gene = leaf.gene === 'any' ? 'any gene' : leaf.gene
  const parts = [
    leaf.partner === undefined ? gene : `${gene} with ${leaf.partner === 'any' ? 'any gene' : leaf.partner}`,
    leaf.of.length === 3 ? 'alteration' : leaf.of.map((one) => KIND_WORDS[one]).join(' or '),
    leaf.copyNumber?.replaceAll('-', ' '),
    leaf.proteinChange,
    leaf.residue === undefined ? undefined : `${leaf.residue} to any amino acid`,
    leaf.classification,
    leaf.exon === undefined ? undefined : `exon ${leaf.exon}`,
  ]
  return parts.filter((one) => one !== undefined).join(', ')
}

/** Why a criterion was ruled as it was. */
export function groundWords(ground: Ground): string {
  switch (ground.kind) {
    case 'seen': {
      const { gene, partner, proteinChange, classification, copyNumber, kind, source } = ground.alteration
      const what = proteinChange ?? copyNumber?.replaceAll('-', ' ') ?? classification ?? kind
      return `${gene}${typeof partner === 'string' ? `::${partner}` : ''} ${what} was found${source === undefined ? '' : ` (${source})`}`
    }
    case 'none-found':
      return `none found in ${ground.gene === 'any' ? 'any gene' : ground.gene}, which was tested (${ground.assay.name})`
    case 'value':
      return `${ground.what}: ${ground.value}`
    case 'missing':
      return ground.what
    case 'not-asked':
      return `the trial takes any ${ground.about} status`
  }
}
