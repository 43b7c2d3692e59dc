import { fileURLToPath } from 'node:url'
import { readOutsideCalls } from '../../../src/intake/outside-calls.ts'
import { openPgx } from '../../../src/interpret/pgx/pgx.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import { sharedData } from '../../support/shared-data.ts'
import type { SetResult } from './concordance.ts'
import { readTsv } from './tsv.ts'

/** The peer's outside calls: the sheet of each case through the real reader and the real caller. */
export function compareOutside(): SetResult {
  const room = openPgx(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]), 'ALL')
  const rows = readTsv(sharedData('pgx/cases/outside_call_cases.tsv')!)
  const differences: SetResult['differences'][number][] = []
  const set = 'outside calls'
  for (const row of rows) {
    const sheet = (JSON.parse(row['outside_rows']!) as string[]).join('\n')
    const calls = readOutsideCalls(sheet, { name: 'sheet.tsv', format: 'outside-calls', sha256: undefined })
    const finding = room
      .findings({ genotypes: [], outsideCalls: calls })
      .find((one) => one.gene === row['gene'])!
    const check = (what: 'phenotypes' | 'activity scores', peer: string, garrod: readonly string[]) => {
      const theirs = peer
        .split(/ \| |;/)
        .map((one) => one.trim())
        .filter((one) => one !== '' && one !== 'No Result')
      if ([...theirs].sort().join() !== [...garrod].sort().join())
        differences.push({
          set,
          id: row['test']!,
          gene: row['gene']!,
          what,
          peer: theirs.join(' | '),
          garrod: garrod.join(' | '),
        })
    }
    check('phenotypes', row['phenotypes']!, finding.phenotypes)
    check('activity scores', row['activity_scores']!.replace('n/a', ''), finding.activityScores)
  }
  const wrong = new Set(differences.map((one) => `${one.id} ${one.gene} ${one.peer}`))
  return { set, rows: rows.length, same: rows.length - wrong.size, differences }
}
