import { type AcmgCombining, acmgCombining } from '../../../knowledge/acmg/combining.ts'
import { type AcmgCriteria, acmgCriteria } from '../../../knowledge/acmg/criteria.ts'
import { imprintedGenes } from '../../../knowledge/acmg/imprinted.ts'
import { type SecondaryList, secondaryKey, secondaryList } from '../../../knowledge/acmg/secondary.ts'
import type { Facts } from '../../../knowledge/facts.ts'
import { ANNOTATION_PACK } from '../../../knowledge/hpo/annotations.ts'
import { geneInheritance } from '../../../knowledge/hpo/gene-inheritance.ts'
import { geneWays } from '../../../knowledge/hpo/gene-ways.ts'
import type { FamilyVariant } from '../../../record/family-variant.ts'
import type { PedigreeMember } from '../../../record/pedigree.ts'
import type { GermlineFinding, GermlineRole, InheritanceFit, KnownClass } from '../../finding/germline.ts'
import { assess } from '../assess.ts'
import { classificationOf } from '../classify.ts'
import type { VariantEvidence } from '../evidence.ts'
import { type SecondaryHit, secondaryHits } from '../secondary.ts'
import { callDoubts } from './call-doubts.ts'
import { carriedWays, type Ways } from './carried-ways.ts'
import {
  concernsChildren,
  mixedWays,
  type RecessiveGene,
  recessiveGene,
  withCarrierState,
} from './carrier-state.ts'
import { byWeight } from './finding-order.ts'
import type { FamilyView } from './inheritance.ts'
import { knownClass } from './known-class.ts'
import { mayMatter } from './may-matter.ts'
import { evidenceOf } from './notes-evidence.ts'
import { phaseOf } from './phase.ts'
import { carried, passes } from './reliability.ts'
import { heteroplasmyOf, type Ploidy, ploidyOf, zygosityOf } from './sex-chromosome.ts'

/** What is sought in a family's variants. */
export interface Sought {
  /** Findings of the list that the test was not ordered for; only with a yes of the person. */
  readonly secondary: boolean
  readonly carrier: boolean
  /** The person has said no: what concerns children alone is left out, but for the genes of the question. */
  readonly carrierRefused: boolean
  /** Genes of the question: they are told whatever was chosen about secondary findings. */
  readonly genes: ReadonlySet<string>
  /** A source of frequencies in which a variant without one is absent; undefined: no frequency is no knowledge. */
  readonly absentFrom: string | undefined
  /** Whether both parents are proven to be parents by their genotypes. */
  readonly parentsProven: (proband: PedigreeMember) => boolean
}

/** Findings that ClinVar alone calls reportable need this many stars. */
const STARS = 1

/** ClinVar calls it pathogenic or likely so, with a review. */
function isReported(known: KnownClass | undefined): boolean {
  return known !== undefined && known.stars >= STARS && known.class?.endsWith('pathogenic') === true
}

/** A variant with everything said of it for one person. */
interface Told {
  readonly variant: FamilyVariant
  readonly finding: GermlineFinding
  readonly reportable: boolean
}

/**
 * Keeps the variants of a family that may matter while its file is read, and makes findings of them. What is kept is rare, known
 * or named by a list, and carried by a proband; memory does not grow with the rest.
 */
export class FamilyFindings {
  readonly #view: FamilyView
  readonly #sought: Sought
  readonly #criteria: AcmgCriteria
  readonly #combining: AcmgCombining
  readonly #list: SecondaryList
  readonly #facts: Facts
  readonly #kept: FamilyVariant[] = []

  constructor(view: FamilyView, sought: Sought, facts: Facts) {
    this.#facts = facts
    this.#view = view
    this.#sought = sought
    this.#criteria = acmgCriteria(facts)
    this.#combining = acmgCombining(facts)
    this.#list = secondaryList(facts)
  }

