import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { contentUuid } from '../../deliver/fhir/entries.ts'
import { rankingAssessment } from '../../deliver/fhir/ranking.ts'
import type { RiskAssessment } from '../../deliver/fhir/resource.ts'
import type { PhenotypeFinding } from '../../interpret/finding/phenotype.ts'
import { diagnose as rank } from '../../interpret/phenotype/phenotype.ts'
import { Facts } from '../../knowledge/facts.ts'
import { LANGUAGES } from '../../knowledge/hpo/vocabulary.ts'
import { Fault } from '../../terms/fault.ts'
import type { Command, ExitCode } from '../command.ts'
import { ISSUED_OPTION, issuedOf } from '../command-line/issued-option.ts'
import { readConfig } from '../config.ts'
import { type AskedPerson, peopleOfDocument, personOfWords } from '../diagnose/asked-person.ts'
import { readCandidates } from '../diagnose/candidate-table.ts'
import { diagnoseText } from '../diagnose/diagnose-text.ts'
import { genesOfNoDisease } from '../diagnose/genes-of-no-disease.ts'
import { genomeCandidates } from '../diagnose/genome-candidates.ts'
import { readText } from '../read-text.ts'
import { VERSION } from '../version.ts'

export const diagnose: Command = {
  name: 'diagnose',
  summary:
    'features of a person in, rare diseases and genes that fit out, with what spoke for and against each',
  usage: 'PHENOPACKET... | --hpo TERM... [--not TERM...] [options]',
  details: `PHENOPACKET is a GA4GH Phenopacket (v2 or v1) as JSON, or JSON lines (.jsonl, .jsonl.gz) of phenopackets: a person, the proband of a
family, or each member of a cohort. Its diagnosis, if it has one, is not read. TERM is an HPO id or its name, synonym or plain words; what is not found is refused with suggestions, never guessed.
Diseases are those of OMIM with HPO annotations. Probabilities are calibrated on published patients, with the chance that the
disease is not in the catalogue. --genes and --candidates rank genes in which a genome has candidate variants.`,
  options: {
    hpo: { type: 'string', multiple: true, value: 'TERM', help: 'a feature the person has: id or words' },
    not: {
      type: 'string',
      multiple: true,
      value: 'TERM',
      help: 'a feature that was looked for and is absent',
    },
    sex: { type: 'string', value: 'SEX', help: 'female, male, other or unknown; with --hpo' },
    language: { type: 'string', value: 'CODE', help: `language of the words: ${LANGUAGES.join(', ')}` },
    genes: { type: 'string', value: 'LIST', help: 'candidate genes by symbol, apart by commas' },
    candidates: {
      type: 'string',
      value: 'TSV',
      help: 'candidate variants: gene, and if known variant, zygosity, class, consequence, frequency',
    },
    vcf: {
      type: 'string',
      value: 'FILE',
      help: 'annotated VCF (CSQ, ANN or BCSQ) of the person or family: genes with candidate variants are ranked',
    },
    ped: { type: 'string', value: 'FILE', help: 'the family of the VCF: ways of inheritance are told apart' },
    sample: {
      type: 'string',
      multiple: true,
      value: 'NAME',
      help: 'the person in the VCF; else the affected one',
    },
    assembly: { type: 'string', value: 'BUILD', help: 'GRCh38 or GRCh37, where the VCF does not tell' },
    most: { type: 'string', value: 'N', help: 'diseases to list (10)' },
    pin: {
      type: 'string',
      multiple: true,
      value: 'PACK',
      help: 'use this fact pack, as id@version, instead of the newest',
    },
    fhir: { type: 'boolean', help: 'print a FHIR R4 RiskAssessment, one line per person' },
    ...ISSUED_OPTION,
    json: { type: 'boolean', help: 'print JSON, one line per person' },
  },
  examples: [
    ['garrod diagnose patient.json', 'the diseases that fit a phenopacket'],
    [
      'garrod diagnose --hpo "ectopia lentis" --hpo HP:0001519 --not "intellectual disability"',
      'features as words and ids',
    ],
    ['garrod diagnose cases.jsonl --json > ranked.jsonl', 'many people, one line each'],
    [
      'garrod diagnose patient.json --vcf trio.vcf.gz --ped trio.ped',
      'with the genomes of the person and the parents',
    ],
    ['garrod diagnose patient.json --candidates variants.tsv', 'with the candidate variants of a genome'],
  ],
  async run(input, io) {
    const facts = Facts.find(readConfig().factFolders, input.texts('pin'))
    const table = input.text('candidates')
    const list = input
      .text('genes')
      ?.split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
    const candidates = [
      ...(table === undefined ? [] : readCandidates(table)),
      ...(list ?? []).map((symbol) => ({ symbol, variants: [] })),
    ]
    const strange = list === undefined ? [] : genesOfNoDisease(facts, list)
    for (const one of strange) io.err(`garrod: --genes: ${one}\n`)
    const most = input.whole('most') ?? 10
    const issued = issuedOf(input)
    const vcf = input.text('vcf')
    let exit: ExitCode = strange.length > 0 ? 1 : 0
    const words = {
      observed: termList(input.texts('hpo')),
      excluded: termList(input.texts('not')),
      sex: input.text('sex'),
      language: input.text('language'),
    }
    const asked = people(facts, input.positionals, words)
    const genomeOf = vcf === undefined ? table && '--candidates' : '--vcf'
    for await (const { file, read } of genomeOf === undefined ? asked : onePerson(asked, genomeOf)) {
      let person: AskedPerson
      try {
        person = read()
      } catch (error) {
        if (!(error instanceof Fault) || file === undefined) throw error
        // One person who cannot be read does not keep the others from their answer.
        exit = 2
        io.err(`garrod: ${error.message} [${error.code}]\n`)
        if (input.flag('json')) await io.out(`${JSON.stringify({ file, fault: error })}\n`)
        continue
      }
      const genome = vcf === undefined ? undefined : await genomeCandidates(vcf, input, facts, person, io)
      const finding = rank(facts, {
        ...person,
        most,
        ...(table === undefined && list === undefined && genome === undefined
          ? {}
          : { candidates: [...candidates, ...(genome?.candidates ?? [])] }),
      })
      const gaps =
        finding.verdict === 'nothing-to-rank' || finding.remarks.length > 0 || person.notes.length > 0
      if (gaps && exit === 0) exit = 1
      const { id } = person
      const notes = [...person.notes, ...(genome?.notes ?? []).map((what) => ({ code: 'GENOME', what }))]
      if (input.flag('fhir')) await io.out(`${JSON.stringify(assessmentOf(id, finding, notes, issued))}\n`)
      else if (input.flag('json')) await io.out(`${JSON.stringify({ id, file, notes, ...finding })}\n`)
      else {
        for (const note of notes) await io.out(`! ${note.what}\n`)
        await io.out(diagnoseText(id, finding))
      }
    }
    return exit
  },
}

