import type {
  AmpFinding,
  EvidenceUse,
  TieredAlteration,
  TierStatement,
} from '../../../interpret/finding/amp-tier.ts'
import { packRefText } from '../../../terms/evidence.ts'

const MOST_STATEMENTS = 6
const MOST_OPEN = 8

/** What a tumour board reads first: tiers I and II with their grounds; how many are III and IV. */
export function tiersText({ alterations, open, untested, diagnosis, facts }: AmpFinding): string {
  const lines = ['Tiers (AMP/ASCO/CAP 2017)']
  if (diagnosis.types.length === 0)
    lines.push('  no diagnosis was given: nothing counts as evidence of this tumour type')
  const shown = alterations.filter(({ tier }) => tier === 'I' || tier === 'II')
  if (shown.length === 0) lines.push('  no alteration of tier I or II')
  for (const one of shown) lines.push(...alterationText(one))
  const rest = (tier: TieredAlteration['tier']) => alterations.filter((one) => one.tier === tier).length
  lines.push(`  tier III: ${rest('III')}, tier IV: ${rest('IV')}`)
  if (open.length > 0) {
    lines.push('', '  More may apply')
    for (const { missing, evidence } of open.slice(0, MOST_OPEN))
      lines.push(`    unknown: ${missing} (${evidence} evidence items)`)
    if (open.length > MOST_OPEN) lines.push(`    and ${open.length - MOST_OPEN} more: --json`)
  }
  if (untested.tests.length > 0)
    lines.push(
      `  ${untested.evidence} evidence items speak of what nobody says was tested in the altered genes: --json.`,
    )
  lines.push(
    `  Sources ${facts.map(packRefText).join(', ')}. Every item, and what would change a tier: --json.`,
  )
  return lines.join('\n')
}

function alterationText(one: TieredAlteration): string[] {
  const lines = [`  ${one.name}: tier ${tierText(one)}`]
  for (const statement of one.statements.slice(0, MOST_STATEMENTS)) lines.push(...statementText(statement))
  const more = one.statements.length - MOST_STATEMENTS
  if (more > 0) lines.push(`    and ${more} more statements: --json`)
  for (const { source, level, citation } of one.annotations)
    lines.push(`    ${source}, as supplied: ${level} (${citation}); it decides nothing here`)
  return lines
}

function statementText(statement: TierStatement): string[] {
  const { role, effect, therapies, why, supports, contradictions } = statement
  const about =
    role === 'therapeutic'
      ? `${effect.replace('-', ' ')} to ${therapies.join(' + ')}`
      : `${role}: ${effect.replace('-', ' ')}`
  return [
    `    ${tierText(statement)}  ${about}`,
    `         ${why.slice(0, 2).join('; ')}`,
    ...(supports.length > 0
      ? [
          `         ${supports.slice(0, 4).map(itemText).join(', ')}${supports.length > 4 ? ` and ${supports.length - 4} more` : ''}`,
        ]
      : []),
    ...contradictions.map((one) => `         against: ${one}`),
  ]
}

function itemText({ id, level, rating, source }: EvidenceUse): string {
  return `${id} (${level}${rating === undefined ? '' : `, ${rating} stars`}, ${source})`
}

function tierText({ tier, level }: { readonly tier: string; readonly level: string | undefined }): string {
  return `${tier}${level === undefined ? '' : `-${level}`}`
}
