import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { joinParts } from '../../../src/intake/tumor/profile/join-profile.ts'
import { readTumorParts } from '../../../src/intake/tumor/receive-tumor.ts'
import type { TumorScores } from '../../../src/interpret/finding/tumor-scores.ts'
import { tumorScores } from '../../../src/interpret/tumor/tumor.ts'
import { assemblies } from '../../../src/knowledge/assemblies.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import { readTable } from '../../../src/knowledge/table.ts'
import { chromosomeArms } from '../../../src/knowledge/tumor/chromosome-arms.ts'
import { scoreFacts } from '../../../src/knowledge/tumor/score-facts.ts'
import type { CopyNumberSegment, TumorAssay, TumorProfile } from '../../../src/record/tumor-profile.ts'
import { sharedData } from '../../support/shared-data.ts'
import { CUTS } from '../../support/tumor-parts.ts'

const facts = Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))])
const cases = (name: string) => readFileSync(new URL(`../../cases/tumor/${name}`, import.meta.url), 'utf8')
const NONE = { variants: undefined, copyNumbers: undefined, fusions: undefined }
const inputs = {
  facts: scoreFacts(facts),
  arms: chromosomeArms(facts),
  assemblies: assemblies(facts),
}

/** HRD-LOH, LST and TAI. */
type Scars = readonly [number | undefined, number | undefined, number | undefined]

/** Scars of the made-up genomes beside those that scarHRD counts. */
export function scarComparison(): { genome: string; ours: Scars; peer: Scars; peerOfFiles: number }[] {
  const segments = Map.groupBy(
    readTable(
      cases('scar-genomes.tsv'),
      ['genome', 'chromosome', 'start', 'end', 'a', 'b'],
      'scar-genomes.tsv',
    ),
    ({ genome }) => genome,
  )
  return readTable(
    cases('scar-expected.tsv'),
    ['genome', 'loh', 'lst', 'tai', 'tai_of_segment_files'],
    'scar-expected.tsv',
  ).map(({ genome, loh, lst, tai, tai_of_segment_files }) => {
    const rows = segments.get(genome)!.map(
      ({ chromosome, start, end, a, b }): CopyNumberSegment => ({
        chromosome,
        start: Number(start),
        end: Number(end),
        total: Number(a) + Number(b),
        minor: Math.min(Number(a), Number(b)),
      }),
    )
    const { scars } = scoresOf(
      { sample: genome, variants: [], copyNumbers: [], fusions: [], covered: NONE, segments: rows },
      'GRCh38',
    )
    return {
      genome,
      ours: [scars.lossOfHeterozygosity, scars.transitions, scars.telomericImbalance],
      peer: [Number(loh), Number(lst), Number(tai)],
      peerOfFiles: Number(tai_of_segment_files),
    }
  })
}

/** Scores of the tumours of some files of the evaluation data, with what is known of their assay. */
export async function realScores(
  paths: readonly string[],
  assembly: 'GRCh37' | 'GRCh38',
  assay: Partial<TumorAssay>,
): Promise<TumorScores[]> {
  const parts = []
  for (const path of paths)
    parts.push(
      ...(await readTumorParts(path, { path: sharedData(path)! }, { assembly, cuts: CUTS, tools: [] })),
    )
  const received = joinParts(parts, { sample: undefined, assembly, covered: NONE, purity: undefined })
  return received.map(({ profile }) =>
    scoresOf(
      { ...profile, assay: { name: undefined, design: undefined, ...profile.assay, ...assay } },
      assembly,
    ),
  )
}

function scoresOf(profile: TumorProfile, assembly: 'GRCh37' | 'GRCh38'): TumorScores {
  return tumorScores(profile, { ...inputs, assembly })
}
