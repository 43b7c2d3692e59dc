import { basename } from 'node:path'
import { readPed } from '../../intake/ped/ped.ts'
import type { Progress } from '../../intake/upload.ts'
import { type FamilyFile, familyVariants } from '../../intake/vcf/family/family-variants.ts'
import type { GermlineFinding } from '../../interpret/finding/germline.ts'
import {
  CALL_RULES,
  FamilyFindings,
  type FamilyView,
  type Kinship,
  RelatednessCounter,
  type SexCheck,
  type Sought,
} from '../../interpret/germline/germline.ts'
import type { Facts } from '../../knowledge/facts.ts'
import type { MemberCall } from '../../record/family-variant.ts'
import type { Pedigree, PedigreeMember } from '../../record/pedigree.ts'
import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import { readText } from '../read-text.ts'

interface FamilyRun {
  readonly file: string
  readonly ped: string | undefined
  readonly assembly: Assembly | undefined
  /** Samples that are asked about; empty: the affected members, or the only sample. */
  readonly samples: readonly string[]
  readonly sex: PedigreeMember['sex']
  readonly sought: Omit<Sought, 'parentsProven'>
  readonly minDepth: number | undefined
  readonly minQuality: number | undefined
  readonly progress: Progress
}

/** Findings of a family's file. */
export interface FamilyAnswer {
  readonly file: string
  readonly assembly: Assembly
  readonly family: { readonly kinships: readonly Kinship[]; readonly sexes: readonly SexCheck[] }
  readonly people: readonly { readonly sample: string; readonly findings: readonly GermlineFinding[] }[]
  /** What a reader must know: what was not sought, what the file cannot tell, what contradicts. */
  readonly notes: readonly string[]
  /** False: the file does not say what its variants do, so that hardly any finding could be made. */
  readonly annotated: boolean
  /** Whether a relationship or a sex contradicts the pedigree. */
  readonly contradicted: boolean
}

/** Reads the file once and makes the findings. Throws the faults of the files, PED_SAMPLE_MISSING, SAMPLE_CHOICE. */
export async function familyAnswer(run: FamilyRun, facts: Facts): Promise<FamilyAnswer> {
  const stated = run.ped === undefined ? undefined : readPed(await readText(run.ped), run.ped)
  let opened: Opened | undefined
  const samplesWanted = (calls: readonly MemberCall[]) =>
    opened!.places.some((place) => (calls[place]?.copies ?? 0) > 0)
  for await (const variant of familyVariants({
    name: run.file,
    content: { path: run.file },
    assembly: run.assembly,
    open: (file) => {
      opened = open(run, stated, file, facts)
    },
    site: (site) => opened!.counter.see(opened!.file.assembly, site),
    wanted: samplesWanted,
    progress: run.progress,
  }))
    opened!.findings.take(variant)
  return answer(run, opened!, stated)
}

interface Opened {
  readonly file: FamilyFile
  readonly probands: readonly PedigreeMember[]
  readonly places: readonly number[]
  readonly counter: RelatednessCounter
  readonly findings: FamilyFindings
}

function open(run: FamilyRun, stated: Pedigree | undefined, file: FamilyFile, facts: Facts): Opened {
  const pedigree = stated ?? {
    members: (run.samples.length > 0 ? run.samples : file.samples).map(
      (id): PedigreeMember => ({
        family: id,
        id,
        father: undefined,
        mother: undefined,
        sex: run.sex,
        affected: undefined,
      }),
    ),
  }
  const probands = probandsOf(run, stated, pedigree, file)
  const counter = new RelatednessCounter(file.samples, pedigree)
  const places = new Map(file.samples.map((sample, i) => [sample, i]))
  const view: FamilyView = {
    members: pedigree.members,
    place: (id) => places.get(id),
    rules: {
      ...CALL_RULES,
      ...(run.minDepth === undefined ? {} : { minDepth: run.minDepth }),
      ...(run.minQuality === undefined ? {} : { minQuality: run.minQuality }),
    },
  }
  let kinships: readonly Kinship[] | undefined
  const parentsProven = ({ father, mother, id }: PedigreeMember) => {
    kinships ??= counter.kinships()
    return [father, mother].every((parent) =>
      kinships!.some(
        ({ a, b, agrees }) =>
          agrees === true && [a, b].includes(id) && parent !== undefined && [a, b].includes(parent),
      ),
    )
  }
  const contradicted = ({ father, mother, id }: PedigreeMember): string[] => {
    kinships ??= counter.kinships()
    return [father, mother].filter(
      (parent): parent is string =>
        parent !== undefined &&
        kinships!.some(
          ({ a, b, agrees }) => agrees === false && [a, b].includes(id) && [a, b].includes(parent),
        ),
    )
  }
  return {
    file,
    probands,
    places: probands.map(({ id }) => places.get(id)!),
    counter,
    findings: new FamilyFindings({ ...view, contradicted }, { ...run.sought, parentsProven }, facts),
  }
}

