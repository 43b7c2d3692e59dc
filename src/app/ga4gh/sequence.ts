import type { PlacedVariant } from '../../deliver/phenopacket/variant.ts'
import { storedVariant } from '../../fhir/genomics/stored-variant.ts'
import type { SequenceOf } from '../../intake/phenopacket/genomic-observation.ts'
import type { Assemblies, AssemblyName } from '../../knowledge/assemblies.ts'
import type { Resource } from '../../record/resource.ts'

/** "GRCh38", "GRCh38.p13", "hg38" and the like; undefined for any other. */
export function assemblyOf(text: string): AssemblyName | undefined {
  if (/^(GRCh38(\.p\d+)?|hg38|b38)$/i.test(text)) return 'GRCh38'
  return /^(GRCh37(\.p\d+)?|hg19|b37)$/i.test(text) ? 'GRCh37' : undefined
}

/** "chr4", "4", "chrM" or a RefSeq accession, in an assembly. An accession of the other assembly is a contradiction. */
export function sequenceOf(known: Assemblies): SequenceOf {
  return (assembly, chromosome) => {
    const name = assemblyOf(assembly)
    if (chromosome.startsWith('NC_')) {
      const sequence = known.sequence(chromosome)
      return sequence === undefined || (name !== undefined && sequence.assembly !== name)
        ? undefined
        : sequence
    }
    if (name === undefined) return undefined
    const bare = chromosome.replace(/^chr/i, '').toUpperCase()
    // hg19's own chrM is another sequence than that of GRCh37.
    if (/^hg19$/i.test(assembly) && /^M/.test(bare)) return undefined
    return known.of(name, bare === 'M' ? 'MT' : bare)
  }
}

/** Where a variant Observation is, spelled out; undefined where it does not say all of it. */
export function placedVariant(known: Assemblies): (observation: Resource) => PlacedVariant | undefined {
  return (observation) => {
    const edit = storedVariant(observation)?.edit
    const sequence = edit && known.sequence(edit.refseq)
    if (edit?.deleted === undefined || edit.duplicates || sequence === undefined) return undefined
    const { start, deleted, inserted } = edit
    const { assembly, chromosome, refget } = sequence
    return { assembly, chromosome, refget, start, deleted, inserted }
  }
}
