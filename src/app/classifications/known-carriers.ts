import { list, text } from '../../fhir/genomics/component.ts'
import type { Edit } from '../../fhir/genomics/edit.ts'
import { type Genome, genomeOf } from '../../fhir/genomics/genome.ts'
import { sameVariants } from '../../fhir/genomics/place.ts'
import { widened } from '../../fhir/genomics/same-edit.ts'
import { type StoredVariant, storedVariant } from '../../fhir/genomics/stored-variant.ts'
import type { Assemblies } from '../../knowledge/assemblies.ts'
import type { Resource } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import type { VariantName } from '../../record/variant-calls.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { type PatientId, patientId, type TenantId } from '../../terms/ids.ts'
import { bareChromosomes, LayeredSequences } from '../../variant/layered-sequences.ts'
import type { SequenceSource } from '../../variant/sequence.ts'
import { TranscriptSet } from '../../variant/transcript-set.ts'
import { carriersInGenomes, type Unsearched } from './carriers-in-genomes.ts'
import { type Spellings, spellingsOf } from './spellings.ts'

/** Somebody who carries a variant, as far as their results say. */
export interface KnownCarrier {
  readonly patient: PatientId
  /** Of the called alleles; undefined: the result does not say. */
  readonly copies: number | undefined
  /**
   * possible: the result is on the other assembly, at a place whose position in this one is not known; or it is an insertion
   * or deletion that may be the same one at another place of a repeat, whose sequence is not known.
   */
  readonly certainty: 'sure' | 'possible'
  /** Where it was found. */
  readonly from: 'variant calls' | 'genome file' | 'FHIR observation'
  /** The Observation that it was found in, if it was one. */
  readonly observation?: Resource
}

const BATCH = 500
/** The mark of a release of GRCh37 whose mitochondrion is another sequence is lost in a name: it is looked for on the same assembly alone. */
const BY_LIFT = /^chr(\d+|X|Y)$/

/** What a search for carriers found, and what it could not search. */
export interface CarrierSearch {
  readonly carriers: readonly KnownCarrier[]
  readonly unsearched: readonly Unsearched[]
  /** Assemblies of the results that were searched, each with what its spellings lack. */
  readonly searched: readonly {
    readonly assembly: VariantName['assembly']
    readonly lacks: Spellings['lacks']
  }[]
}

/**
 * Everybody who carries a variant, wherever their result is kept: calls of panels and exomes, genomes by place or in their
 * files, and results that came as FHIR Observations. In either assembly, where the place is known in both; at every place of a
 * repeat, where the site has the sequence.
 */
export async function knownCarriers(
  store: Store,
  tenant: TenantId,
  variant: VariantName,
  assemblies: Assemblies,
  sequences: readonly SequenceSource[],
  step: (done: number, of: number, what: string) => void,
): Promise<CarrierSearch> {
  const spelled = [variant, ...lifted(variant, assemblies)].map((one) => ({
    assembly: one.assembly,
    ...spellingsOf(
      one,
      sequences.find((source) => source.contig(one.chromosome)?.assembly === one.assembly),
    ),
  }))
  const names = spelled.flatMap((one) => one.names)
  const found = new Map<PatientId, KnownCarrier>()
  const unsearched: Unsearched[] = []
  const add = (one: KnownCarrier) => {
    const known = found.get(one.patient)
    if (known === undefined || weightOf(one) > weightOf(known)) found.set(one.patient, one)
  }
  const genomes = carriersInGenomes(store, tenant, names, (set) => unsearched.push(set))
  for await (const { patient, copies } of genomes)
    add({ patient, copies, certainty: 'sure', from: 'genome file' })
  step(1, 3, 'genomes searched')
  for (const carriers of await store.variants.carriers(tenant, names, UNRESTRICTED)) {
    for (const { patient, copies } of carriers)
      add({ patient, copies, certainty: 'sure', from: 'variant calls' })
  }
  step(2, 3, 'variant calls searched')
  const held = [...sequences, bareChromosomes(assemblies.sequences)]
  const genome = genomeOf(assemblies, {
    sequences: new LayeredSequences(held),
    transcripts: new TranscriptSet('no transcripts', []),
  })
  for await (const one of inObservations(store, tenant, variant, genome)) add(one)
  step(3, 3, 'FHIR observations searched')
  return {
    carriers: [...found.values()].sort((a, b) => (a.patient < b.patient ? -1 : 1)),
    unsearched,
    searched: spelled.map(({ assembly, lacks }) => ({ assembly, lacks })),
  }
}

