import { type DrugPart, drugPart } from './drug-part.ts'
import { counted, summaryOf } from './drug-summary.ts'
import { type GeneDetail, type GeneLine, geneDetail, geneLine } from './gene-part.ts'
import { type Identity, identityOf } from './identity-part.ts'
import { type InteractionLine, interactionLines } from './interaction-line.ts'
import { limitsOf } from './limits-part.ts'
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

export function reportModel(input: ReportInput): ReportModel {
  const { findings, plan, packs } = input
  const drugs = drugPart(plan, input.words)
  const genes = findings.map(geneLine)
  const known = genes.filter((one) => one.known).length
  return {
    identity: identityOf(input),
    summary: `${summaryOf(drugs)} ${known} of ${counted(genes.length, 'gene')} reported.`,
    drugs,
    interactions: interactionLines(plan.interactions),
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
