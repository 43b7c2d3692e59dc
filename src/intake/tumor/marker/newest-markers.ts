import type { MarkerTest } from '../../../record/tumor-profile.ts'
import { type ReadMarker, readMarker, type WrittenMarker } from './marker-value.ts'

/** A result of a marker, and where it stands in what was sent. */
export interface DatedMarker {
  readonly written: WrittenMarker
  readonly test: MarkerTest
  readonly where: string
}

/**
 * Of results of one marker that have days, those of the last day; those without a day stand beside them. A last result that
 * cannot be read hides older ones all the same: what is so now is not known. Results of no marker are left out of both.
 */
export function newestMarkers(all: readonly DatedMarker[]): {
  readonly standing: readonly DatedMarker[]
  readonly older: readonly DatedMarker[]
} {
  const standing: DatedMarker[] = []
  const older: DatedMarker[] = []
  const known = all.flatMap((one) => {
    const key = keyOf(one)
    return key === undefined ? [] : [{ key, one }]
  })
  for (const same of Map.groupBy(known, ({ key }) => key).values()) {
    const last = same
      .flatMap(({ one }) => one.test.date ?? [])
      .sort()
      .at(-1)
    for (const { one } of same)
      (one.test.date === undefined || one.test.date === last ? standing : older).push(one)
  }
  return { standing, older }
}

/** Whether a result is of a marker of tumours, whatever it says. */
export function isOfMarker(one: DatedMarker): boolean {
  return keyOf(one) !== undefined
}

/** Answers that some marker understands: what a marker is, is told by its name when its own answer is none. */
const ANSWERS = ['positive', 'retained', '1']

/** Of which marker a result is does not depend on where its numbers are cut. */
const ANY_CUT = { positiveReceptor: 0 }

/** What a result is of; undefined: of no marker. */
function keyOf({ written, test, where }: DatedMarker): string | undefined {
  const read = (value: string) => keyOfRead(readMarker({ ...written, value }, test, where, ANY_CUT))
  try {
    const own = read(written.value)
    if (own !== '') return own
  } catch {
    // A number that cannot be right is told when the marker is read; it is still the newest of its marker.
  }
  return ANSWERS.map(read).find((one) => one !== '') ?? `as written ${written.name}`
}

/** Empty: the answer was left out. */
function keyOfRead(read: ReadMarker): string | undefined {
  switch (read.kind) {
    case 'unknown':
      return undefined
    case 'left-out':
      return ''
    case 'repair-protein':
      return `repair ${read.protein}`
    case 'her2-ish':
      return 'her2-ish'
    case 'marker': {
      const { marker } = read
      if (marker.kind === 'arm') return `arm ${marker.arm}`
      if (marker.kind !== 'protein') return marker.kind
      // Scores of PD-L1 are not one another; of the rest a score and a word answer the same question.
      const score = marker.protein === 'PD-L1' ? (marker.score?.scale ?? '') : ''
      return `protein ${marker.protein} ${score}`
    }
  }
}