/** Sure before possible, then the one that tells the most copies. */
function weightOf({ certainty, copies }: KnownCarrier): number {
  return (certainty === 'sure' ? 10 : 0) + (copies ?? 0)
}

/** The variant in the other assembly; none where its place there is not known exactly: results of it are not searched. */
function lifted(variant: VariantName, assemblies: Assemblies): readonly VariantName[] {
  if (!BY_LIFT.test(variant.chromosome)) return []
  const { low, high } = assemblies.lift(variant.chromosome.slice(3), variant.assembly, variant.position)
  if (low !== high) return []
  const assembly = variant.assembly === 'GRCh37' ? 'GRCh38' : 'GRCh37'
  return [{ ...variant, assembly, position: low }]
}

async function* inObservations(
  store: Store,
  tenant: TenantId,
  { assembly, chromosome, position, ref, alt }: VariantName,
  genome: Genome,
): AsyncGenerator<KnownCarrier> {
  const bare = chromosome === 'chrM' ? 'MT' : chromosome.slice(3)
  const sequence = genome.assemblies.of(assembly, bare)
  if (sequence === undefined) return
  const start = position - 1
  const spelled = { start, end: start + ref.length, deleted: ref, inserted: alt, duplicates: false }
  const asked = widened({ refseq: sequence.refseq, ...spelled }, genome.sources.sequences)
  const query = {
    type: 'Observation',
    criteria: [
      {
        kind: 'token' as const,
        param: 'code',
        not: false,
        values: [{ system: undefined, code: GENOMIC.variant }],
      },
    ],
    ...{ sort: [], count: 0, after: undefined, total: false, within: UNRESTRICTED },
  }
  for await (const batch of store.resources.scan(tenant, query, BATCH)) {
    for (const { json, compartment } of batch) {
      if (json === undefined || compartment === '') continue
      const observation = JSON.parse(json) as Resource
      const stored = storedVariant(observation)
      if (stored === undefined) continue
      const certainty = certaintyOf(asked, stored, genome)
      if (certainty !== undefined)
        yield {
          patient: patientId(compartment),
          copies: copiesOf(observation),
          certainty,
          from: 'FHIR observation',
          observation,
        }
    }
  }
}

function certaintyOf(
  asked: Edit,
  stored: StoredVariant,
  genome: Genome,
): KnownCarrier['certainty'] | undefined {
  try {
    return sameVariants([asked], [stored], genome).length > 0 ? 'sure' : undefined
  } catch (error) {
    if (error instanceof Fault && /^(LIFTOVER|VARIANT_SPELLING)_UNKNOWN$/.test(error.code)) return 'possible'
    throw error
  }
}

/** LOINC 53034-5, allelic state: homozygous is two. */
function copiesOf(observation: Resource): number | undefined {
  const codes = list(observation['component'])
    .filter((one) =>
      list((one['code'] as Record<string, unknown>)?.['coding']).some(
        (its) => its['code'] === GENOMIC.allelicState,
      ),
    )
    .flatMap((one) => list((one['valueCodeableConcept'] as Record<string, unknown>)?.['coding']))
    .map((its) => text(its['code']))
  if (codes.includes('LA6705-3')) return 2
  return codes.some((one) => one === 'LA6706-1' || one === 'LA6707-9') ? 1 : undefined
}
