import type { DoseDetail, DrugDetail, RecommendationDetail } from '../../../src/deliver/page/drug-detail.ts'
import { MarkTag } from '../parts/mark-tag.tsx'
import { SourceLinks } from '../parts/source-links.tsx'
import { Facts } from './facts-rows.tsx'

/** One drug: each publisher's recommendation, where they differ, doses, what is missing and what would change it. */
export function DrugDetails({ detail }: { readonly detail: DrugDetail }) {
  const { line, codes, recommendations, difference, doses } = detail
  const title = `${line.anchor}-title`
  return (
    <article className="drug" id={line.anchor} tabIndex={-1} aria-labelledby={title}>
      <h2 id={title}>
        {line.drug} <MarkTag mark={line.mark} />
        <span className="codes">{line.status === 'reference' ? codes : `${codes} · ${line.status}`}</span>
      </h2>
      <p className="headline">{line.headline}</p>
      {difference !== undefined && (
        <p className="differ">
          <strong>Publishers differ.</strong> {difference}
        </p>
      )}
      {recommendations.map((one) => (
        <Recommendation key={one.key} one={one} />
      ))}
      {doses.map((one) => (
        <Dose key={one.equation} one={one} />
      ))}
      <Items title="Not known" items={detail.missing} />
      <Items title="What would change this answer" items={detail.wouldChange} />
    </article>
  )
}

function Recommendation({ one }: { readonly one: RecommendationDetail }) {
  return (
    <div className="rec">
      <p className="rec-head">
        <strong>{one.source}</strong> <MarkTag mark={one.mark} />
      </p>
      <p className="do">{one.doThis}</p>
      <Facts
        rows={[
          ['Why', one.because],
          ['Result used', [...one.basis, ...(one.ambiguous === undefined ? [] : [one.ambiguous])].join('; ')],
          [
            'Strength',
            one.asks === undefined
              ? `${one.strength}; for ${one.population}`
              : `${one.strength}; for ${one.population}. Whether this patient belongs to it: ${one.asks}.`,
          ],
          [
            'Source',
            <>
              {one.citation} <SourceLinks links={one.links} /> <span className="soft">{one.pack}</span>
            </>,
          ],
        ]}
      />
    </div>
  )
}

function Dose({ one }: { readonly one: DoseDetail }) {
  return (
    <div className="rec">
      <p className="rec-head">
        <strong>Dose estimate</strong> {one.equation}
      </p>
      <p className="do">
        {one.dose ?? `No dose was calculated; missing: ${one.rows.map((row) => row.name).join(', ')}.`}
      </p>
      {one.dose !== undefined && <Facts rows={one.rows.map((row) => [row.name, row.value])} />}
      <Items title="Notes" items={one.notes} />
      <p className="soft">
        {one.citation} <SourceLinks links={one.links} />
      </p>
    </div>
  )
}

export function Items({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  if (items.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {[...new Set(items)].map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  )
}
