import type { GeneDetail } from '../../../src/deliver/page/gene-part.ts'
import { Items } from './drug-details.tsx'
import { Facts } from './facts-rows.tsx'

/** What was seen of one gene, what was not, what could therefore hide, and the rules that were applied. */
export function GeneDetails({ detail }: { readonly detail: GeneDetail }) {
  return (
    <div className="gene">
      <p className="headline">{detail.line.resultText}</p>
      <Facts
        rows={[
          [
            'Alleles',
            detail.alleles.length > 0 ? detail.alleles.map((one) => <div key={one}>{one}</div>) : 'none',
          ],
          ['Read', detail.read],
        ]}
      />
      <Candidates detail={detail} />
      <Items title="Changed by drugs now taken" items={detail.conversions} />
      <Items title="What this kind of data cannot show" items={detail.blindTo} />
      {detail.missing.map((group) => (
        <section key={group.because}>
          <h3>
            {group.positions.length} {group.positions.length === 1 ? 'position' : 'positions'} not seen
          </h3>
          <p>Because: {group.because}.</p>
          <ul>
            {group.positions.map((one) => (
              <li key={one.name}>
                {one.name}
                {one.alleles.length > 0 ? ` decides ${one.alleles.join(', ')}` : ''}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {detail.notExcluded.length > 0 && (
        <>
          <h3>Alleles that could not be excluded</h3>
          <p>{detail.notExcluded.join(', ')}</p>
        </>
      )}
      <Items title="Bases that no definition knows" items={detail.undocumented} />
      <Items title="Other positions that advice uses" items={detail.extraPositions} />
      <Items title="How this was read" items={detail.why} />
    </div>
  )
}

function Candidates({ detail }: { readonly detail: GeneDetail }) {
  if (detail.candidates.length < 2) return null
  return (
    <div className="wide">
      <table>
        <caption>
          Diplotypes that fit the data. Probabilities: {detail.population ?? 'no population'}.
        </caption>
        <thead>
          <tr>
            <th scope="col">Diplotype</th>
            <th scope="col">Phenotype</th>
            <th scope="col">Probability</th>
            <th scope="col">Reported</th>
          </tr>
        </thead>
        <tbody>
          {detail.candidates.map((one) => (
            <tr key={one.name}>
              <th scope="row">{one.name}</th>
              <td>
                {one.phenotype}
                {one.activityScore === '–' ? '' : `, ${one.activityScore}`}
              </td>
              <td>{one.probability}</td>
              <td>{one.reported ? 'yes' : 'no'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
