import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { AcmgCriteria } from '../../../src/knowledge/acmg/criteria.ts'
import { sharedData } from '../../support/shared-data.ts'

const SCORES = 'germline/clinvar-2019-missense-scores.tsv.gz'

/** How a range of a tool's scores divides missense variants that ClinVar had classified in 2019 (the set of Pejaver 2022). */
interface RangeResult {
  readonly tool: string
  readonly code: string
  readonly strength: string
  readonly pathogenic: number
  readonly benign: number
  /** Share of the pathogenic in the range over the share of the benign; of benign evidence the other way round. */
  readonly ratio: number
}

/** Counts each variant in the strongest range that its score is in, as the criteria do. */
export function rangeResults(rules: AcmgCriteria, columns: Readonly<Record<string, string>>): RangeResult[] {
  const [head, ...lines] = gunzipSync(readFileSync(sharedData(SCORES)!))
    .toString('utf8')
    .trimEnd()
    .split('\n')
  const names = head!.split('\t')
  const rows = lines.map((line) => line.split('\t'))
  const label = names.findIndex((name) => /^(clnsig|label|class|significance|clinvar)/i.test(name))
  const isPathogenic = (row: readonly string[]) => /^(1|.*pathogenic.*)$/i.test(row[label] ?? '')
  return Object.entries(columns).flatMap(([tool, column]) => {
    const at = names.indexOf(column)
    const scored = rows.filter(
      (row) => row[at] !== undefined && row[at] !== '' && Number.isFinite(Number(row[at])),
    )
    const all = { pathogenic: scored.filter(isPathogenic).length, benign: 0 }
    all.benign = scored.length - all.pathogenic
    const grades = rules.grades(tool)
    return grades.map((grade) => {
      const inside = scored.filter((row) => {
        const value = Number(row[at])
        const strongest = grades.find(
          (one) => one.code === grade.code && value >= one.from && value <= one.to,
        )
        return strongest === grade
      })
      const pathogenic = inside.filter(isPathogenic).length
      const benign = inside.length - pathogenic
      const [a, b] = [pathogenic / all.pathogenic, benign / all.benign]
      return {
        tool,
        code: grade.code,
        strength: grade.strength,
        pathogenic,
        benign,
        ratio: grade.code === 'PP3' ? a / b : b / a,
      }
    })
  })
}
