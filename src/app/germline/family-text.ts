import type { GermlineFinding, InheritanceFit } from '../../interpret/finding/germline.ts'
import { criterionText, metOf, placeText } from '../../interpret/germline/germline.ts'
import { packRefText } from '../../terms/evidence.ts'
import { columns } from '../command-line/columns.ts'
import type { FamilyAnswer } from './family.ts'

const MODES: Readonly<Record<InheritanceFit['mode'], string>> = {
  'de-novo': 'de novo',
  dominant: 'dominant',
  'recessive-homozygous': 'recessive, on both copies',
  'compound-heterozygous': 'compound heterozygous',
  'x-linked': 'X-linked',
  'y-linked': 'Y-linked',
  mitochondrial: 'mitochondrial',
  imprinted: 'imprinted',
  'carrier-state': 'carrier state',
}

/** Findings that are listed of one person; JSON has them all. */
const LISTED = 40

/** A family as the terminal shows it: what contradicts, then each person's findings, then what was not sought or not known. */
export function familyText(answer: FamilyAnswer): string {
  const parts = [`${answer.file}, ${answer.assembly}`]
  const { kinships, sexes } = answer.family
  if (kinships.length > 0)
    parts.push(
      `Family\n${columns(
        kinships.map(({ a, b, stated, is, coefficient, sites, agrees }) => [
          '',
          `${a} and ${b}`,
          stated,
          coefficient === undefined
            ? `not known: ${sites} sites`
            : `${is} (kinship ${coefficient}, ${sites} sites)`,
          agrees === undefined ? '?' : agrees ? 'agrees' : 'CONTRADICTS',
        ]),
      )}`,
    )
  parts.push(
    `Sex\n${columns(
      sexes.map(({ sample, stated, is, calls, agrees }) => [
        '',
        sample,
        stated,
        is === 'unknown' ? `not known: ${calls} calls on X` : is,
        agrees === undefined ? '' : agrees ? 'agrees' : 'CONTRADICTS',
      ]),
    )}`,
  )
  for (const { sample, findings } of answer.people) {
    const more = findings.length - LISTED
    parts.push(
      findings.length === 0
        ? `${sample}: no finding${answer.annotated ? '' : ', but hardly any could be made: the file does not say what its variants do'}`
        : `${sample}: ${findings.length} finding${findings.length === 1 ? '' : 's'}\n${findings.slice(0, LISTED).map(findingText).join('\n')}${more > 0 ? `\n  … and ${more} more; see --json` : ''}`,
    )
  }
  parts.push(`Notes\n${answer.notes.map((note) => `  ${note}`).join('\n')}`)
  const facts = new Set(
    answer.people.flatMap(({ findings }) => findings.flatMap((one) => one.facts.map(packRefText))),
  )
  parts.push(
    `${facts.size === 0 ? '' : `facts ${[...facts].join(', ')}\n`}Decision support for professionals. Not a medical device.`,
  )
  return `${parts.join('\n\n')}\n`
}

function findingText(finding: GermlineFinding): string {
  const { variant, classification, known } = finding
  const name = [variant.gene ?? '-', placeText(variant), variant.hgvsC, variant.hgvsP]
    .filter(Boolean)
    .join(' ')
  const met = metOf(classification.criteria).map(criterionText).join(', ') || 'no criterion met'
  const open = classification.criteria.filter(({ state }) => state === 'not-assessed').length
  const lines = [
    `  ${name}`,
    `    ${classification.class.replace('-', ' ')} (${met}; ${open} of 28 not assessed)${known === undefined ? '' : `; ClinVar: ${known.text}, ${known.stars} stars`}`,
    `    ${[finding.zygosity ?? 'zygosity not known', ...variant.consequences, finding.roles.join(' and ')].join(', ')}`,
    ...criteriaLines(classification),
    ...finding.inheritance.map(
      ({ mode, certainty, because, partner }) =>
        `    ${certainty === 'sure' ? '' : 'possibly '}${MODES[mode]}: ${because}${partner === undefined ? '' : ` (with ${partner})`}`,
    ),
    ...(finding.notCompound ?? []).map(
      ({ partner, because }) => `    not a compound heterozygote with ${partner}: ${because}`,
    ),
    ...finding.diseases.map(
      ({ name: disease, certainty, because, inheritance }) =>
        `    secondary finding${certainty === 'sure' ? '' : ', possible'}: ${disease} (${inheritance}), ${because}`,
    ),
    ...finding.why.map((why) => `    ${why}`),
  ]
  return lines.join('\n')
}

/** Changes of the class that are told; JSON has them all. */
const CHANGES = 3

/** What each criterion that counts rests on, what decided, what is missing and what would change the class. */
function criteriaLines({ criteria, why, wouldChange }: GermlineFinding['classification']): readonly string[] {
  const met = criteria.flatMap(({ code, state, strength, because, facts }) =>
    state === 'met' && strength !== undefined
      ? [
          `      ${criterionText({ code, strength })}: ${because}${facts.length === 0 ? '' : ` (${facts.map(({ what, source }) => `${what}: ${source}`).join('; ')})`}`,
        ]
      : [],
  )
  const open = criteria.filter(({ state }) => state === 'not-assessed').map(({ code }) => code)
  return [
    ...met,
    ...(met.length === 0 ? [] : why.map((one) => `      ${one}`)),
    ...(open.length === 0 ? [] : [`      not assessed: ${open.join(', ')}; --json says what each lacks`]),
    ...(wouldChange.length === 0
      ? []
      : [`      would change it: ${wouldChange.slice(0, CHANGES).join('; ')}`]),
  ]
}
