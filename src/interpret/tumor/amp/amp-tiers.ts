import type { Facts } from '../../../knowledge/facts.ts'
import { type Approval, type Approvals, approvals } from '../../../knowledge/tumor/approvals.ts'
import { asksForPresence } from '../../../knowledge/tumor/biomarker-presence.ts'
import { diseaseTypes } from '../../../knowledge/tumor/disease-types.ts'
import { oncoTree } from '../../../knowledge/tumor/oncotree.ts'
import { proteinPlaces } from '../../../knowledge/tumor/protein-places.ts'
import { scoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import { type TumorEvidence, tumorEvidence } from '../../../knowledge/tumor/tumor-evidence.ts'
import type { TumorProfile } from '../../../record/tumor-profile.ts'
import type {
  AmpFinding,
  GuidelineFlag,
  OpenKnowledge,
  SuppliedAnnotation,
  TieredAlteration,
} from '../../finding/amp-tier.ts'
import { matchCategory } from '../match-category.ts'
import { withMeaning } from '../meaning.ts'
import { labelsOf } from '../therapies.ts'
import { type Alteration, alterationsOf } from './alterations.ts'
import type { TumorDiagnosis } from './disease-fit.ts'
import { approvalFit, evidenceUse, fitOfDisease, type Look } from './evidence-use.ts'
import {
  type Known,
  known,
  knownProfiles,
  type Met,
  meets,
  type Open,
  type ProfileKnowledge,
} from './known-profiles.ts'
import { type About, roleOf, statementsOf } from './statements.ts'

/** What the user brings: flags of guidelines, and annotations of knowledge bases that may not be shipped. */
export interface Supplied {
  readonly guidelines: readonly GuidelineFlag[]
  readonly annotations: readonly SuppliedAnnotation[]
}

const INDICATIONS = new WeakMap<Approvals, readonly Known<Approval>[]>()
const TIERS = ['I', 'II', 'III', 'IV']

/** Tiers and levels of a tumour by AMP/ASCO/CAP 2017, one for each alteration, role and treatment. Throws FACTS_*. */
export function ampTiers(
  given: TumorProfile,
  diagnosis: TumorDiagnosis,
  facts: Facts,
  supplied: Supplied,
): AmpFinding {
  const profile = withMeaning(given, facts)
  const [evidence, labels, tree] = [tumorEvidence(facts), approvals(facts), oncoTree(facts)]
  const look: Look = { profile, diagnosis, tree, diseases: diseaseTypes(facts), places: proteinPlaces(facts) }
  const alterations = alterationsOf(profile, scoreFacts(facts).threshold('common-frequency'))
  const ask = <T>(all: readonly Known<T>[]) => meets(profile, alterations, all, look.places)
  const records = ask(knownProfiles(evidence))
  const indications = ask(indicationsOf(labels))
  const guidelines = ask(supplied.guidelines.map((one) => known(one, one.category, one.guideline)))
  const annotations = ask(supplied.annotations.map((one) => known(one, one.category, one.source)))
  const by = <T>(met: readonly Met<T>[], alteration: Alteration) =>
    met.flatMap((one) => (one.by.includes(alteration) ? [one.known.what] : []))
  const about = (alteration: Alteration): About => ({
    name: alteration.name,
    genes: alteration.kind === 'small-variant' ? alteration.genes : [],
    items: by(records.met, alteration).flatMap(({ items }) => items),
    approvals: by(indications.met, alteration),
    maybe: indications.open.filter(({ known: { genes } }) =>
      genes.some((gene) => alteration.genes.includes(gene)),
    ),
    guidelines: by(guidelines.met, alteration),
    defeats: labelsOf(facts).resistance.flatMap(({ rule, category }) =>
      rule.effect === 'resistant' &&
      matchCategory(alteration.alone, category, look.places).state === 'met' &&
      !by(indications.met, alteration).some(({ drug }) => rule.drugs.includes(drug))
        ? rule.drugs
        : [],
    ),
  })
  const tiered = alterations.flatMap((one): TieredAlteration[] => {
    const made = tieredOf(about(one), one, look, labels, by(annotations.met, one))
    return one.silent && made.statements.length + made.otherEvidence.length + made.annotations.length === 0
      ? []
      : [made]
  })
  const wholes = wholeProfile(records.met, indications.met, guidelines.met, annotations.met, look).map(
    (one) => tieredOf(one.about, undefined, look, labels, one.annotations),
  )
  return {
    kind: 'amp-tier',
    sample: profile.sample,
    diagnosis: { text: diagnosis.text, types: diagnosis.types },
    alterations: [...tiered, ...wholes]
      .map((one, place) => ({ one, place }))
      .sort((a, b) => rank(a.one) - rank(b.one) || a.place - b.place)
      .map(({ one }) => one),
    open: openKnowledge(records.open.filter(({ untested }) => !untested)),
    untested: {
      tests: [...new Set(records.open.flatMap(({ untested, missing }) => (untested ? missing : [])))].sort(),
      evidence: records.open.reduce(
        (sum, { untested, known: { what } }) => sum + (untested ? what.items.length : 0),
        0,
      ),
    },
    facts: packsOf(facts, evidence, labels),
  }
}

function indicationsOf(labels: Approvals): readonly Known<Approval>[] {
  const done = INDICATIONS.get(labels)
  if (done !== undefined) return done
  const read = labels.all
    // Where a label only says what must go before, the approval is not one for the alteration.
    .filter(({ basis, role }) => basis !== 'withdrawn' && role === 'selects')
    .map((one) => known(one, one.biomarker, one.id))
  INDICATIONS.set(labels, read)
  return read
}

function tieredOf(
  about: About,
  alteration: Alteration | undefined,
  look: Look,
  labels: Approvals,
  annotations: readonly SuppliedAnnotation[],
): TieredAlteration {
  const statements = statementsOf(about, look, labels)
  const [best] = statements
  const tier = best?.tier ?? (alteration?.harmless === undefined ? 'III' : 'IV')
  return {
    name: about.name,
    kind: alteration?.kind ?? 'profile',
    gene: alteration?.genes[0],
    tier,
    level: best?.level,
    role: best?.role,
    statements,
    otherEvidence: about.items
      .filter((item) => roleOf(item) === undefined)
      .map((item) => ({ ...evidenceUse(item, look), type: item.type })),
    annotations,
    why: best?.why ?? [
      'no approval, guideline or accepted evidence speaks of it',
      ...(alteration?.harmless === undefined ? [] : [alteration.harmless]),
    ],
  }
}

/**
 * States that no single alteration makes: a gene without mutation, two alterations together, a marker. What is not there, by
 * genes or by a stain, is a finding only in the tumour types that its knowledge speaks of.
 */
function wholeProfile(
  records: readonly Met<ProfileKnowledge>[],
  indications: readonly Met<Approval>[],
  guidelines: readonly Met<GuidelineFlag>[],
  annotations: readonly Met<SuppliedAnnotation>[],
  look: Look,
): readonly { readonly about: About; readonly annotations: readonly SuppliedAnnotation[] }[] {
  const whole = <T>(met: readonly Met<T>[]) => met.filter((one) => one.by.length === 0)
  const found = new Map<
    string,
    {
      items: ProfileKnowledge['items'][number][]
      approvals: Approval[]
      guidelines: GuidelineFlag[]
      annotations: SuppliedAnnotation[]
    }
  >()
  const at = (name: string) => {
    const one = found.get(name) ?? { items: [], approvals: [], guidelines: [], annotations: [] }
    found.set(name, one)
    return one
  }
  for (const {
    known: { what },
    absence,
  } of whole(records)) {
    const isFound = !absence && asksForPresence(what.profile.category)
    const items = what.items.filter((one) => isFound || fitOfDisease(one.disease, look).fit !== 'other')
    if (items.length > 0) at(what.profile.category).items.push(...items)
  }
  for (const {
    known: { what },
    absence,
  } of whole(indications))
    if ((!absence && asksForPresence(what.biomarker)) || approvalFit(what, look) !== 'other')
      at(what.biomarker).approvals.push(what)
  for (const {
    known: { what },
  } of whole(guidelines))
    at(what.category).guidelines.push(what)
  for (const {
    known: { what },
  } of whole(annotations))
    at(what.category).annotations.push(what)
  return [...found].map(([name, { annotations: shown, ...rest }]) => ({
    about: { name, genes: [], maybe: [], defeats: [], ...rest },
    annotations: shown,
  }))
}

function rank({ tier, level }: TieredAlteration): number {
  return TIERS.indexOf(tier) * 10 + (level === undefined ? 9 : 'ABCD'.indexOf(level))
}

function openKnowledge(open: readonly Open<ProfileKnowledge>[]): readonly OpenKnowledge[] {
  const groups = Map.groupBy(open, ({ missing }) => missing.join('; '))
  return [...groups].map(([missing, of]) => ({
    missing,
    profiles: of.map(({ known: { what } }) => what.profile.name),
    evidence: of.reduce((sum, { known: { what } }) => sum + what.items.length, 0),
  }))
}

function packsOf(facts: Facts, evidence: TumorEvidence, labels: Approvals): AmpFinding['facts'] {
  const head = (id: string) => ({ id, version: facts.head(id)!.version })
  return [
    labels.pack,
    evidence.pack,
    head('disease-types'),
    head('oncotree'),
    head('protein-places'),
    scoreFacts(facts).pack,
  ]
}
