import type { ArchivedFile } from '../../store/archive/file-archive.ts'
import type { PatientLine } from '../../store/people/people-store.ts'
import type { PlanHead } from '../../store/record/plan-store.ts'
import type { VersionedRecord } from '../../store/record/record-store.ts'
import { packRefText } from '../../terms/evidence.ts'
import { howMany } from '../../terms/how-many.ts'
import { columns } from './columns.ts'

/** One line a person: id, name, sex, birth date, what is stored. */
export function patientLines(patients: readonly PatientLine[]): string {
  const rows = patients.map(({ id, name, sex, birthDate, genotypeSets, outsideCalls, plan }) => [
    id,
    name ?? '(no name)',
    sex,
    birthDate ?? 'born: not known',
    [
      counted(genotypeSets, 'genotype file'),
      counted(outsideCalls, 'outside call'),
      plan === undefined ? '' : `plan ${plan}`,
    ]
      .filter((one) => one !== '')
      .join(', ') || 'nothing stored',
  ])
  return rows.length === 0 ? '' : `${columns(rows, [24, 40])}\n`
}

function counted(count: number, what: string): string {
  return count === 0 ? '' : howMany(count, what)
}

/** What is shown of one person: everything but the calls themselves. */
interface PatientView {
  readonly stored: VersionedRecord
  readonly files: readonly ArchivedFile[]
  readonly plans: readonly PlanHead[]
}

export function patientText({ stored: { record, version }, files, plans }: PatientView): string {
  const rows: [string, string][] = [
    ['name', record.name ?? 'not known'],
    ['sex', record.sex],
    ['born', record.birthDate ?? 'not known'],
    ...record.identifiers.map(({ system, value }): [string, string] => ['identifier', `${system}|${value}`]),
    ...record.genotypes.map(({ sample, source, assembly, calls, gaps }): [string, string] => [
      'genotype',
      `${source.name}${sample === '' ? '' : `, sample ${sample}`}, ${assembly}: ${calls.length} of ${calls.length + gaps.length} loci known`,
    ]),
    ...record.outsideCalls.map(({ gene, diplotype, phenotype, activityScore, source }): [string, string] => [
      'outside call',
      `${gene} ${diplotype ?? phenotype ?? `activity score ${activityScore}`} (${source.name})`,
    ]),
    ...record.drugs.map(({ text, rxcui, status }): [string, string] => [
      status,
      rxcui === undefined ? text : `${text} (RxNorm ${rxcui})`,
    ]),
    ...record.measurements.map(({ kind, value, unit }): [string, string] => [kind, `${value} ${unit}`]),
    ...files.map(({ name, sha256, bytes, receivedAt }): [string, string] => [
      'file',
      `${name}, ${bytes} bytes, received ${receivedAt.slice(0, 10)}, sha256 ${sha256.slice(0, 12)}…`,
    ]),
    ...plans.map(({ version: number, madeAt, engine, facts }): [string, string] => [
      `plan ${number}`,
      `${madeAt.slice(0, 10)}, ${engine.name} ${engine.version}, ${facts.map(packRefText).join(', ')}`,
    ]),
  ]
  return `${record.id} (version ${version})\n${columns(rows.map(([left, right]) => [`  ${left}`, right]))}\n`
}

export function patientJson({ stored: { record, version }, files, plans }: PatientView): object {
  const { genotypes, ...rest } = record
  return {
    ...rest,
    version,
    genotypes: genotypes.map(({ sample, source, assembly, notes, calls, gaps }) => ({
      sample,
      source,
      assembly,
      notes,
      calls: calls.length,
      gaps: gaps.length,
    })),
    files,
    plans,
  }
}
