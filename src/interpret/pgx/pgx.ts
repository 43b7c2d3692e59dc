import type { Facts } from '../../knowledge/facts.ts'
import { ALLELE_PACK, geneDefinitions, panelLoci } from '../../knowledge/pgx/allele-definition.ts'
import { PHENOTYPE_PACK, phenotypeTables } from '../../knowledge/pgx/allele-function.ts'
import { enzymeModifiers } from '../../knowledge/pgx/enzyme-modifier.ts'
import { GENE_RULE_PACK, type GeneRule, geneRules } from '../../knowledge/pgx/gene-rule.ts'
import {
  FREQUENCY_PACK,
  haplotypeFrequencies,
  type PopulationCode,
} from '../../knowledge/pgx/haplotype-frequency.ts'
import type { GenotypeSet, OutsideCall } from '../../record/genotype.ts'
import type { PackRef } from '../../terms/evidence.ts'
import type { PanelLocus } from '../../terms/genome.ts'
import type { PgxFinding } from '../finding.ts'
import { callableGene } from './call-gene.ts'
import { type Interpreter, interpreter } from './diplotype-call.ts'
import { genotypeFinding, type ReadyGene } from './genotype-finding.ts'
import { mergeGenotypes } from './merge-genotypes.ts'
import { outsideFinding } from './outside-finding.ts'
import { type DrugTaken, phenoconvert } from './phenoconversion.ts'

export { type DrugTaken, phenoconvert } from './phenoconversion.ts'

/** What is known of one person's pharmacogenes. */
export interface PgxInput {
  /** Every genotype file of the person; none when only outside calls are known. */
  readonly genotypes: readonly GenotypeSet[]
  readonly outsideCalls: readonly OutsideCall[]
}

/** The pharmacogenomics room, its tables compiled once and used for any number of people. */
export interface PgxRoom {
  /** Every position to ask a genotype file for. */
  readonly panel: readonly PanelLocus[]
  readonly genes: readonly string[]
  /** One finding per gene, in alphabetical order; a gene of which nothing is known says so. */
  findings(input: PgxInput): PgxFinding[]
  /** The same findings with what the drugs now taken do to each enzyme, beside the genetic phenotype. */
  underDrugs(findings: readonly PgxFinding[], taken: readonly DrugTaken[]): PgxFinding[]
}

/** `population` chooses whose haplotype frequencies weigh diplotypes that fit equally. */
export function openPgx(facts: Facts, population: PopulationCode): PgxRoom {
  const definitions = geneDefinitions(facts)
  const tables = phenotypeTables(facts)
  // Without the pack every diplotype that fits is still given, only without probabilities.
  const frequencies = facts.head(FREQUENCY_PACK) === undefined ? undefined : haplotypeFrequencies(facts)
  const refs = [ALLELE_PACK, PHENOTYPE_PACK, GENE_RULE_PACK].map((id): PackRef => facts.pack(id).ref)
  const callRefs = frequencies === undefined ? refs : [...refs, facts.pack(FREQUENCY_PACK).ref]
  const genes = [...geneRules(facts).values()].map((rule) => {
    const read = interpreter(rule, tables)
    const definition = definitions.get(rule.gene)
    const ready: ReadyGene | undefined =
      definition === undefined || rule.caller === 'outside'
        ? undefined
        : {
            callable: callableGene(definition, rule),
            interpreter: read,
            frequencies: frequencies?.of(rule.gene, population),
            population: frequencies?.nameOf(population),
            facts: callRefs,
          }
    return { rule, read, ready }
  })
  return {
    panel: panelLoci(facts),
    genes: genes.map(({ rule }) => rule.gene),
    underDrugs: (findings, taken) =>
      taken.length === 0 ? [...findings] : phenoconvert(findings, taken, enzymeModifiers(facts)),
    findings({ genotypes, outsideCalls }) {
      const { calls, gaps, sample } = mergeGenotypes(genotypes)
      const outside = Map.groupBy(outsideCalls, (call) => call.gene)
      const known = genes.map(({ rule, read, ready }) => {
        const called =
          sample === undefined || ready === undefined
            ? undefined
            : genotypeFinding(ready, sample, calls, gaps)
        const sent = outside.get(rule.gene)
        if (sent !== undefined) return outsideFinding(read, sent, called, refs)
        return called ?? notTested(read, rule, sample, refs)
      })
      const others = [...outside.keys()]
        .filter((gene) => !genes.some(({ rule }) => rule.gene === gene))
        .sort()
      return [
        ...known,
        ...others.map((gene) =>
          outsideFinding(interpreter(outsideRule(gene), tables), outside.get(gene)!, undefined, refs),
        ),
      ]
    },
  }
}

/** A gene Garrod has no rule for can still be sent by a laboratory. */
function outsideRule(gene: string): GeneRule {
  return {
    gene,
    caller: 'outside',
    undocumentedAsReference: false,
    keepAllScores: false,
    xLinked: false,
    haploid: false,
    copyNumberAtLeast3: [],
    alsoCalled: {},
    markers: [],
  }
}

function notTested(
  read: Interpreter,
  rule: GeneRule,
  sample: string | undefined,
  facts: readonly PackRef[],
): PgxFinding {
  const base = outsideFinding(read, [], undefined, facts)
  const why =
    rule.caller === 'outside'
      ? `${rule.gene} cannot be called from small variants; send a laboratory's result as an outside call.`
      : `No genotype file or outside call says anything about ${rule.gene}.`
  return { ...base, from: 'none', sample, why: [why] }
}
