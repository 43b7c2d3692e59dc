import type { Contradiction } from '../../../record/tumor-part.ts'
import type { TumorMarker } from '../../../record/tumor-profile.ts'

/** Statements about one property that cannot both be right; and mismatch repair and microsatellites that disagree. */
export function markerContradictions(markers: readonly TumorMarker[]): Contradiction[] {
  const found: Contradiction[] = []
  const groups = Map.groupBy(markers, subjectOf)
  for (const [about, some] of groups)
    if (new Set(some.map(sayingOf)).size > 1)
      found.push({ about, statements: some.map((one) => ({ says: sayingOf(one), file: one.file ?? '' })) })
  const high = markers.find((one) => one.kind === 'microsatellites' && one.status === 'high')
  const stable = markers.find((one) => one.kind === 'microsatellites' && one.status !== 'high')
  const deficient = markers.find((one) => one.kind === 'mismatch-repair' && one.status === 'deficient')
  const proficient = markers.find((one) => one.kind === 'mismatch-repair' && one.status === 'proficient')
  for (const [a, b] of [
    [high, proficient],
    [deficient, stable],
  ] as const)
    if (a !== undefined && b !== undefined)
      found.push({
        about: 'mismatch repair and microsatellites',
        statements: [a, b].map((one) => ({
          says: `${subjectOf(one)} ${sayingOf(one)}`,
          file: one.file ?? '',
        })),
      })
  return found
}

/** What a marker speaks of: statements of one subject can contradict each other. Scores of different kinds cannot. */
function subjectOf(marker: TumorMarker): string {
  switch (marker.kind) {
    case 'mutational-burden':
      return 'tumour mutational burden'
    case 'microsatellites':
      return 'microsatellites'
    case 'mismatch-repair':
      return 'mismatch repair'
    case 'homologous-recombination':
      return 'homologous recombination'
    case 'arm':
      return `chromosome arm ${marker.arm}`
    case 'protein':
      return `${marker.protein}${marker.score === undefined ? '' : ` ${marker.score.scale}`}`
  }
}

function sayingOf(marker: TumorMarker): string {
  switch (marker.kind) {
    case 'mutational-burden':
      return `${marker.perMegabase} per megabase`
    case 'microsatellites':
    case 'mismatch-repair':
      return marker.status
    case 'homologous-recombination':
      return [marker.status, marker.score === undefined ? undefined : `score ${marker.score}`]
        .filter((one) => one !== undefined)
        .join(', ')
    case 'arm':
      return marker.change
    case 'protein':
      return [marker.status, marker.score === undefined ? undefined : `${marker.score.value}`]
        .filter((one) => one !== undefined)
        .join(', ')
  }
}
