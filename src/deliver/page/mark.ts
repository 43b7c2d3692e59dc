import type { DrugAdvice, Severity } from '../../decide/plan.ts'

/** What a reader sees first of an answer: the harm behind it, or that it is not known. */
export type Mark = Severity | 'unknown' | 'no-guideline'

interface Look {
  readonly word: string
  /** Text and shape; at least 4.5:1 on white and on `paper` (WCAG AA). */
  readonly ink: string
  readonly paper: string
  /** Path of the shape in a 16 x 16 box; each mark has its own, so that colour is never the only sign. */
  readonly path: string
  readonly filled: boolean
}

export const LOOKS: Readonly<Record<Mark, Look>> = {
  critical: {
    word: 'Critical',
    ink: '#a30d1b',
    paper: '#fdeceb',
    path: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z',
    filled: true,
  },
  warning: { word: 'Warning', ink: '#8a4600', paper: '#fff3dd', path: 'M8 1.5l7 13H1z', filled: true },
  info: {
    word: 'Information',
    ink: '#1b4f8a',
    paper: '#eaf2fb',
    path: 'M8 1.5a6.5 6.5 0 100 13 6.5 6.5 0 000-13z',
    filled: true,
  },
  none: { word: 'No change', ink: '#2c5e3f', paper: '#eef6f0', path: 'M2 8.5l4 4 8-9', filled: false },
  unknown: {
    word: 'Not known',
    ink: '#4b4b57',
    paper: '#f2f2f5',
    path: 'M8 1.2l6.8 6.8L8 14.8 1.2 8z',
    filled: false,
  },
  'no-guideline': { word: 'No guideline', ink: '#4b4b57', paper: '#f2f2f5', path: 'M2 8h12', filled: false },
}

/**
 * The mark of a drug's advice. "No change" is only said when every gene of the guideline was known: advice that is
 * partly unknown and otherwise unremarkable is not known.
 */
export function markOf(advice: Pick<DrugAdvice, 'state' | 'severity'>): Mark {
  if (advice.state === 'no-guideline') return 'no-guideline'
  if (advice.state === 'unknown') return 'unknown'
  if (advice.state === 'partial' && advice.severity === 'none') return 'unknown'
  return advice.severity
}

/** The shape as a small drawing; the word always stands beside it, so it is hidden from screen readers. */
export function markDrawing(mark: Mark, size: number): string {
  const look = LOOKS[mark]
  const paint = look.filled
    ? `fill="${look.ink}"`
    : `fill="none" stroke="${look.ink}" stroke-width="2" stroke-linejoin="round"`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 16 16" aria-hidden="true"><path d="${look.path}" ${paint}/></svg>`
}
