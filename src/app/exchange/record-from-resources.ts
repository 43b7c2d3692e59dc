import type { DerivedRecord } from '../../record/derived-record.ts'
import type { Resource } from '../../record/resource.ts'
import type { Statement } from '../../record/statement.ts'
import { callsFrom, type KnownGenes, resultStatement } from './calls-from-observations.ts'
import { drugStatement, drugsFrom, medicationStatement } from './drugs-from-medications.ts'
import { measuredStatements, measurementsFrom } from './measurements-from-observations.ts'

/** Mark of a fact that a program proposed and nobody has confirmed: it never enters the typed record. */
export const PROPOSED = { system: 'urn:garrod:review', code: 'proposed' } as const

const STANDING = new Set(['final', 'amended', 'corrected'])

/**
 * What a resource says for the typed record, whichever wire it came by: a result of a laboratory, a drug in use, a
 * measurement. Of Observations only those that are final, amended or corrected say anything; what was withdrawn, is
 * preliminary or merely proposed does not.
 */
export function statementOf(resource: Resource, genes: KnownGenes): Statement | undefined {
  if (isProposed(resource)) return undefined
  switch (resource.resourceType) {
    case 'Observation': {
      if (!STANDING.has(String(resource['status']))) return undefined
      const result = resultStatement(resource, genes)
      const measured = measuredStatements(resource)
      if (result === undefined && measured.length === 0) return undefined
      return { ...(result === undefined ? {} : { result }), ...(measured.length === 0 ? {} : { measured }) }
    }
    case 'Medication':
      return { medication: medicationStatement(resource) }
    default: {
      const drug = drugStatement(resource)
      return drug === undefined ? undefined : { drug }
    }
  }
}

/** The typed record of one person as far as their resources tell it, from what each of them says, in their order. */
export function recordFromStatements(statements: readonly Statement[]): DerivedRecord {
  return {
    outsideCalls: callsFrom(statements.flatMap(({ result }) => result ?? [])),
    drugs: drugsFrom(
      statements.flatMap(({ drug }) => drug ?? []),
      statements.flatMap(({ medication }) => medication ?? []),
    ),
    measurements: measurementsFrom(statements.flatMap(({ measured }) => measured ?? [])),
  }
}

function isProposed(resource: Resource): boolean {
  return (resource.meta?.tag ?? []).some(
    (tag) => tag.system === PROPOSED.system && tag.code === PROPOSED.code,
  )
}
