import { scaleBand } from 'd3-scale'
import type { BoardDocument } from '../../../src/app/board/board-document.ts'
import { type GeneRow, geneRows, KIND_LOOKS } from './gene-rows.ts'
import { Lollipop } from './lollipop.tsx'

const MOST = 24
const ROW = 26

/** The alterations at a glance: a row for each gene, then the changes along the proteins. The table says the same in words. */
export function AlterationsPicture({ document }: { readonly document: BoardDocument }) {
  const rows = geneRows(document)
  const shown = rows.slice(0, MOST)
  const lollipops = shown.filter(({ points }) => points.length > 0)
  if (rows.length === 0)
    return (
      <section aria-labelledby="board-found">
        <h2 id="board-found">What was found</h2>
        <p>No alteration was found in what was tested.</p>
      </section>
    )
  return (
    <section aria-labelledby="board-found">
      <h2 id="board-found">What was found</h2>
      <div className="board-pictures">
        <figure>
          <Strip rows={shown} />
          <Legend />
        </figure>
        <div className="board-lollipops">
          {lollipops.slice(0, 6).map((row) => (
            <Lollipop key={row.gene} row={row} places={document.places[row.gene] ?? []} />
          ))}
        </div>
      </div>
      <details>
        <summary>
          The same in words{rows.length > MOST ? `, with ${rows.length - MOST} more genes` : ''}
        </summary>
        <table className="cards">
          <caption>Alterations by gene</caption>
          <thead>
            <tr>
              <th scope="col">Gene</th>
              <th scope="col">Change</th>
              <th scope="col">Kind</th>
              <th scope="col">Reads</th>
              <th scope="col">Class</th>
            </tr>
          </thead>
          <tbody>
            {rows.flatMap((row) =>
              row.changes.map(({ name, kind, reads, oncogenic }) => (
                <tr key={`${row.gene} ${name} ${kind}`}>
                  <th scope="row">{row.gene}</th>
                  <td data-label="Change">{name}</td>
                  <td data-label="Kind">{KIND_LOOKS[kind].word}</td>
                  <td data-label="Reads">{reads ?? 'not told'}</td>
                  <td data-label="Class">{oncogenic ?? 'not classified'}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </details>
    </section>
  )
}

/** One row for each gene, a mark for each change: shape and colour by kind, tier at the end. */
function Strip({ rows }: { readonly rows: readonly GeneRow[] }) {
  const height = rows.length * ROW
  const y = scaleBand()
    .domain(rows.map(({ gene }) => gene))
    .range([0, height])
    .paddingInner(0.22)
  const told = rows.map(({ gene, changes }) => `${gene} ${changes.map(({ name }) => name).join(', ')}`)
  return (
    <svg
      className="board-strip"
      viewBox={`0 0 340 ${height}`}
      role="img"
      aria-label={`Alterations by gene: ${told.join('; ')}`}
    >
      {rows.map(({ gene, changes, tier }) => (
        <g key={gene} transform={`translate(0 ${y(gene)!})`}>
          <text x="70" y={y.bandwidth() * 0.72} textAnchor="end" className="gene">
            {gene}
          </text>
          <rect x="78" width="190" height={y.bandwidth()} className="cell" />
          {changes.slice(0, 8).map(({ name, kind }, place) => {
            const { fill, size } = KIND_LOOKS[kind]
            const width = 190 / Math.min(8, changes.length)
            const tall = y.bandwidth() * size
            return (
              <rect
                key={`${name} ${kind}`}
                x={78 + place * width + 1}
                y={(y.bandwidth() - tall) / 2}
                width={width - 2}
                height={tall}
                fill={fill}
              />
            )
          })}
          <text x="280" y={y.bandwidth() * 0.72} className="tier">
            {tier === undefined ? 'no tier' : `tier ${tier}`}
          </text>
        </g>
      ))}
    </svg>
  )
}

function Legend() {
  return (
    <figcaption className="board-legend">
      {Object.values(KIND_LOOKS).map(({ word, fill }) => (
        <span key={word}>
          <svg width="12" height="12" aria-hidden="true">
            <rect width="12" height="12" fill={fill} />
          </svg>
          {word}
        </span>
      ))}
    </figcaption>
  )
}