function probandsOf(
  run: FamilyRun,
  stated: Pedigree | undefined,
  pedigree: Pedigree,
  { samples }: FamilyFile,
): PedigreeMember[] {
  for (const sample of run.samples)
    if (!samples.includes(sample) || !pedigree.members.some(({ id }) => id === sample))
      throw new Fault(
        'PED_SAMPLE_MISSING',
        '--sample',
        `"${sample}" is not ${samples.includes(sample) ? 'in the PED file' : 'a sample of the file'}`,
        `Samples: ${samples.slice(0, 20).join(', ')}.`,
      )
  if (run.samples.length > 0)
    return run.samples.map((sample) => pedigree.members.find(({ id }) => id === sample)!)
  if (stated === undefined) {
    if (samples.length > 1)
      throw new Fault(
        'SAMPLE_CHOICE',
        run.file,
        `the file has ${samples.length} samples, and nothing says how they are related`,
        'Give the family with --ped, or name one sample with --sample.',
      )
    return [...pedigree.members]
  }
  const affected = stated.members.filter(({ id, affected }) => affected === true && samples.includes(id))
  if (affected.length > 0) return affected
  throw new Fault(
    'PED_SAMPLE_MISSING',
    run.ped ?? '',
    'no affected member of the PED file is a sample of the genotype file',
    `Name the sample with --sample. Samples: ${samples.slice(0, 20).join(', ')}.`,
  )
}

function answer(run: FamilyRun, opened: Opened, stated: Pedigree | undefined): FamilyAnswer {
  const { file, probands, counter, findings } = opened
  const kinships = file.samples.length > 1 && stated !== undefined ? counter.kinships() : []
  const sexes = counter.sexes()
  const wrong = [
    ...kinships
      .filter(({ agrees }) => agrees === false)
      .map(
        ({ a, b, is, stated: said, coefficient }) =>
          `${a} and ${b} are ${said} by the pedigree and ${is} by their genotypes (kinship ${coefficient}): check the samples before anything else.`,
      ),
    ...sexes
      .filter(({ agrees }) => agrees === false)
      .map(
        ({ sample, stated: said, is, heterozygousX }) =>
          `${sample} is ${said} by the pedigree and looks ${is} by chromosome X (${heterozygousX} heterozygous): check the sample before anything else.`,
      ),
  ]
  const untyped = (stated?.members ?? []).filter(({ id }) => !file.samples.includes(id)).map(({ id }) => id)
  return {
    file: basename(run.file),
    assembly: file.assembly,
    family: { kinships, sexes },
    people: probands.map((proband) => ({ sample: proband.id, findings: findings.of(proband) })),
    annotated: file.hasConsequences,
    contradicted: wrong.length > 0,
    notes: [
      ...wrong,
      ...(file.hasConsequences
        ? []
        : [
            'The file says nothing of consequences (INFO CSQ, ANN or BCSQ): only variants that ClinVar or a list names can be found. Annotate it first.',
          ]),
      ...(findings.leftOut > 0
        ? [
            `Secondary findings were not sought: ${findings.leftOut} genes of the ACMG list were left out. Of these, name those the test was ordered for with --gene; seek the others with --secondary-findings when the person wants it.`,
          ]
        : []),
      ...(untyped.length > 0 ? [`Without a sample in the file: ${untyped.join(', ')}.`] : []),
      'What is not found is not excluded: a file of variants does not show which positions were read.',
    ],
  }
}
