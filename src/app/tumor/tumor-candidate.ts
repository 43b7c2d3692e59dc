import type {
  Alteration,
  AlterationKind,
  Assay,
  Candidate,
  CopyNumber,
  LabResult,
} from '../../record/candidate.ts'
import type { Covered, SomaticVariant, TumorProfile } from '../../record/tumor-profile.ts'
import { classificationOf, shortProteinName } from './protein-name.ts'

/** MAF's words, which trials use, of terms of the Sequence Ontology. */
const MAF_WORDS: Readonly<Record<string, string>> = {
  missense_variant: 'Missense_Mutation',
  stop_gained: 'Nonsense_Mutation',
  inframe_deletion: 'In_Frame_Del',
  inframe_insertion: 'In_Frame_Ins',
  splice_donor_variant: 'Splice_Site',
  splice_acceptor_variant: 'Splice_Site',
  splice_region_variant: 'Splice_Region',
  start_lost: 'Translation_Start_Site',
  stop_lost: 'Nonstop_Mutation',
}

/** Terms of a change that leaves the protein as it is. */
const QUIET =
  /^(synonymous|intron|intergenic|upstream_gene|downstream_gene|[35]_prime_UTR|non_coding|stop_retained)/

const COPIES: Readonly<Record<string, CopyNumber>> = {
  amplification: 'high-amplification',
  gain: 'gain',
  neutral: 'neutral',
  loss: 'heterozygous-deletion',
  'deep-deletion': 'homozygous-deletion',
}

/**
 * A person of the record with the profile of one tumour, as far as eligibility for trials goes. A change that the person was
 * born with settles no criterion about the tumour. A gene of which only exons were covered was not tested whole, and counts as
 * not tested.
 */
export function tumorCandidate(
  person: Candidate,
  profile: TumorProfile,
  diagnosis: string | undefined,
): Candidate {
  const { covered, assay } = profile
  const partly = new Set(Object.keys(assay?.exons ?? {}))
  const name = assay?.name ?? 'files of the tumour'
  // A gene of which the copies are told was tested for them.
  const counted = new Set(profile.copyNumbers.map(({ gene }) => gene))
  const plasma = assay?.specimen === 'plasma'
  const assays = [
    ...assayOf(name, covered.variants, 'mutation', partly),
    ...assayOf(name, covered.copyNumbers, 'copy-number', new Set()),
    ...assayOf(name, counted, 'copy-number', new Set()),
    ...assayOf(name, covered.fusions, 'fusion', new Set()),
  ].map((one) => (plasma ? { ...one, plasma: true as const } : one))
  const burdens = new Set(
    profile.markers?.flatMap((one) => (one.kind === 'mutational-burden' ? one.perMegabase : [])),
  )
  const burden = burdens.size === 1 ? [...burdens][0] : undefined
  const scores = scoresOf(profile)
  const rejected = (profile.rejected ?? []).flatMap(({ variant: { gene, hgvsP }, filter }) =>
    gene === undefined || hgvsP === undefined
      ? []
      : [{ gene, change: shortProteinName(hgvsP) ?? hgvsP, filter }],
  )
  return {
    ...person,
    ...(diagnosis === undefined ? {} : { diagnosis }),
    alterations: [...person.alterations, ...alterationsOf(profile)],
    assays: [...person.assays, ...assays],
    markers: { ...person.markers, ...markersOf(profile) },
    ...(rejected.length === 0 ? {} : { rejected: [...(person.rejected ?? []), ...rejected] }),
    ...(scores.length === 0 ? {} : { labs: [...(person.labs ?? []), ...scores] }),
    ...(burden === undefined ? {} : { burden }),
  }
}

function assayOf(
  name: string,
  covered: Covered,
  finds: AlterationKind,
  partly: ReadonlySet<string>,
): readonly Assay[] {
  if (covered === undefined) return []
  const genes = covered === 'all' ? covered : new Set([...covered].filter((one) => !partly.has(one)))
  return genes !== 'all' && genes.size === 0 ? [] : [{ name, genes, finds: new Set([finds]) }]
}

function alterationsOf({
  variants,
  copyNumbers,
  fusions,
  unattributed,
}: TumorProfile): readonly Alteration[] {
  return [
    ...variants.flatMap(mutationOf),
    ...(unattributed?.variants ?? [])
      .flatMap(mutationOf)
      .map((one) => ({ ...one, origin: 'unstated' as const })),
    ...(unattributed?.copyNumbers ?? []).map(
      ({ gene }): Alteration => ({ kind: 'copy-number', gene, origin: 'unstated' }),
    ),
    ...copyNumbers.flatMap(({ gene, call }): Alteration[] => {
      const copyNumber = COPIES[call]
      return call === 'neutral' || copyNumber === undefined ? [] : [{ kind: 'copy-number', gene, copyNumber }]
    }),
    ...fusions.flatMap(({ five, three, confidence, frame }): Alteration[] => {
      const gene = five ?? three
      const partner = five === undefined ? undefined : three
      return gene === undefined
        ? []
        : [
            {
              ...{ kind: 'fusion', gene, ...(partner === undefined ? {} : { partner }) },
              ...(confidence === 'low' || frame === 'out-of-frame' ? { origin: 'doubtful' } : {}),
            },
          ]
    }),
  ]
}

