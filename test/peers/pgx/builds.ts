import { fileURLToPath } from 'node:url'
import { readGenotypes } from '../../../src/intake/receive.ts'
import { openPgx } from '../../../src/interpret/pgx/pgx.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import type { GenotypeSet } from '../../../src/record/genotype.ts'
import { sharedData } from '../../support/shared-data.ts'
import { readTsv } from './tsv.ts'

/** Agreement of one gene between two call sets of the same people, on the positions that both have. */
interface BuildRow {
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

/** A sparse file against the peer's answer on the complete genotypes of the same people. */
interface SparseRow {
  readonly gene: string
  readonly people: number
  readonly seen: string
  /** The complete answer is the only one reported. */
  readonly only: number
  /** It is among those reported. */
  readonly among: number
  /** It is the candidate with the highest probability. */
  readonly mostProbable: number
  /** The most probable candidate has its phenotype. */
  readonly phenotype: number
}

/** The GRCh37 file as it is (180 positions) against the peer's rows on 1,110 positions of GRCh38. */
export async function compareSparse(): Promise<SparseRow[]> {
  const room = openPgx(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]), 'ALL')
  const peer = new Map(
    readTsv(sharedData('pgx/real/1kgp30x_phased.expected.tsv.gz')!).map((row) => [
      `${row['sample']} ${row['gene']}`,
      row,
    ]),
  )
  const rows = new Map<string, { -readonly [K in keyof SparseRow]: SparseRow[K] }>()
  const file = '1kgp_phase3_grch37.pgx.vcf.gz'
  for await (const set of readGenotypes({
    name: file,
    content: { path: sharedData(`pgx/real/${file}`)! },
    panel: room.panel,
  })) {
    for (const finding of room.findings({ genotypes: [set], outsideCalls: [] })) {
      const answer = peer.get(`${set.sample} ${finding.gene}`)
      if (answer === undefined || finding.positions.seen === 0) continue
      const [diplotype, more] = answer['sourceDiplotypes']!.split(' OR ')
      if (diplotype === '' || more !== undefined) continue
      const row = rows.get(finding.gene) ?? {
        gene: finding.gene,
        people: 0,
        seen: `${finding.positions.seen} of ${finding.positions.defined}`,
        only: 0,
        among: 0,
        mostProbable: 0,
        phenotype: 0,
      }
      rows.set(finding.gene, row)
      const names = finding.diplotypes.map((one) => one.name)
      const best = finding.candidates.find((one) => one.probability !== undefined)
      row.people++
      if (names.length === 1 && names[0] === diplotype) row.only++
      if (names.includes(diplotype!)) row.among++
      if (best?.name === diplotype) row.mostProbable++
      if ((best?.phenotype ?? 'n/a') === (answer['phenotypes'] || 'n/a')) row.phenotype++
    }
  }
  return [...rows.values()]
}
