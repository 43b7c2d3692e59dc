import * as z from 'zod'
import type { PackRef } from '../../terms/evidence.ts'
import type { Facts } from '../facts.ts'
import { readTable } from '../table.ts'

/** Pack with evidence on variants in cancer. */
const CIVIC_PACK = 'civic'

const Type = z.enum(['therapeutic', 'diagnostic', 'prognostic', 'predisposing', 'functional', 'oncogenic'])
const Direction = z.enum(['supports', 'disputes', ''])
const Level = z.enum(['A', 'B', 'C', 'D', 'E'])
const Together = z.enum(['combination', 'sequence', 'either', ''])

/** One accepted evidence item: what one source showed of a variant or profile. */
export interface EvidenceItem {
  /** "EID1409". */
  readonly id: string
  readonly profile: EvidenceProfile
  /** "DOID:1909", or a name; empty: none. */
  readonly disease: string
  readonly diseaseName: string
  readonly therapies: readonly string[]
  readonly together: z.infer<typeof Together>
  readonly type: z.infer<typeof Type>
  /** `supports` or `disputes` the significance; empty: neither. */
  readonly direction: z.infer<typeof Direction>
  /** A validated, B clinical, C case study, D preclinical, E inferential. */
  readonly level: z.infer<typeof Level>
  /** sensitivity, resistance, positive, poor-outcome, … */
  readonly significance: string
  /** Stars of its curators, 1 to 5; undefined: not rated. */
  readonly rating: number | undefined
  /** "PubMed 20979469". */
  readonly source: string
  readonly trials: readonly string[]
  readonly origin: string
}

/** The variant or molecular profile that evidence speaks of. */
export interface EvidenceProfile {
  readonly id: string
  /** As the source writes it: "BRAF V600E". */
  readonly name: string
  /** As text of the language of categories; empty: it is not read, and `reason` says why. */
  readonly category: string
  readonly reason: string
}

export interface TumorEvidence {
  readonly pack: PackRef
  readonly items: readonly EvidenceItem[]
  readonly profiles: readonly EvidenceProfile[]
}

/** Throws FACTS_*, TABLE_COLUMN_MISSING. A value outside the schema throws plainly: it is a defect of the pack. */
export function tumorEvidence(facts: Facts): TumorEvidence {
  return facts.derived(CIVIC_PACK, () => {
    const pack = facts.pack(CIVIC_PACK)
    const rows = <C extends string>(file: string, columns: readonly C[]) =>
      readTable(pack.text(file), columns, `${pack.folder}/${file}`)
    const profiles = new Map(
      rows('profiles.tsv', ['profile', 'name', 'category', 'reason']).map(({ profile, ...row }) => [
        profile,
        { id: profile, ...row },
      ]),
    )
    const names = new Map(rows('diseases.tsv', ['disease', 'name']).map((row) => [row.disease, row.name]))
    const columns = [
      ...(['evidence', 'profile', 'disease', 'therapies', 'together', 'type', 'direction'] as const),
      ...(['level', 'significance', 'rating', 'source', 'trials', 'origin'] as const),
    ]
    const items = rows('evidence.tsv', columns).map((row): EvidenceItem => {
      const profile = profiles.get(row.profile)
      if (profile === undefined) throw new Error(`${pack.folder}: evidence ${row.evidence} has no profile`)
      return {
        id: `EID${row.evidence}`,
        profile,
        disease: row.disease,
        diseaseName: names.get(row.disease) ?? row.disease,
        therapies: list(row.therapies),
        together: Together.parse(row.together),
        type: Type.parse(row.type),
        direction: Direction.parse(row.direction),
        level: Level.parse(row.level),
        significance: row.significance,
        rating: row.rating === '' ? undefined : Number(row.rating),
        source: row.source,
        trials: list(row.trials),
        origin: row.origin,
      }
    })
    return { pack: pack.ref, items, profiles: [...profiles.values()] }
  })
}

function list(cell: string): readonly string[] {
  return cell === '' ? [] : cell.split('|')
}
