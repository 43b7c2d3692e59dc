import type { QuietDrug } from '../../../src/deliver/page/drug-line.ts'
import type { UnknownGroup } from '../../../src/deliver/page/drug-part.ts'
import { SourceLinks } from '../parts/source-links.tsx'

interface UnknownProps {
  readonly title: string
  readonly groups: readonly UnknownGroup[]
}

export function UnknownDrugs({ title, groups }: UnknownProps) {
  if (groups.length === 0) return null
  return (
    <>
      <h2>{title}</h2>
      <table className="cards">
        <caption>
          Drugs with a guideline whose gene results are missing, wholly or in part. Nothing was assumed.
        </caption>
        <thead>
          <tr>
            <th scope="col">Drugs</th>
            <th scope="col">Not known, because</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((one) => (
            <tr key={one.because}>
              <th scope="row">{one.drugs.join(', ')}</th>
              <td data-label="Because">{one.because}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

export function OtherDrugs({ drugs }: { readonly drugs: readonly QuietDrug[] }) {
  if (drugs.length === 0) return null
  return (
    <>
      <h2>Other drugs</h2>
      <table className="cards quiet">
        <caption>Drugs not taken that need no change: those worth a remark first</caption>
        <thead>
          <tr>
            <th scope="col">Drug</th>
            <th scope="col">Result</th>
            <th scope="col">What publishers say</th>
          </tr>
        </thead>
        <tbody>
          {drugs.map((one) => (
            <tr key={one.drug} id={one.anchor} tabIndex={-1}>
              <th scope="row">{one.drug}</th>
              <td data-label="Result">{one.basis.join('; ') || 'no gene result'}</td>
              <td data-label="Publishers">
                {one.says.map((say) => (
                  <div key={say.text}>
                    {say.text} <SourceLinks links={say.links} />
                  </div>
                ))}
                {one.missing.map((text) => (
                  <div key={text} className="soft">
                    Not known: {text}
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