function mutationOf(variant: SomaticVariant): readonly Alteration[] {
  const { gene, hgvsP, consequences, exon, origin, tagged } = variant
  if (gene === undefined) return []
  if (consequences.length > 0 && consequences.every((one) => QUIET.test(one))) return []
  const proteinChange = hgvsP === undefined ? undefined : shortProteinName(hgvsP)
  const classification =
    classOf(variant) ?? (proteinChange === undefined ? undefined : classificationOf(proteinChange))
  if (classification === 'Silent') return []
  return [
    {
      kind: 'mutation',
      gene,
      ...(proteinChange === undefined ? {} : { proteinChange }),
      ...(classification === undefined ? {} : { classification }),
      ...(exon === undefined ? {} : { exon: exon.number }),
      ...(origin === 'germline' ? { origin: 'inherited' as const } : {}),
      ...(tagged === undefined ? {} : { origin: 'unstated' as const }),
    },
  ]
}

/** A frameshift is an insertion or a deletion, which its alleles tell. */
function classOf({ consequences, place }: SomaticVariant): string | undefined {
  if (consequences.includes('frameshift_variant')) {
    if (place === undefined) return undefined
    const length = (allele: string) => allele.replace('-', '').length
    return length(place.alt) > length(place.ref) ? 'Frame_Shift_Ins' : 'Frame_Shift_Del'
  }
  return consequences.map((one) => MAF_WORDS[one]).find((one) => one !== undefined)
}

/** Scores of PD-L1 by their scale, as trials ask for them: "PD-L1 TPS" in percent, "PD-L1 CPS" as a number. */
function scoresOf({ markers = [] }: TumorProfile): readonly LabResult[] {
  return markers.flatMap((one): readonly LabResult[] => {
    if (one.kind !== 'protein' || one.protein !== 'PD-L1' || one.score === undefined) return []
    const { scale, value } = one.score
    const date = one.date === undefined ? {} : { date: one.date }
    return [{ test: `PD-L1 ${scale}`, value, unit: scale === 'CPS' ? '' : '%', ...date }]
  })
}

const PROTEINS: Readonly<Record<string, string>> = { ER: 'er', PR: 'pr', HER2: 'her2' }

/** Results by marker; those that differ are all given. A low result of a receptor is positive (ASCO/CAP 2020: from 1 % of nuclei on). */
function markersOf({ markers = [] }: TumorProfile): Readonly<Record<string, string | readonly string[]>> {
  const found = new Map<string, Set<string>>()
  for (const one of markers) {
    if (one.kind === 'mismatch-repair')
      found.set('mismatch-repair', (found.get('mismatch-repair') ?? new Set()).add(one.status))
    // Low instability counts as stable for every treatment.
    if (one.kind === 'microsatellites') {
      const status = one.status === 'high' ? 'deficient' : 'proficient'
      found.set('mismatch-repair', (found.get('mismatch-repair') ?? new Set()).add(status))
    }
    if (one.kind !== 'protein' || one.status === undefined) continue
    const name = PROTEINS[one.protein]
    if (name === undefined) continue
    const status = name !== 'her2' && one.status === 'low' ? 'positive' : one.status
    found.set(name, (found.get(name) ?? new Set()).add(status))
  }
  const isEquivocal = markers.some(
    (one) =>
      one.kind === 'protein' && one.protein === 'HER2' && one.score?.scale === 'IHC' && one.score.value === 2,
  )
  if (!found.has('her2') && isEquivocal) found.set('her2', new Set(['equivocal']))
  return Object.fromEntries([...found].map(([name, values]) => [name, oneOf(name, values)]))
}

/** The only value, or all that differ. Of HER2 a result that says more stands for one that says less: 2+ is settled by hybridisation, low is negative. */
export function oneOf(name: string, values: Iterable<string>): string | readonly string[] {
  const all = [...new Set(values)].sort()
  const says = (less: string, more: readonly string[]) =>
    name === 'her2' && all.includes(less) && all.some((one) => more.includes(one))
  const left = all.filter(
    (one) =>
      !(one === 'equivocal' && says(one, ['positive', 'negative', 'low', 'ultralow'])) &&
      !(one === 'negative' && says(one, ['low', 'ultralow'])),
  )
  return left.length === 1 ? left[0]! : left
}
