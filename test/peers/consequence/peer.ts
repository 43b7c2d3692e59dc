import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { compareExpected, consequencesOf, type ExpectedRecord, records, same, slices } from './slices.ts'

/** A record with what was written down by hand, what the peer calls now and what Garrod calls. */
export interface ThreeWay extends ExpectedRecord {
  /** Undefined where bcftools csq stopped with an error on the file. */
  readonly peer: readonly string[] | undefined
  readonly peerSame: boolean
}

export async function compareThree(local: boolean): Promise<ThreeWay[]> {
  const peers = new Map(
    slices().map((slice) => {
      const options = ['-p', 'a', ...(local ? ['-l'] : []), '-f', slice.fasta, '-g', slice.gff, slice.vcf]
      const ran = spawnSync('bcftools', ['csq', ...options], { encoding: 'utf8' })
      const called = new Map(records(ran.stdout).map((one) => [one.key, consequencesOf(one.info, 'BCSQ')]))
      const count = records(readFileSync(slice.vcf, 'utf8')).length
      return [slice.name, ran.status === 0 || called.size === count ? called : undefined] as const
    }),
  )
  return (await compareExpected(local)).map((one) => {
    const called = peers.get(one.slice)
    const peer = called === undefined ? undefined : (called.get(one.record) ?? [])
    return { ...one, peer, peerSame: peer !== undefined && same(one.expected, peer) }
  })
}
