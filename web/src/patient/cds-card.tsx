import { NativeSelect } from '@mantine/core'
import type { Card } from '../../../src/deliver/cds-hooks/card.ts'
import { LOOKS } from '../../../src/deliver/page/mark.ts'
import { MarkTag } from '../parts/mark-tag.tsx'
import { Markdown } from '../parts/markdown.tsx'
import { SourceLinks } from '../parts/source-links.tsx'

/** A CDS Hooks card as an order screen shows it. Its buttons do nothing here and say so. */
export function CdsCard({ card }: { readonly card: Card }) {
  const { ink, paper } = LOOKS[card.indicator]
  const title = `card-${card.uuid}`
  return (
    <article className="card" style={{ borderColor: ink }} aria-labelledby={title}>
      <header style={{ background: paper }}>
        <MarkTag mark={card.indicator} />
        <h3 id={title}>{card.summary}</h3>
      </header>
      <div className="card-body">
        {card.detail !== undefined && <Markdown text={card.detail} />}
        {card.suggestions !== undefined && (
          <>
            <h4>Suggestions</h4>
            <ul className="suggestions">
              {card.suggestions.map((one) => (
                <li key={one.uuid}>
                  <strong>{one.label}</strong>
                  {one.isRecommended === true && <span className="soft"> recommended</span>}
                  {one.actions.map((action) => (
                    <div key={action.description} className="soft">
                      {action.description}
                    </div>
                  ))}
                </li>
              ))}
            </ul>
          </>
        )}
        {card.overrideReasons !== undefined && (
          <NativeSelect
            label="Reason to order it all the same"
            description="In the record system the choice is sent back and kept; here it is only shown."
            data={[
              { value: '', label: 'Choose a reason' },
              ...card.overrideReasons.map((one) => ({ value: one.code, label: one.display })),
            ]}
            maw="28rem"
            mt="sm"
          />
        )}
        <p className="soft card-source">
          Source:{' '}
          {card.source.url === undefined ? (
            card.source.label
          ) : (
            <a href={card.source.url} target="_blank" rel="noreferrer">
              {card.source.label}
            </a>
          )}
          <SourceLinks links={(card.links ?? []).map(({ label, url }) => ({ text: label, url }))} />
        </p>
      </div>
    </article>
  )
}
