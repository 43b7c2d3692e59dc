import type { ReportInput } from './report-input.ts'

/** Who and what was tested. A value that nobody gave is printed as "not known". */
export interface Identity {
  readonly name: string
  readonly patient: readonly Labelled[]
  readonly test: readonly Labelled[]
  readonly reportedOn: string
}

export interface Labelled {
  readonly label: string
  readonly value: string
}

const NOT_KNOWN = 'not known'

export function identityOf({ record, plan, reportedOn }: ReportInput): Identity {
  const sets = record.genotypes.filter((one) => plan.sample === undefined || one.sample === plan.sample)
  const outside = [...new Set(record.outsideCalls.map((one) => one.source.name))]
  const measured = record.measurements
    .filter((one) => one.kind === 'weight' || one.kind === 'height')
    .map((one) => `${one.value} ${one.unit}`)
  const drugs = (status: 'taking' | 'considered') =>
    record.drugs.filter((one) => one.status === status).map((one) => one.text)
  const considered = drugs('considered')
  return {
    name: record.name ?? 'Name not known',
    patient: [
      { label: 'Sex', value: record.sex === 'unknown' ? NOT_KNOWN : record.sex },
      { label: 'Born', value: bornWords(record.birthDate, reportedOn) },
      {
        label: 'Identifiers',
        value: record.identifiers.map((one) => `${one.value} (${one.system})`).join(', ') || NOT_KNOWN,
      },
      { label: 'Weight, height', value: measured.join(', ') || NOT_KNOWN },
      { label: 'Takes', value: drugs('taking').join(', ') || 'no drug on the list' },
      ...(considered.length > 0 ? [{ label: 'Considered', value: considered.join(', ') }] : []),
    ],
    test: [
      { label: 'Sample', value: plan.sample ?? (sets.map((one) => one.sample).join(', ') || NOT_KNOWN) },
      { label: 'File', value: sets.map(fileWords).join(', ') || 'no genotype file' },
      { label: 'Outside calls', value: outside.join(', ') || 'none' },
      { label: 'Reported', value: reportedOn },
      { label: 'Engine', value: `${plan.engine.name} ${plan.engine.version}` },
    ],
    reportedOn,
  }
}

function fileWords({ source, assembly }: ReportInput['record']['genotypes'][number]): string {
  const sum = source.sha256 === undefined ? '' : `, sha256 ${source.sha256.slice(0, 12)}…`
  return `${source.name} (${assembly}${sum})`
}

/** "1957-04-12 (68 years)"; the age only where day, month and year are known. */
export function bornWords(birthDate: string | undefined, on: string): string {
  if (birthDate === undefined) return NOT_KNOWN
  if (!/^\d{4}-\d\d-\d\d$/.test(birthDate) || birthDate > on) return birthDate
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4))
  const age = on.slice(5) < birthDate.slice(5) ? years - 1 : years
  return `${birthDate} (${age} ${age === 1 ? 'year' : 'years'})`
}
