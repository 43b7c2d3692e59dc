import type { Resource, ResourceRef } from '../../record/resource.ts'
import type { Named } from '../search/chained-criteria.ts'

/** Where a GraphQL query reads: what the caller may see, and no more. */
export interface GraphqlData {
  /** Undefined when it is not there to be seen. */
  read(ref: ResourceRef): Promise<Resource | undefined>
  /** Resources that match, at most a page. Throws what a search throws. */
  search(type: string, parameters: readonly Named[]): Promise<readonly Resource[]>
}
