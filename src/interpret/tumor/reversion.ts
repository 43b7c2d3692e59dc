import type { SomaticVariant, TumorProfile } from '../../record/tumor-profile.ts'
import { variantName } from './amp/alterations.ts'
import { effectOf, residuesOf } from './evidence.ts'

/** Genes of which second changes that restore the protein were found after platinum or inhibitors of PARP (Cancer Discov 2017;7:937). */
const RESTORED: ReadonlySet<string> = new Set(['BRCA1', 'BRCA2', 'PALB2', 'RAD51C', 'RAD51D'])

/**
 * Doubts on a truncation that met a biomarker: a second change of the gene that may give the reading frame, or the residue of a stop, back.
 * Two frame-changing edits whose lengths are known and do not add up to whole codons restore nothing.
 */
export function reversions({ variants }: TumorProfile, because: readonly string[]): readonly string[] {
  return variants.flatMap((variant) => {
    if (!RESTORED.has(variant.gene ?? '') || !because.includes(variantName(variant))) return []
    const effect = effectOf(variant)
    if (effect.kind !== 'null' || !effect.truncates) return []
    return variants.flatMap((other) => {
      if (other === variant || other.gene !== variant.gene || !mayRestore(variant, other)) return []
      return `${variantName(other)} beside ${variantName(variant)} may restore ${variant.gene} (a reversion, as is found after platinum or an inhibitor of PARP, which would then fail): reads that span both, or a look at the copy they are on, tell`
    })
  })
}

function mayRestore(lost: SomaticVariant, other: SomaticVariant): boolean {
  const [first, second] = [effectOf(lost), effectOf(other)]
  if (first.kind !== 'null') return false
  if (first.what === 'frameshift' && second.kind === 'null' && second.what === 'frameshift') {
    const [a, b] = [lengthOf(lost), lengthOf(other)]
    return a === undefined || b === undefined || (a + b) % 3 === 0
  }
  // A stop, or the shift itself, is taken out in frame, or the codon of the stop is changed again.
  const [here, there] = [residuesOf(lost), residuesOf(other)]
  if (here === undefined || there === undefined) return second.kind === 'inframe'
  const overlaps = there.from <= here.to && there.to >= here.from
  return second.kind === 'missense'
    ? first.what === 'nonsense' && overlaps
    : second.kind === 'inframe' && overlaps
}

/** Bases that come in, less those that go out; undefined: the alleles are not told. */
function lengthOf({ place }: SomaticVariant): number | undefined {
  if (place === undefined) return undefined
  const bases = (allele: string) => (allele === '-' ? 0 : allele.length)
  return bases(place.alt) - bases(place.ref)
}
