import { Fault } from '../../src/terms/fault.ts'
import { sameVariant } from '../../src/variant/equivalence/same-variant.ts'
import { parseHgvs } from '../../src/variant/hgvs/parse.ts'
import type { NameSources } from '../../src/variant/projection/sources.ts'
import { sharedLines } from './shared-lines.ts'
import type { Compared } from './triples.ts'

/**
 * Expressions of one ClinVar variant on the genome and on a transcript that is aligned to it in the files given. Rows that the
 * peer itself marks as contradictory are left out.
 */
export function compareClinvar(sources: NameSources): Compared {
  let pairs = 0
  let same = 0
  const unknown: Record<string, number> = {}
  const different: string[] = []
  const refused: string[] = []
  for (const line of sharedLines('reference/hgvs/clinvar-hgvs.tsv.gz').slice(1)) {
    if (line.startsWith('#')) continue
    const list = (line.split('\t')[2] ?? '').split(' ')
    for (const c of list.filter((text) => /:[cn]\./.test(text))) {
      const transcripts = sources.transcripts.byId(parseHgvs(c).accession ?? '')
      const g = list.find((text) => transcripts.some(({ contig }) => text.startsWith(`${contig}:`)))
      if (g === undefined) continue
      pairs++
      try {
        const verdict = sameVariant(g, c, sources)
        if (!verdict.known) unknown[verdict.because[0].kind] = (unknown[verdict.because[0].kind] ?? 0) + 1
        else if (verdict.value) same++
        else different.push(`${g} | ${c}`)
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        refused.push(`${g} | ${c}: ${error.code}, ${error.what}`)
      }
    }
  }
  return { pairs, same, unknown, different, refused }
}