  /** Genes of the list that are left out, because the person did not ask for secondary findings. */
  get leftOut(): number {
    return this.#sought.secondary
      ? 0
      : [...this.#list.genes].filter((gene) => !this.#sought.genes.has(gene)).length
  }

  get kept(): number {
    return this.#kept.length
  }

  take(variant: FamilyVariant): void {
    if (this.#wanted(variant)) this.#kept.push(variant)
  }

  #wanted(variant: FamilyVariant): boolean {
    const evidence = evidenceOf(variant, undefined)
    const named = this.#list.named(secondaryKey(variant))
    if (this.#isLeftOut(named?.gene ?? evidence.variant.gene)) return false
    if (named !== undefined) return true
    const known = knownClass(variant.notes.clinvar)
    if (isReported(known)) return true
    if (known?.class === 'benign' && known.stars > 1 && !known.ofSomeAlt) return false
    const frequency = variant.notes.frequency?.value
    if (
      frequency !== undefined &&
      frequency > this.#criteria.threshold('candidate-recessive').value &&
      !this.#criteria.isBa1Exception(evidence.variant)
    )
      return false
    return mayMatter(evidence, this.#criteria)
  }

  #isLeftOut(gene: string | undefined): boolean {
    return (
      !this.#sought.secondary &&
      gene !== undefined &&
      this.#list.genes.has(gene) &&
      !this.#sought.genes.has(gene)
    )
  }

  /** Findings of one person, the most telling first. */
  of(proband: PedigreeMember): GermlineFinding[] {
    const place = this.#view.place(proband.id)
    if (place === undefined) return []
    const carried = this.#kept.filter(({ calls }) => (calls[place]?.copies ?? 0) > 0)
    const ways = carriedWays(this.#view, proband, place, carried, {
      criteria: this.#criteria,
      imprinted: imprintedGenes(this.#facts),
    })
    const told = carried.map((variant) => this.#tell(proband, place, variant, ways.get(variant)!))
    const hits = this.#secondary(proband, told)
    return told
      .map(({ variant, finding, reportable }): GermlineFinding => {
        const own = hits.filter(({ candidates }) => candidates.some((one) => one.told.variant === variant))
        const roles: GermlineRole[] = [
          ...(own.length > 0 ? (['secondary'] as const) : []),
          ...(this.#isCandidate(proband, variant, finding, ways.get(variant)!.fits)
            ? (['candidate'] as const)
            : []),
          ...(reportable ? (['classified'] as const) : []),
          ...(this.#sought.carrier && reportable && this.#isCarrier(proband, finding)
            ? (['carrier'] as const)
            : []),
        ]
        return {
          ...finding,
          roles,
          ...(roles.includes('carrier') ? { facts: [...finding.facts, geneWays(this.#facts).pack] } : {}),
          diseases: own.map(({ disease, certainty, because }) => ({
            name: disease.disease,
            mondo: disease.mondo,
            inheritance: disease.inheritance,
            certainty,
            because,
          })),
        }
      })
      .filter((finding) => finding.roles.length > 0 && !this.#isRefused(proband, finding))
      .sort(byWeight)
  }

  #tell(
    proband: PedigreeMember,
    place: number,
    variant: FamilyVariant,
    { fits, notCompound, imprint }: Ways,
  ): Told {
    const call = variant.calls[place]!
    const ploidy = ploidyOf(variant.assembly, variant.chromosome, variant.position)
    const deNovo = fits.find(({ mode }) => mode === 'de-novo')
    const known = knownClass(variant.notes.clinvar)
    const byKnown = isReported(known)
    const evidence: VariantEvidence = {
      ...evidenceOf(variant, this.#sought.absentFrom),
      ...(known !== undefined && byKnown
        ? { calledPathogenic: { as: `${known.text}, ${known.stars} stars`, source: 'ClinVar' } }
        : {}),
      ...(deNovo?.certainty === 'sure'
        ? {
            deNovo: [
              {
                parents: this.#sought.parentsProven(proband) ? ('confirmed' as const) : ('assumed' as const),
                phenotype: 'unknown' as const,
                source: `genotypes of the family: ${deNovo.because}`,
              },
            ],
          }
        : {}),
    }
    const { gene } = evidence.variant
    const classification = classificationOf(
      assess(evidence, this.#criteria),
      this.#combining,
      gene === undefined ? undefined : this.#combining.panel(gene),
    )
    const zygosity = zygosityOf(call, ploidy, proband.sex)
    const recessive = zygosity === 'heterozygous' ? this.#recessive(gene, ploidy) : undefined
    const mixed = fits.some(({ mode }) => mode === 'dominant')
      ? mixedWays(gene, ploidy, geneInheritance(this.#facts))
      : undefined
    const share = ploidy === 'mitochondrial' ? heteroplasmyOf(call) : undefined
    const byCriteria = classification.class.endsWith('pathogenic')
    return {
      variant,
      reportable: byCriteria || byKnown,
      finding: {
        kind: 'germline',
        sample: proband.id,
        variant: evidence.variant,
        zygosity,
        ...(share === undefined ? {} : { heteroplasmy: Number(share.toFixed(3)) }),
        call: { genotype: call.genotype, filter: variant.filter, depth: call.depth, quality: call.quality },
        classification,
        known,
        roles: [],
        inheritance:
          recessive === undefined
            ? fits
            : withCarrierState(
                fits,
                recessive,
                carried(call, this.#view.rules) === 'yes' && passes(variant.filter),
              ),
        ...(notCompound.length === 0 ? {} : { notCompound }),
        ...(imprint?.silent === true ? { onSilentCopy: true as const } : {}),
        diseases: [],
        why: [
          ...(known !== undefined && byKnown && !byCriteria
            ? [
                `ClinVar says "${known.text}" (${known.stars} stars); the criteria that could be assessed here reach "${classification.class}".`,
              ]
            : []),
          ...(known?.ofSomeAlt
            ? [
                'The file gives ClinVar’s word for a record with several ALT, and not for which: look this one up.',
              ]
            : []),
          ...callDoubts(call, variant.filter, ploidy === 'mitochondrial', this.#view.rules),
          ...(mixed === undefined ? [] : [`${mixed}.`]),
          ...(imprint?.why ?? []),
          ...(variant.notes.frequency === undefined && this.#sought.absentFrom === undefined
            ? ['The file gives no frequency in a population.']
            : []),
        ],
        facts: [
          this.#combining.pack,
          this.#criteria.pack,
          this.#list.pack,
          ...(mixed !== undefined || recessive?.source.id === ANNOTATION_PACK
            ? [geneInheritance(this.#facts).ref]
            : []),
          ...(imprint === undefined ? [] : [imprintedGenes(this.#facts).pack]),
        ],
      },
    }
  }

  #recessive(gene: string | undefined, ploidy: Ploidy): RecessiveGene | undefined {
    return recessiveGene(gene, ploidy, this.#sources)
  }

  get #sources() {
    return { inheritance: geneInheritance(this.#facts), rules: this.#criteria, list: this.#list }
  }

  #secondary(proband: PedigreeMember, told: readonly Told[]): SecondaryHit<SecondaryInput>[] {
    const inputs = told.map(
      (one): SecondaryInput => ({
        told: one,
        zygosity: one.finding.zygosity,
        consequences: one.finding.variant.consequences,
        reportable: one.reportable,
        named: this.#list.named(secondaryKey(one.variant))?.rule,
      }),
    )
    const genes = Map.groupBy(
      inputs,
      ({ told: { variant, finding } }) =>
        finding.variant.gene ?? this.#list.named(secondaryKey(variant))?.gene,
    )
    return [...genes].flatMap(([gene, list]) =>
      gene === undefined || !this.#list.genes.has(gene)
        ? []
        : secondaryHits(
            gene,
            list,
            this.#list,
            (a, b) => phaseOf(this.#view, proband, a.told.variant, b.told.variant).phase,
          ).map((hit) => this.#doubted(proband, hit)),
    )
  }

  /** What rests on a call that is to be confirmed first is possible, not sure. */
  #doubted(proband: PedigreeMember, hit: SecondaryHit<SecondaryInput>): SecondaryHit<SecondaryInput> {
    const place = this.#view.place(proband.id)!
    const relied = hit.candidates.every(
      ({ told: { variant } }) =>
        passes(variant.filter) && carried(variant.calls[place], this.#view.rules) === 'yes',
    )
    return relied ? hit : { ...hit, certainty: 'possible', because: `${hit.because}; the call is not sure` }
  }

  /**
   * A candidate fits a way of inheritance, whatever is known of the gene (`fits`), at the frequency that goes with it, and the person is
   * ill or nobody said that they are not.
   */
  #isCandidate(
    proband: PedigreeMember,
    variant: FamilyVariant,
    finding: GermlineFinding,
    fits: readonly InheritanceFit[],
  ): boolean {
    if (proband.affected === false) return false
    if (
      !mayMatter(
        {
          variant: finding.variant,
          scores: variant.notes.scores.map((one) => ({ ...one, source: one.field })),
        },
        this.#criteria,
      )
    )
      return false
    const frequency = variant.notes.frequency?.value ?? 0
    const common = this.#criteria.isBa1Exception(finding.variant)
    return fits.some(({ mode }) => {
      const bothCopies = mode === 'recessive-homozygous' || mode === 'compound-heterozygous'
      const limit = bothCopies || mode === 'mitochondrial' ? 'candidate-recessive' : 'candidate-dominant'
      return (common && bothCopies) || frequency <= this.#criteria.threshold(limit).value
    })
  }

  /** What is no cause of an illness of this person, and concerns children, where the person does not want to know that. */
  #isRefused(proband: PedigreeMember, finding: GermlineFinding): boolean {
    const { roles, inheritance, variant } = finding
    if (!this.#sought.carrierRefused || !this.#isCarrier(proband, finding)) return false
    if (roles.includes('secondary') || this.#sought.genes.has(variant.gene ?? '')) return false
    return !roles.includes('candidate') || inheritance.every(({ mode }) => mode === 'carrier-state')
  }

  #isCarrier(proband: PedigreeMember, { variant, zygosity }: GermlineFinding): boolean {
    const ploidy = ploidyOf(variant.assembly, variant.chromosome, variant.position)
    if (variant.gene === undefined || zygosity !== 'heterozygous') return false
    const sources = { ...this.#sources, ways: geneWays(this.#facts) }
    return concernsChildren(variant.gene, ploidy, proband, sources)
  }
}

interface SecondaryInput {
  readonly told: Told
  readonly zygosity: GermlineFinding['zygosity']
  readonly consequences: readonly string[]
  readonly reportable: boolean
  readonly named: ReturnType<SecondaryList['of']>[number]['report'] | undefined
}
