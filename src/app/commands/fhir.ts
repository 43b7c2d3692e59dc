import { reportBundle } from '../../deliver/fhir/bundle.ts'
import { geneIds } from '../../knowledge/gene-id.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, Command } from '../command.ts'
import { ISSUED_OPTION, issuedOf } from '../command-line/issued-option.ts'
import { ONE_PERSON_OPTIONS, onePerson } from '../command-line/one-person.ts'
import { namedLoci } from '../pgx/named-loci.ts'
import { hasGaps } from '../pgx/pgx-answer.ts'
import { wholePlan } from '../pgx/whole-plan.ts'

export const fhir: Command = {
  name: 'fhir',
  summary: 'one person’s report as a FHIR R4 bundle (Genomics Reporting STU3)',
  usage: 'FILE [options] | --patient ID [options]',
  details: `Prints a collection bundle: DiagnosticReport, genotype, haplotype and variant Observations, therapeutic
implications, recommendations as Tasks, and the provenance of it all. Same input, same facts and same --issued give the
same bytes. The report is preliminary until a person signs it.`,
  options: {
    ...ONE_PERSON_OPTIONS,
    transaction: { type: 'boolean', help: 'a bundle to POST to a FHIR server; sending it twice is harmless' },
    final: { type: 'boolean', help: 'status final: an authorised person has verified the report' },
    ...ISSUED_OPTION,
    json: { type: 'boolean', help: 'on one line' },
  },
  examples: [
    ['garrod fhir patient.vcf.gz --drug clopidogrel', 'the bundle on standard output'],
    ['garrod fhir --patient example-1 --transaction', 'a registered person, to be sent to a FHIR server'],
  ],
  async run(input, io) {
    const issued = issuedOf(input)
    const type = input.flag('transaction') ? 'transaction' : 'collection'
    refuseNameless(input, type)
    const { garrod, record, asOf } = await onePerson('fhir', input, io)
    const findings = garrod.findings(record)
    const plan = wholePlan({ record, findings, facts: garrod.facts, asOf }, 'all')
    const bundle = reportBundle({
      record,
      findings,
      plan,
      loci: namedLoci(garrod.facts),
      genes: geneIds(garrod.facts),
      issued,
      type,
      status: input.flag('final') ? 'final' : 'preliminary',
    })
    await io.out(`${JSON.stringify(bundle, null, input.flag('json') ? 0 : 2)}\n`)
    const full = { genotypes: record.genotypes[0], findings, plan, facts: garrod.facts.used }
    return hasGaps(full, input.texts('drug').length > 0) ? 1 : 0
  },
}

/** Two people called alike would become one Patient on the server. */
function refuseNameless(input: Arguments, type: 'transaction' | 'collection'): void {
  if (type === 'collection' || input.text('patient') !== undefined || input.text('id') !== undefined) return
  throw new Fault(
    'USAGE_ID',
    '--transaction',
    'the person of the file has no id, and a server would take all such people for one',
    'Name the person with --id, or report on a registered one with --patient.',
  )
}
