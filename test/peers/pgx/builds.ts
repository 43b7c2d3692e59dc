import { fileURLToPath } from 'node:url'
import { readGenotypes } from '../../../src/intake/receive.ts'
import { openPgx } from '../../../src/interpret/pgx/pgx.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import type { GenotypeSet } from '../../../src/record/genotype.ts'
import { sharedData } from '../../support/shared-data.ts'

/** Agreement of one gene between two call sets of the same people, on the positions that both have. */
export interface BuildRow {
  readonly gene: string
  readonly people: number
  readonly same: number
  /** Of the others, those where the call sets themselves differ at one of the gene's positions. */
  readonly otherBases: number
}

/** The phase 3 genotypes on GRCh37 against the 30x genotypes on GRCh38 of the same 1,513 people. */
export async function compareBuilds(): Promise<BuildRow[]> {
  const room = openPgx(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]), 'ALL')
  const read = async (file: string) => {
    const sets = new Map<string, GenotypeSet>()
    const path = sharedData(`pgx/real/${file}`)!
    for await (const set of readGenotypes({ name: file, content: { path }, panel: room.panel }))
      sets.set(set.sample, set)
    return sets
  }
  const [old, now, dpyd] = [
    await read('1kgp_phase3_grch37.pgx.vcf.gz'),
    await read('1kgp30x_grch38.pgx.vcf.gz'),
    await read('1kgp_phase3_dpyd_grch38.vcf.gz'),
  ]
  const geneOf = new Map(room.panel.map((locus) => [locus.id, locus.gene]))
  const rows = new Map<string, { people: number; same: number; otherBases: number }>()
  for (const [sample, before] of old) {
    const after = [...(now.get(sample)?.calls ?? []), ...(dpyd.get(sample)?.calls ?? [])]
    const seenBefore = new Map(before.calls.map((call) => [call.locus, call]))
    const common = after.filter((call) => seenBefore.has(call.locus))
    const unequal = new Set(
      common
        .filter((call) => [...call.alleles].join() !== [...seenBefore.get(call.locus)!.alleles].join())
        .map((call) => geneOf.get(call.locus)!),
    )
    const loci = new Set(common.map((call) => call.locus))
    const names = (calls: GenotypeSet['calls']) =>
      new Map(
        room
          .findings({ genotypes: [{ ...before, calls }], outsideCalls: [] })
          .map((finding) => [finding.gene, finding.diplotypes.map((one) => one.name).join(' or ')]),
      )
    const [a, b] = [names(before.calls.filter((call) => loci.has(call.locus))), names(common)]
    for (const [gene, name] of a) {
      if (![...loci].some((locus) => geneOf.get(locus) === gene)) continue
      const row = rows.get(gene) ?? { people: 0, same: 0, otherBases: 0 }
      rows.set(gene, row)
      row.people++
      if (name === b.get(gene)) row.same++
      else if (unequal.has(gene)) row.otherBases++
    }
  }
  return [...rows].map(([gene, row]) => ({ gene, ...row }))
}