/** The only one of them: a genome is never held against a second person's features. */
async function* onePerson(asked: AsyncIterable<Waiting>, option: string): AsyncGenerator<Waiting> {
  const first: Waiting[] = []
  for await (const one of asked) {
    if (first.length > 0)
      throw new Fault(
        'USAGE_DIAGNOSE',
        option,
        'one genome was given, and several people',
        'Ask about one person at a time.',
      )
    first.push(one)
  }
  yield* first
}

/** A person of a file has no record: they are named as the file names them. */
function assessmentOf(
  id: string,
  finding: PhenotypeFinding,
  notes: AskedPerson['notes'],
  issued: string,
): RiskAssessment {
  const told = notes.map(({ what }) => what)
  const at = { subject: { identifier: { value: id } }, instant: issued, engineVersion: VERSION, notes: told }
  return rankingAssessment(contentUuid(JSON.stringify([id, finding, notes])), finding, at)
}

/** "HP:0001166,HP:0001519" is a list; words may hold commas. */
function termList(given: readonly string[]): readonly string[] {
  return given.flatMap((one) =>
    /^\s*HP[:_]\d{7}(\s*[,;]\s*HP[:_]\d{7})+\s*$/i.test(one)
      ? one.split(/[,;]/).map((id) => id.trim())
      : [one],
  )
}

interface Words {
  readonly observed: readonly string[]
  readonly excluded: readonly string[]
  readonly sex: string | undefined
  readonly language: string | undefined
}

/** One person to be read; `file` with its line for JSON lines. */
interface Waiting {
  readonly file: string | undefined
  readonly read: () => AskedPerson
}

async function* people(facts: Facts, files: readonly string[], words: Words): AsyncGenerator<Waiting> {
  const said = words.observed.length + words.excluded.length > 0
  if (said === files.length > 0)
    throw new Fault(
      'USAGE_DIAGNOSE',
      'garrod diagnose',
      said ? 'phenopackets and --hpo were both given' : 'neither a phenopacket nor --hpo was given',
      'Give phenopackets, or the features of one person with --hpo and --not.',
    )
  if (said) {
    const language = LANGUAGES.find((one) => one === (words.language ?? 'en'))
    if (language === undefined)
      throw new Fault(
        'USAGE_LANGUAGE',
        '--language',
        'HPO is not translated to it here',
        `Give one of ${LANGUAGES.join(', ')}.`,
      )
    yield { file: undefined, read: () => personOfWords(facts, words, language) }
    return
  }
  for (const file of files) {
    if (!existsSync(file))
      throw new Fault('FILE_NOT_FOUND', file, 'the file does not exist', 'Check the path.')
    if (/\.jsonl(\.gz)?$/.test(file)) yield* packetsOfLines(facts, file)
    else {
      const text = await readText(file)
      yield* peopleOf(facts, text, file)
    }
  }
}

/** The people of one document. One that holds nobody who can be read is a person who cannot. */
function peopleOf(facts: Facts, text: string, file: string): readonly Waiting[] {
  try {
    return peopleOfDocument(facts, text, file).map((read) => ({ file, read }))
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const read = () => {
      throw error
    }
    return [{ file, read }]
  }
}

/** One phenopacket a line. Empty lines are left out. Throws FILE_DAMAGED when the file cannot be read or unpacked to its end. */
async function* packetsOfLines(facts: Facts, file: string): AsyncGenerator<Waiting> {
  const bytes = createReadStream(file)
  const input = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes
  let number = 0
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++
      const where = `${file}:${number}`
      if (line.trim() !== '') yield* peopleOf(facts, line, where)
    }
  } catch (error) {
    if (error instanceof Fault) throw error
    const what = `the file cannot be read to its end: ${(error as Error).message}`
    throw new Fault('FILE_DAMAGED', `${file}: after line ${number}`, what, 'Send the file again.')
  }
}
