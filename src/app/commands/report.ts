import { writeFile } from 'node:fs/promises'
import { codeWords } from '../../decide/sentence/code-words.ts'
import { reportHtml } from '../../deliver/page/report-html.ts'
import type { ReportInput } from '../../deliver/page/report-input.ts'
import { codes } from '../../knowledge/guideline/codes.ts'
import type { PatientRecord } from '../../record/patient-record.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Command } from '../command.ts'
import { ONE_PERSON_OPTIONS, type OnePerson, onePerson } from '../command-line/one-person.ts'
import { birthDateOption, identifierOptions, nameOption } from '../command-line/patient-options.ts'
import { hasGaps } from '../pgx/pgx-answer.ts'
import { wholePlan } from '../pgx/whole-plan.ts'

export const report: Command = {
  name: 'report',
  summary: 'the clinician report of one person, as a page and as PDF',
  usage: 'FILE [--html OUT] [--pdf OUT] [--drug NAME]... [options]',
  details: `FILE is read as "garrod pgx" reads it; --patient takes a registered person instead. Nothing is stored.
Without --html and --pdf the page is printed. The same input, facts and day give the same bytes.`,
  options: {
    html: { type: 'string', value: 'OUT', help: 'write the page to this file' },
    pdf: { type: 'string', value: 'OUT', help: 'write the PDF to this file' },
    name: { type: 'string', value: 'NAME', help: 'name of the person, printed on the report' },
    'birth-date': { type: 'string', value: 'DATE', help: 'YYYY-MM-DD, or a part of it' },
    identifier: {
      type: 'string',
      multiple: true,
      value: "'SYSTEM|VALUE'",
      help: 'a record number and who gave it',
    },
    ...ONE_PERSON_OPTIONS,
  },
  examples: [
    ['garrod report patient.vcf.gz --taking clopidogrel --pdf report.pdf', 'a report to print'],
    ['garrod report --patient example-1 --html report.html', 'the report of a registered person'],
  ],
  async run(input, io) {
    const { garrod, record: found, asOf } = await onePerson('report', input, io)
    const record = identified(found, input)
    const findings = garrod.findings(record)
    const plan = wholePlan({ record, findings, facts: garrod.facts, asOf }, 'all')
    const content = reportInput({ garrod, record, asOf }, { findings, plan }, input)
    const [html, pdf] = [input.text('html'), input.text('pdf')]
    if (html !== undefined) await write(html, reportHtml(content))
    if (pdf !== undefined) {
      const { reportPdf } = await import('../../deliver/page/report-pdf.ts')
      await write(pdf, await reportPdf(content))
    }
    if (html === undefined && pdf === undefined) await io.out(reportHtml(content))
    const full = { genotypes: record.genotypes[0], findings, plan, facts: garrod.facts.used }
    return hasGaps(full, input.texts('drug').length > 0) ? 1 : 0
  },
}

/** Who the person is, where the command line says it. */
function identified(record: PatientRecord, input: Arguments): PatientRecord {
  return {
    ...record,
    name: nameOption(input) ?? record.name,
    birthDate: birthDateOption(input) ?? record.birthDate,
    identifiers: identifierOptions(input) ?? record.identifiers,
  }
}

function reportInput(
  { garrod, record, asOf }: OnePerson,
  { findings, plan }: Pick<ReportInput, 'findings' | 'plan'>,
  input: Arguments,
): ReportInput {
  const options = ['population', 'assembly', 'filters', 'min-depth', 'min-quality']
    .filter((name) => input.text(name) !== undefined)
    .map((name) => `--${name} ${input.text(name)}`)
  return {
    record,
    findings,
    plan,
    reportedOn: asOf,
    packs: garrod.facts.inForce.map(({ head }) => head),
    options: input.flag('any-order') ? [...options, '--any-order'] : options,
    words: codeWords(codes(garrod.facts)),
  }
}

async function write(path: string, content: string | Buffer): Promise<void> {
  try {
    await writeFile(path, content)
  } catch (error) {
    throw new Fault(
      'OUTPUT_UNWRITABLE',
      path,
      `the report cannot be written there (${(error as NodeJS.ErrnoException).code ?? 'no reason given'})`,
      'Name a file in a folder that exists and may be written to.',
    )
  }
}
