import { LOOKS, type Mark } from '../../../src/deliver/page/mark.ts'

/** Shape, word and colour of a severity, the same as in the report. */
export function MarkTag({ mark, count }: { readonly mark: Mark; readonly count?: number }) {
  const { ink, path, filled, word } = LOOKS[mark]
  const paint = filled ? { fill: ink } : { fill: 'none', stroke: ink, strokeWidth: 2 }
  return (
    <span className="mark" style={{ color: ink }}>
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
        <path d={path} {...paint} />
      </svg>
      {count === undefined
        ? word
        : `${count} ${word.toLowerCase()}${count > 1 && mark === 'warning' ? 's' : ''}`}
    </span>
  )
}
