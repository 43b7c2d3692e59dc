import type { Gap } from './answer.ts'

/** Why a position is not known, as a reader without the file's format in mind would say it. */
export function gapWords(gap: Gap): string {
  switch (gap.kind) {
    case 'not-in-file':
      return 'not in the file'
    case 'no-call':
      return 'in the file, but without a genotype'
    case 'half-call':
      return `only one of two alleles was called (${gap.genotype})`
    case 'filtered':
      return `marked as unreliable by the laboratory's own filter (${gap.filter})`
    case 'low-depth':
      return `read too thinly: ${gap.reads} ${gap.reads === 1 ? 'read' : 'reads'}, at least ${gap.atLeast} wanted`
    case 'low-quality':
      return `genotype quality ${gap.quality}, at least ${gap.atLeast} wanted`
    case 'reads-contradict':
      return `called ${gap.genotype}, but the reads show one allele (${gap.alleleDepths.join(', ')} reads)`
    case 'records-contradict':
      return `records of the file contradict each other (${gap.genotypes.join(' and ')})`
    case 'files-contradict':
      return `two files of this person contradict each other (${gap.genotypes.join(' and ')})`
    case 'reference-mismatch':
      return `the file's reference base is ${gap.found}, the definition expects ${gap.expected}`
    case 'unreadable-allele':
      return `the genotype uses an allele that cannot be read as bases (${gap.allele})`
    case 'not-in-build':
      return `no counterpart of this position is known in ${gap.assembly}`
  }
}
