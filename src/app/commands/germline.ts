import { Facts } from '../../knowledge/facts.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Command, ExitCode, Io } from '../command.ts'
import { choiceOption } from '../command-line/choice-option.ts'
import { ISSUED_OPTION, issuedOf } from '../command-line/issued-option.ts'
import { progressLine } from '../command-line/progress.ts'
import { readConfig } from '../config.ts'
import { assess } from '../germline/assess.ts'
import { classify } from '../germline/classify.ts'
import { familyAnswer } from '../germline/family.ts'
import { familyBundles } from '../germline/family-bundles.ts'
import { familyText } from '../germline/family-text.ts'
import { toldChoices } from '../germline/told-choices.ts'

export const germline: Command = {
  name: 'germline',
  summary: 'inherited variants of a person or family: findings, ACMG/AMP criteria, classes',
  usage:
    'VCF [--ped FILE] [options] | classify (--criteria LIST | TABLE) [options] | assess EVIDENCE.json [options]',
  details: `VCF is an annotated file (VEP CSQ, SnpEff ANN or bcftools BCSQ) of one person or a family, in GRCh38 or GRCh37. With --ped
the ways of inheritance are told apart (de novo, dominant, recessive, compound heterozygous, X-linked, mitochondrial), and
relationships and sexes are checked against the genotypes. Each finding has its 28 criteria and its class. Findings in the
genes of ACMG SF v3.3 that the test was not ordered for are told with --secondary-findings only, or where a Consent of --patient
asks for them.

classify combines criteria that somebody assessed: the table of ACMG/AMP 2015 first, evidence points (Tavtigian 2020) where
it says nothing, rules of their own where pathogenic and benign evidence meet; --panel combines as a ClinGen expert panel does.
TABLE is tab-separated with a header: criteria (or codes_met), and if known variant, panel (or expert_panel), gene. Without
--json each row gives one line: variant, class, what decided, criteria, remark.
assess takes the evidence of one variant (docs/germline.md) and says of each of the 28 criteria: met and how strong, not met,
or not assessed and what is missing; then the class. PP5 and BP6 are never used.`,
  options: {
    ped: {
      type: 'string',
      value: 'FILE',
      help: 'the family: family, member, father, mother, sex, phenotype',
    },
    sample: {
      type: 'string',
      multiple: true,
      value: 'NAME',
      help: 'ask about this sample; else the affected members',
    },
    sex: { type: 'string', value: 'SEX', help: 'female or male, of a single person without --ped' },
    assembly: { type: 'string', value: 'BUILD', help: 'GRCh38 or GRCh37, where the file does not tell' },
    gene: { type: 'string', multiple: true, value: 'NAME', help: 'a gene that the test was ordered for' },
    patient: {
      type: 'string',
      value: 'ID',
      help: 'this registered person, whose Consents say which findings beside the question are told; a no is never overruled',
    },
    'secondary-findings': {
      type: 'boolean',
      help: 'the person wants to be told what the test was not ordered for',
    },
    carrier: {
      type: 'boolean',
      help: 'tell what concerns children: one copy of a recessive or X-linked cause',
    },
    'absent-from': {
      type: 'string',
      value: 'NAME',
      help: 'the file was annotated with the frequencies of NAME at every position: no frequency means absent',
    },
    'min-depth': { type: 'string', value: 'READS', help: 'fewer reads leave a genotype unsure; default 10' },
    'min-quality': {
      type: 'string',
      value: 'PHRED',
      help: 'lower genotype quality leaves it unsure; default 20',
    },
    criteria: {
      type: 'string',
      value: 'LIST',
      help: 'criteria that are met, with a strength that is not the usual one: "PVS1,PM2_Supporting"',
    },
    panel: {
      type: 'string',
      value: 'NAME',
      help: 'combine as this ClinGen expert panel does: its id, its name or a gene of it',
    },
    pin: {
      type: 'string',
      multiple: true,
      value: 'PACK',
      help: 'use this fact pack, as id@version, instead of the newest',
    },
    fhir: {
      type: 'boolean',
      help: 'findings as FHIR R4 (Genomics Reporting STU3): one bundle a line for each person',
    },
    ...ISSUED_OPTION,
    json: { type: 'boolean', help: 'print JSON; of a table one object per row' },
  },
  examples: [
    [
      'garrod germline trio.vcf.gz --ped trio.ped --json',
      'candidates of the affected child, with their criteria',
    ],
    [
      'garrod germline exome.vcf.gz --sex female --secondary-findings',
      'one person who wants to know of secondary findings',
    ],
    ['garrod germline classify --criteria "PVS1,PM2_Supporting"', 'the class of two criteria, and why'],
    [
      'garrod germline classify --criteria "PM3_Strong,PP4,BP4" --panel PAH',
      'as the panel for phenylketonuria combines',
    ],
    ['garrod germline classify variants.tsv --json', 'every row of a table'],
  ],
  async run(input, io) {
    const [verb] = input.positionals
    if (verb === 'classify') return classify(input, io)
    if (verb === 'assess') return assess(input, io)
    return family(input, io)
  },
}

async function family(input: Arguments, io: Io): Promise<ExitCode> {
  const [file, ...more] = input.positionals
  if (file === undefined || more.length > 0)
    throw new Fault(
      'USAGE_FILE',
      'garrod germline',
      file === undefined ? 'no file was given' : `${more.length + 1} files were given`,
      'Name one VCF file, or classify or assess. See "garrod germline --help".',
    )
  const told = await toldChoices(input)
  const issued = issuedOf(input)
  const facts = Facts.find(readConfig().factFolders, input.texts('pin'))
  const line = progressLine(io, 'reading')
  const answer = await familyAnswer(
    {
      file,
      ped: input.text('ped'),
      assembly: choiceOption(input, 'assembly', ['GRCh38', 'GRCh37']),
      samples: input.texts('sample'),
      sex: choiceOption(input, 'sex', ['female', 'male']) ?? 'unknown',
      minDepth: input.whole('min-depth'),
      minQuality: input.whole('min-quality'),
      sought: {
        ...told.sought,
        genes: new Set(input.texts('gene')),
        absentFrom: input.text('absent-from'),
      },
      progress: line.bytes,
    },
    facts,
  ).finally(() => line.end())
  const whole = { ...answer, notes: [...told.notes, ...answer.notes] }
  if (input.flag('fhir'))
    for (const bundle of familyBundles(whole, file, facts, issued))
      await io.out(`${JSON.stringify(bundle)}\n`)
  else await io.out(input.flag('json') ? `${JSON.stringify(whole)}\n` : familyText(whole))
  return answer.contradicted || !answer.annotated || answer.people.some(({ findings }) => findings.length > 0)
    ? 1
    : 0
}
