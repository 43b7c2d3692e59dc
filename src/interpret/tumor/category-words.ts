import type { CategoryLeaf } from './category.ts'
import type { Marker } from './marker.ts'

/** One pattern as the language of categories writes it; readCategory reads it back. */
export function patternText(one: CategoryLeaf | Marker): string {
  switch (one.kind) {
    case 'protein':
      return `${one.protein} ${one.status}`
    case 'protein-score':
      return `${one.protein} ${one.scale} >= ${one.least}`
    case 'microsatellites-high':
      return 'MSI-H'
    case 'mismatch-repair':
      return one.status === 'deficient' ? 'dMMR' : 'pMMR'
    case 'homologous-recombination-deficient':
      return 'HRD'
    case 'mutational-burden':
      return `TMB >= ${one.least}`
    case 'arm-deletion':
      return `deletion ${one.arm}`
    default:
      return `${one.gene}${geneText(one)}`
  }
}

function geneText(one: CategoryLeaf): string {
  switch (one.kind) {
    case 'change':
    case 'coding':
      return ` ${one.change}`
    case 'residue':
      return ` ${one.residue}${one.not.length === 0 ? '' : ` not ${one.not.join('/')}`}`
    case 'fusion':
      return one.partner === undefined
        ? ' fusion'
        : `::${one.partner}${one.exons === undefined ? '' : ` ${one.exons}`}`
    case 'exon':
      return ` exon ${one.from}${one.to === one.from ? '' : `-${one.to}`} ${one.what}`
    case 'region':
      return ` ${one.region}${one.what === 'frameshift' ? ' frameshift' : ''}`
    case 'copy-number':
      return ` ${one.call.replace('-', ' ')}`
    case 'expression':
      return ` ${{ any: '', high: 'over', low: 'under' }[one.level]}expression`
    case 'pathogenic':
      return `${one.origin === undefined ? '' : ` ${one.origin}`} pathogenic`
    case 'place':
      return ` at ${one.at.map(placeText).join(' or ')}`
    case 'internal-duplication':
      return ' internal tandem duplication'
    default:
      return ` ${one.kind.replaceAll('-', ' ')}`
  }
}

function placeText(place: Extract<CategoryLeaf, { kind: 'place' }>['at'][number]): string {
  const where = `${place.assembly} ${place.chromosome}:${place.from}${place.to === place.from ? '' : `-${place.to}`}`
  return place.alleles === undefined ? where : `${where} ${place.alleles.ref}>${place.alleles.alt}`
}
