import type { AmpFinding, TieredAlteration, TierStatement } from '../../../src/interpret/finding/amp-tier.ts'

/** Alterations without any statement that are shown beside the others. */
const MOST_SILENT = 8

/** Tiers by AMP/ASCO/CAP 2017: one line for each alteration, its statements behind a click. */
export function TiersPart({ tiers }: { readonly tiers: AmpFinding }) {
  const quiet = tiers.alterations.filter((one) => one.statements.length === 0 && /^(III|IV)$/.test(one.tier))
  const silent = quiet.length > MOST_SILENT ? quiet : []
  const told = tiers.alterations.filter((one) => !silent.includes(one))
  return (
    <section aria-labelledby="board-tiers">
      <h2 id="board-tiers">Tiers</h2>
      {tiers.alterations.length === 0 && <p>Nothing of what was found has a tier.</p>}
      <Alterations all={told} />
      {silent.length > 0 && (
        <details>
          <summary>{silent.length} more of tier III or IV, of which no statement is known</summary>
          <Alterations all={silent} />
        </details>
      )}
    </section>
  )
}

function Alterations({ all }: { readonly all: readonly TieredAlteration[] }) {
  return (
    <ul className="board-tiers">
      {all.map((one) => (
        <Alteration key={`${one.name} ${one.kind}`} one={one} />
      ))}
    </ul>
  )
}

function Alteration({ one }: { readonly one: TieredAlteration }) {
  const { name, tier, level, role, statements, why } = one
  return (
    <li>
      <details>
        <summary>
          <span className={`board-tier tier-${tier}`}>
            {tier}
            {level}
          </span>{' '}
          <strong>{name}</strong>{' '}
          <span className="soft">
            {role ?? 'no statement'}
            {statements.length > 1 ? `, ${statements.length} statements` : ''}
          </span>
        </summary>
        {why.length > 0 && <p>{why.join(' ')}</p>}
        <ul>
          {statements.map((statement) => (
            <Statement key={`${statement.role} ${statement.effect} ${statement.therapies}`} one={statement} />
          ))}
        </ul>
      </details>
    </li>
  )
}

function Statement({ one }: { readonly one: TierStatement }) {
  const { tier, level, role, effect, therapies, basis, contradictions, why, supports } = one
  return (
    <li>
      <strong>
        {tier}
        {level}
      </strong>{' '}
      {role}, {effect.replaceAll('-', ' ')}
      {therapies.length > 0 && `: ${therapies.join(' + ')}`} <span className="soft">by {basis}</span>
      {why.length > 0 && <div className="soft">{why.join(' ')}</div>}
      {supports.length > 0 && (
        <div className="soft">
          Evidence: {supports.map(({ id, level: its }) => `${id} (level ${its})`).join(', ')}
        </div>
      )}
      {contradictions.length > 0 && (
        <div className="differ">To the contrary: {contradictions.join('; ')}</div>
      )}
    </li>
  )
}
