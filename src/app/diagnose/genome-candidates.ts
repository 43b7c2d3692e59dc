import type { GermlineFinding } from '../../interpret/finding/germline.ts'
import { placeText } from '../../interpret/germline/germline.ts'
import { type CandidateGene, diagnose, type PhenotypeInput } from '../../interpret/phenotype/phenotype.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Io } from '../command.ts'
import { choiceOption } from '../command-line/choice-option.ts'
import { progressLine } from '../command-line/progress.ts'
import { type FamilyAnswer, familyAnswer } from '../germline/family.ts'

/** Diseases, by features alone, whose genes the genome is asked about. */
const IN_QUESTION = 300

/** What a genome, of one person or a family, adds to the features. */
interface GenomeCandidates {
  readonly candidates: readonly CandidateGene[]
  readonly notes: FamilyAnswer['notes']
}

/**
 * Genes in which the person of a VCF has candidate variants. Genes of the diseases that fit the features are part of the
 * question, also those of the ACMG list; the others of that list are not looked at.
 * Throws the faults of the files, SAMPLE_CHOICE.
 */
export async function genomeCandidates(
  file: string,
  input: Arguments,
  facts: Facts,
  person: PhenotypeInput,
  io: Io,
): Promise<GenomeCandidates> {
  const { diseases } = diagnose(facts, { ...person, most: IN_QUESTION, explained: 0 })
  const line = progressLine(io, 'reading')
  const answer = await familyAnswer(
    {
      file,
      ped: input.text('ped'),
      assembly: choiceOption(input, 'assembly', ['GRCh38', 'GRCh37']),
      samples: input.texts('sample'),
      sex: person.sex === 'female' || person.sex === 'male' ? person.sex : 'unknown',
      minDepth: undefined,
      minQuality: undefined,
      sought: {
        secondary: false,
        carrier: false,
        carrierRefused: false,
        genes: new Set(diseases.flatMap(({ genes }) => genes)),
        absentFrom: undefined,
      },
      progress: line.bytes,
    },
    facts,
  ).finally(() => line.end())
  const [first, ...others] = answer.people
  if (others.length > 0)
    throw new Fault(
      'SAMPLE_CHOICE',
      '--vcf',
      `${answer.people.length} members are affected, and the features are of one person`,
      'Name that person with --sample.',
    )
  return { candidates: candidatesOf(first?.findings ?? []), notes: answer.notes }
}

function nameOf({ hgvsC, assembly, chromosome, position, ref, alt }: GermlineFinding['variant']): string {
  return hgvsC ?? `${assembly} ${chromosome}:${position} ${ref}>${alt}`
}

/** What is known of the phase of a variant and others of its gene. */
function pairsOf(
  { inheritance, notCompound = [] }: GermlineFinding,
  names: ReadonlyMap<string, string>,
): NonNullable<CandidateGene['variants'][number]['pairs']> {
  const told = (partner: string | undefined, onTwoCopies: boolean, because: string) => {
    const name = partner === undefined ? undefined : names.get(partner)
    return name === undefined ? [] : [{ with: name, onTwoCopies, because }]
  }
  return [
    ...notCompound.flatMap(({ partner, because }) => told(partner, false, because)),
    ...inheritance.flatMap(({ mode, certainty, partner, because }) =>
      mode === 'compound-heterozygous' && certainty === 'sure' ? told(partner, true, because) : [],
    ),
  ]
}

/** That a variant is new in the person, or its share of the mitochondria. */
function toldOf({ inheritance, heteroplasmy }: GermlineFinding): readonly string[] {
  const isNew = inheritance.find(({ mode }) => mode === 'de-novo')
  const sure = isNew?.certainty === 'sure' ? 'de novo' : 'perhaps de novo'
  return [
    ...(isNew === undefined ? [] : [`${sure}: ${isNew.because}`]),
    ...(heteroplasmy === undefined ? [] : [`in ${Math.round(heteroplasmy * 100)} % of mitochondrial DNA`]),
  ]
}

/** Findings by gene; what is told for another reason than the question is left out. */
function candidatesOf(findings: readonly GermlineFinding[]): readonly CandidateGene[] {
  const genes = new Map<string, CandidateGene['variants'][number][]>()
  const names = new Map(findings.map(({ variant }) => [placeText(variant), nameOf(variant)]))
  for (const finding of findings) {
    const { variant, zygosity, classification, roles } = finding
    if (finding.onSilentCopy === true) continue
    if (variant.gene === undefined || !roles.some((one) => one === 'candidate' || one === 'classified'))
      continue
    const list = genes.get(variant.gene) ?? []
    genes.set(variant.gene, list)
    list.push({
      name: nameOf(variant),
      zygosity:
        zygosity === 'heterozygous' || zygosity === 'homozygous' || zygosity === 'hemizygous'
          ? zygosity
          : undefined,
      class: classification.class,
      consequence: variant.consequences[0],
      // The filter has left out what is common.
      frequency: undefined,
      told: toldOf(finding),
      pairs: pairsOf(finding, names),
    })
  }
  return [...genes].map(([symbol, variants]) => ({ symbol, variants }))
}
