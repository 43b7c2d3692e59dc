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
          const top = 26 + (place % 3) * 17
          const at = x(residue)
          const anchor = at > WIDTH * 0.6 ? 'end' : 'start'
          return (
            <g key={`${name} ${residue}`}>
              <line x1={at} x2={at} y1={top} y2={AXIS - 5} className="stem" />
              <circle cx={at} cy={top} r="6" fill={KIND_LOOKS[kind].fill} />
              <text x={at + (anchor === 'end' ? -10 : 10)} y={top + 4} textAnchor={anchor}>
                {name}
              </text>
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
