import { scaleLinear } from 'd3-scale'
import { type GeneRow, KIND_LOOKS } from './gene-rows.ts'

const WIDTH = 290
const LEFT = 12
const RIGHT = 12
const AXIS = 86

interface Props {
  readonly row: GeneRow
  readonly places: readonly { readonly name: string; readonly from: number; readonly to: number }[]
}

/** Changes of one protein along its residues, with the domain that is listed. The axis ends behind the last place that is known. */
export function Lollipop({ row, places }: Props) {
  const domains = places.filter(({ name }) => /domain/.test(name))
  const last = Math.max(...row.points.map(({ residue }) => residue), ...places.map(({ to }) => to))
  const x = scaleLinear()
    .domain([1, last * 1.12])
    .range([LEFT, WIDTH - RIGHT])
  const labels = placed(row.points.map(({ residue, name }) => ({ at: x(residue), name })))
  const told = row.points.map(({ name, residue }) => `${name} at residue ${residue}`).join('; ')
  const within = domains.map(({ name, from, to }) => `${name} ${from} to ${to}`).join(', ')
  const label = `${row.gene} along the protein: ${told}${within === '' ? '' : `; ${within}`}`
  return (
    <figure className="board-lollipop">
      <figcaption>{row.gene}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} 122`} role="img" aria-label={label}>
        <rect x={LEFT} y={AXIS - 5} width={WIDTH - LEFT - RIGHT} height="10" className="protein" />
        {domains.map(({ name, from, to }) => (
          <g key={name}>
            <rect x={x(from)} y={AXIS - 9} width={x(to) - x(from)} height="18" className="domain" />
            <text x={(x(from) + x(to)) / 2} y={AXIS + 4} textAnchor="middle" className="domain-name">
              {x(to) - x(from) > 70 ? name.replace(' domain', '') : ''}
            </text>
          </g>
        ))}
        {row.points.map(({ residue, name, kind }, place) => {
          const { top, at, anchor, free } = labels[place]!
          return (
            <g key={`${name} ${residue}`}>
              <line x1={at} x2={at} y1={top} y2={AXIS - 5} className="stem" />
              <circle cx={at} cy={top} r="6" fill={KIND_LOOKS[kind].fill} />
              {free && (
                <text x={at + (anchor === 'end' ? -10 : 10)} y={top + 4} textAnchor={anchor}>
                  {name}
                </text>
              )}
            </g>
          )
        })}
        {x.ticks(4).map((tick) => (
          <text key={tick} x={x(tick)} y={AXIS + 28} textAnchor="middle" className="tick">
            {tick}
          </text>
        ))}
      </svg>
    </figure>
  )
}

/** Width of a letter of a name at its size, in units of the picture. */
const LETTER = 6.2

/** Where each name stands, in three rows. One that would run into another, or into its circle, is left to the words below. */
function placed(points: readonly { readonly at: number; readonly name: string }[]) {
  const taken: { readonly top: number; readonly from: number; readonly to: number }[] = points.map(
    ({ at }, place) => ({ top: topOf(place), from: at - 6, to: at + 6 }),
  )
  return points.map(({ at, name }, place) => {
    const top = topOf(place)
    const anchor = at > WIDTH * 0.6 ? ('end' as const) : ('start' as const)
    const length = name.length * LETTER
    const [from, to] = anchor === 'end' ? [at - 10 - length, at - 10] : [at + 10, at + 10 + length]
    const free = taken.every((one) => one.top !== top || to < one.from || from > one.to)
    if (free) taken.push({ top, from, to })
    return { top, at, anchor, free }
  })
}

const topOf = (place: number) => 26 + (place % 3) * 17
