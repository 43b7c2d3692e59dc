export interface LockedPackage {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly dev: boolean
  readonly problems: readonly string[]
}
export function isAllowed(expression: string): boolean
export function packagesOf(lock: unknown): readonly LockedPackage[]
