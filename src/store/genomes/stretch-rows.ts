import { TENANT_COMPARTMENT } from '../../record/resource.ts'
import type { Assembly } from '../../terms/genome.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Queries } from '../database/query.ts'
import type { Vault } from '../vault/vault.ts'
import { type StretchPlace, stretchName } from './stretches-of.ts'

/** One row: some genomes in one stretch. */
export interface Stretch {
  /** Keyed digest of its place, as PostgreSQL's uuid. */
  readonly name: string
  /** The highest number of its genomes. */
  readonly part: number
  /** 0: of one genome; 1: made of several rows of level 0, and so on. */
  readonly level: number
  readonly packed: Buffer
}

export interface SealedStretch extends Omit<Stretch, 'packed'> {
  readonly sealed: Buffer
}

/** A row as `StretchRows.open` takes it. */
export const STRETCH_COLUMNS = `replace(stretch::text, '-', '') as name, part, level, sealed`

/** Rows of stretches, sealed under the tenant's own key. */
export class StretchRows {
  readonly #vault: Vault

  constructor(vault: Vault) {
    this.#vault = vault
  }

  nameOf(tenant: TenantId, assembly: Assembly, place: StretchPlace): string {
    const digest = this.#vault.blind(tenant, 'stretch of genomes', stretchName(assembly, place))
    return Buffer.from(digest, 'base64url').toString('hex', 0, 16)
  }

  async insert(queries: Queries, tenant: TenantId, stretches: readonly Stretch[]): Promise<void> {
    if (stretches.length === 0) return
    const sealed: Buffer[] = []
    for (const one of stretches)
      sealed.push(await this.#vault.seal(queries, keyOf(tenant), placeOf(one), one.packed))
    let end = 1
    const starts = sealed.map(({ length }) => {
      end += length
      return end - length
    })
    // As one value: in an array, bytes are sent as twice as many digits.
    await queries.run(
      `insert into genome_stretch (tenant_id, stretch, part, level, sealed)
       select $1, stretch, part, level, substring($2::bytea from start for length)
       from unnest($3::uuid[], $4::bigint[], $5::smallint[], $6::integer[], $7::integer[])
         as w (stretch, part, level, start, length)`,
      [
        tenant,
        Buffer.concat(sealed),
        stretches.map(({ name }) => name),
        stretches.map(({ part }) => part),
        stretches.map(({ level }) => level),
        starts,
        sealed.map(({ length }) => length),
      ],
    )
  }

  /** Throws VAULT_TAMPERED where a row is not what was written there. */
  open(queries: Queries, tenant: TenantId, row: SealedStretch): Promise<Buffer> {
    return this.#vault.open(queries, keyOf(tenant), placeOf(row), row.sealed)
  }
}

const keyOf = (tenant: TenantId) => ({ tenant, patient: TENANT_COMPARTMENT })
const placeOf = ({ name, part, level }: Omit<Stretch, 'packed'>) => `genome_stretch/${name}/${part}/${level}`
