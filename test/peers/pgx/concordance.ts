import { fileURLToPath } from 'node:url'
import { readGenotypes } from '../../../src/intake/receive.ts'
import type { PgxFinding } from '../../../src/interpret/finding.ts'
import { openPgx } from '../../../src/interpret/pgx/pgx.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import { Fault } from '../../../src/terms/fault.ts'
import type { PeerFile, PeerRow, PeerSet } from './peer-sets.ts'

/** One place where Garrod and the peer say something else. */
export interface Difference {
  readonly set: string
  readonly id: string
  readonly gene: string
  readonly what: 'diplotypes' | 'scores' | 'phenotypes' | 'activity scores' | 'lookup keys' | 'input refused'
  readonly peer: string
  readonly garrod: string
}

export interface SetResult {
  readonly set: string
  readonly rows: number
  readonly same: number
  readonly differences: readonly Difference[]
}

const room = openPgx(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]), 'ALL')

/** Runs one set through the real reader and the real caller. */
export async function compareSet(set: PeerSet): Promise<SetResult> {
  const differences: Difference[] = []
  let rows = 0
  let same = 0
  for (const file of set.files()) {
    const found = await compareFile(set.name, file)
    rows += file.rows.length
    same += file.rows.length - new Set(found.map((one) => `${one.id} ${one.gene}`)).size
    differences.push(...found)
  }
  return { set: set.name, rows, same, differences }
}

async function compareFile(set: string, file: PeerFile): Promise<Difference[]> {
  const wanted = Map.groupBy(file.rows, (row) => row.sample ?? '')
  const differences: Difference[] = []
  const pending = new Set(file.rows)
  try {
    for await (const genotypes of readGenotypes({
      name: file.name,
      content: file.content(),
      panel: room.panel,
      options: { order: 'any' },
    })) {
      const mine = wanted.get(genotypes.sample)
      if (mine === undefined) continue
      const findings = new Map(
        room.findings({ genotypes: [genotypes], outsideCalls: [] }).map((finding) => [finding.gene, finding]),
      )
      for (const row of mine) {
        pending.delete(row)
        differences.push(...compareRow(set, row, findings.get(row.gene)))
      }
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    for (const row of pending) {
      differences.push({
        set,
        id: row.id,
        gene: row.gene,
        what: 'input refused',
        peer: row.diplotypes.join(' OR ') || 'no call',
        garrod: `${error.code}: ${error.what}`,
      })
    }
    return differences
  }
  for (const row of pending)
    differences.push({
      set,
      id: row.id,
      gene: row.gene,
      what: 'input refused',
      peer: '',
      garrod: `no sample ${row.sample} was read`,
    })
  return differences
}

function compareRow(set: string, row: PeerRow, finding: PgxFinding | undefined): Difference[] {
  const differences: Difference[] = []
  const check = (
    what: Difference['what'],
    peer: readonly string[] | undefined,
    garrod: readonly string[],
  ) => {
    if (peer !== undefined && peer.join(' OR ') !== garrod.join(' OR ')) {
      differences.push({
        set,
        id: row.id,
        gene: row.gene,
        what,
        peer: peer.join(' OR '),
        garrod: garrod.join(' OR '),
      })
    }
  }
  if (row.all) {
    const fits = finding?.candidates.map((one) => one.name) ?? []
    check(
      'diplotypes',
      [...row.diplotypes].sort(),
      row.alleles.length > 0
        ? []
        : [...fits].filter((name) => row.diplotypes.includes(name) || finding!.missing.length === 0).sort(),
    )
  } else {
    check('diplotypes', row.diplotypes, finding?.diplotypes.map((one) => one.name) ?? [])
    if (row.diplotypes.length > 0)
      check('scores', row.scores, finding?.diplotypes.map((one) => String(one.matchScore)) ?? [])
  }
  check('diplotypes', row.alleles, finding?.alleles.map((one) => one.allele) ?? [])
  if (!row.all) {
    check('phenotypes', row.phenotypes, finding?.phenotypes ?? [])
    check('activity scores', row.activityScores, finding?.activityScores ?? [])
    check(
      'lookup keys',
      row.lookupKeys,
      finding?.lookup.flatMap((one) => (one.lookupKey === undefined ? [] : [one.lookupKey])) ?? [],
    )
  }
  return differences
}
