import type { Plan } from '../../decide/plan.ts'
import { type DrugPart, drugPart } from './drug-part.ts'
import { counted, summaryOf } from './drug-summary.ts'
import { type GeneDetail, type GeneLine, geneDetail, geneLine } from './gene-part.ts'
import { type Identity, identityOf } from './identity-part.ts'
import { limitsOf } from './limits-part.ts'
import type { Mark } from './mark.ts'
import type { ReportInput } from './report-input.ts'
import { rerunCommand } from './rerun.ts'

/** What the report says, in the order it says it. The HTML page and the PDF are two prints of this one value. */
export interface ReportModel {
  readonly identity: Identity
  /** The ten-second answer: one sentence. */
  readonly summary: string
  readonly drugs: DrugPart
  readonly interactions: readonly InteractionLine[]
  readonly genes: readonly GeneLine[]
  readonly geneDetails: readonly GeneDetail[]
  readonly limits: readonly string[]
  readonly engine: string
  readonly packs: readonly { readonly ref: string; readonly title: string; readonly licence: string }[]
  readonly rerun: string
}

export interface InteractionLine {
  readonly mark: Mark
  readonly drugs: string
  readonly gene: string
  readonly sentence: string
  readonly sources: string
}

export function reportModel(input: ReportInput): ReportModel {
  const { findings, plan, packs } = input
  const drugs = drugPart(plan, input.words)
  const genes = findings.map(geneLine)
  const known = genes.filter((one) => one.known).length
  return {
    identity: identityOf(input),
    summary: `${summaryOf(drugs)} ${known} of ${counted(genes.length, 'gene')} reported.`,
    drugs,
    interactions: plan.interactions.map(interactionOf),
    genes,
    geneDetails: findings.map(geneDetail),
    limits: limitsOf(input),
    engine: `${plan.engine.name} ${plan.engine.version}`,
    packs: plan.facts.map(({ id, version }) => {
      const line = packs.find((one) => one.id === id && one.version === version)
      return {
        ref: `${id}@${version}`,
        title: line?.title ?? 'not named here',
        licence: line?.licence ?? 'not named here',
      }
    }),
    rerun: rerunCommand(input),
  }
}

function interactionOf(one: Plan['interactions'][number]): InteractionLine {
  return {
    mark: one.severity,
    drugs: `${one.affected.name} with ${one.by.name}`,
    gene: one.gene,
    sentence: one.sentence,
    sources: one.sources.map((s) => `${s.name} (${s.strength})`).join(', ') || 'none named',
  }
}
