import type { LockedPackage } from './supply.mjs'

export interface Affected {
  readonly package?: { readonly ecosystem: string; readonly name: string }
  readonly versions?: readonly string[]
  readonly ranges?: readonly { readonly type: string; readonly events: readonly Record<string, string>[] }[]
  readonly database_specific?: { readonly severity?: string }
}
export interface Advisory {
  readonly id: string
  readonly published?: string
  readonly modified?: string
  readonly withdrawn?: string
  readonly summary?: string
  readonly severity?: readonly { readonly type: string; readonly score: string }[]
  readonly database_specific?: { readonly severity?: string }
  readonly affected?: readonly Affected[]
}
export interface Finding {
  readonly id: string
  readonly name: string
  readonly version: string
  readonly severity: string
  readonly fixed: readonly string[]
  readonly due: string | undefined
}
export const DAYS: Readonly<Record<'critical' | 'high' | 'moderate' | 'low' | 'unknown', number>>
export function compareVersions(one: string, other: string): number
export function isAffected(version: string, affected: Affected): boolean
export function severityOf(
  advisory: Pick<Advisory, 'severity' | 'database_specific'>,
  affected?: Affected,
): string
export function cvss3(vector: string): number | undefined
export function findingsIn(
  advisories: readonly Advisory[],
  packages: readonly Pick<LockedPackage, 'name' | 'version'>[],
): readonly Finding[]
export function readOsv(path: string): readonly Advisory[]
