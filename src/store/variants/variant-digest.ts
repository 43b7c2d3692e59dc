import {
  type CallColumns,
  CHROMOSOMES,
  copiesOf,
  trimmed,
  type VariantName,
} from '../../record/variant-calls.ts'
import type { TenantId } from '../../terms/ids.ts'
import type { Vault } from '../vault/vault.ts'

/** Bytes of a digest: 128 bits of a keyed digest, so that two variants do not meet. */
export const DIGEST = 16
/** Digests remembered, so that a cohort's common variants are not worked out anew for everybody. */
const REMEMBERED = 500_000

/** Names variants by keyed digests of their coordinates. */
export class VariantDigests {
  readonly #vault: Vault
  #known = new Map<string, Buffer>()

  constructor(vault: Vault) {
    this.#vault = vault
  }

  of(tenant: TenantId, variant: VariantName): Buffer {
    const { assembly, chromosome, position, ref, alt } = trimmed(variant)
    const name = `${assembly} ${chromosome} ${position} ${ref} ${alt}`
    const known = this.#known.get(`${tenant} ${name}`)
    if (known !== undefined) return known
    const digest = Buffer.from(this.#vault.blind(tenant, 'variant', name), 'base64url').subarray(0, DIGEST)
    if (this.#known.size >= REMEMBERED) this.#known = new Map()
    this.#known.set(`${tenant} ${name}`, digest)
    return digest
  }

  /** Digests of all variants of a reading, one after another: those on one chromosome, and those on both. */
  ofReading(
    tenant: TenantId,
    assembly: VariantName['assembly'],
    calls: CallColumns,
  ): { readonly one: Buffer; readonly more: Buffer } {
    const copies = new Map<string, { readonly digest: Buffer; copies: number }>()
    for (let i = 0; i < calls.count; i++) {
      const [ref = '', alt = ''] = calls.alleles[calls.allele[i]!]!.split(' ')
      const chromosome = CHROMOSOMES[calls.chromosome[i]!]!
      const digest = this.of(tenant, { assembly, chromosome, position: calls.position[i]!, ref, alt })
      const name = digest.toString('latin1')
      const here = copiesOf(calls.genotype[i]!)
      const known = copies.get(name)
      // The same variant on two lines of the file.
      if (known === undefined) copies.set(name, { digest, copies: here })
      else known.copies = Math.max(known.copies, here)
    }
    const all = [...copies.values()]
    return {
      one: Buffer.concat(all.filter((each) => each.copies < 2).map(({ digest }) => digest)),
      more: Buffer.concat(all.filter((each) => each.copies > 1).map(({ digest }) => digest)),
    }
  }
}

/** A digest as PostgreSQL's uuid. */
export function uuidOf(digest: Uint8Array): string {
  return Buffer.from(digest).toString('hex')
}
