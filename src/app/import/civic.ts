import { readCategory } from '../../interpret/tumor/tumor.ts'
import { assemblies } from '../../knowledge/assemblies.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { importCivic } from '../../knowledge/import/civic/import-civic.ts'
import { oncogenicityFacts } from '../../knowledge/tumor/oncogenicity-evidence.ts'
import { Fault } from '../../terms/fault.ts'

/** Bases around a place that is known on both builds for which its distance holds. */
const NEAR = 2_000

/** A release of CIViC as a new version of its pack. Throws what `importCivic` throws. */
export function importCivicRelease(order: {
  readonly path: string
  readonly more: readonly string[]
  readonly into: string
  readonly version: string | undefined
  readonly retrieved: string
  readonly facts: Facts
}): readonly string[] {
  const builds = assemblies(order.facts)
  const known = oncogenicityFacts(order.facts).noncoding('TERT')
  const places = known.flatMap((one) => {
    const [chromosome = '', position = ''] = one.position.split(':')
    const other = known.find(({ name, assembly }) => name === one.name && assembly === 'GRCh38')
    return one.assembly === 'GRCh37' && other !== undefined
      ? [
          {
            chromosome,
            at: Number(position),
            offset: Number(other.position.split(':')[1]) - Number(position),
          },
        ]
      : []
  })
  return importCivic({
    paths: [order.path, ...order.more],
    into: order.into,
    version: order.version,
    retrieved: order.retrieved,
    lift(chromosome, position) {
      const { low, high } = builds.lift(chromosome, 'GRCh37', position)
      if (low === high) return low
      const near = places.find((one) => one.chromosome === chromosome && Math.abs(one.at - position) <= NEAR)
      return near && position + near.offset
    },
    readable(category) {
      try {
        readCategory(category, 'CIViC')
        return true
      } catch (error) {
        if (error instanceof Fault) return false
        throw error
      }
    },
  })
}
