import type { DoseEquation, WarfarinFacts } from '../../knowledge/guideline/dose-equation.ts'
import type { Citation } from '../../terms/evidence.ts'
import type { DoseEstimate } from '../plan.ts'
import { doseOf, type InputValue } from './dose-equation.ts'
import { carriesCyp4f2, carriesRs12777823 } from './warfarin-genotype.ts'
import { type Input, type WarfarinInputSet, type WarfarinPerson, warfarinInputs } from './warfarin-input.ts'

/**
 * Warfarin maintenance dose by each published way: the IWPC and Gage equations with the changes of CPIC 2017, and the
 * genotype table of the US label. One that lacks an input is refused and names everything it lacks; nothing is averaged.
 * Refused altogether: children, and the equations for people of African ancestry whose CYP2C9 *5, *6, *8 and *11 were
 * not tested (CPIC 2017, figure 2: dose without genotype).
 */
export function warfarinDoses(person: WarfarinPerson, facts: WarfarinFacts): DoseEstimate[] {
  const found = warfarinInputs(person, facts)
  return [
    ...facts.equations.map((equation) => byEquation(equation, person, found, facts)),
    byLabel(found, facts),
  ]
}

/** What each input is called where a reader sees it. */
const LABELS: Readonly<Record<string, string>> = {
  age: 'age',
  height: 'height',
  weight: 'weight',
  vkorc1: 'VKORC1',
  cyp2c9: 'CYP2C9',
  race: 'ancestry',
  'enzyme-inducer': 'carbamazepine, phenytoin or rifampin',
  amiodarone: 'amiodarone',
  smoker: 'smoker',
  'target-inr': 'target INR',
  'venous-thromboembolism': 'deep vein thrombosis or pulmonary embolism',
}

/** Inputs a reader knows, behind the numbers that follow from them. */
const BASES: Readonly<Record<string, readonly string[]>> = {
  'age-decades': ['age'],
  'body-surface': ['weight', 'height'],
  'vkorc1-a-alleles': ['vkorc1'],
  'cyp2c9-2-alleles': ['cyp2c9'],
  'cyp2c9-3-alleles': ['cyp2c9'],
}

function byEquation(
  equation: DoseEquation,
  person: WarfarinPerson,
  found: WarfarinInputSet,
  facts: WarfarinFacts,
): DoseEstimate {
  const citation = citationOf(equation, facts)
  const names = [...new Set(equation.terms.flatMap((term) => BASES[term.input] ?? [term.input]))]
  const inputs = names.map((name) => found.inputs.get(name)!)
  const missing = inputs.flatMap((one) => (one.known ? [] : [one.missing]))
  const untested = africanUntested(person, found, facts)
  if (untested !== undefined) missing.push(untested.missing)
  const notes = [...found.notes, ...cautions(equation, person, found, facts)]
  if (untested !== undefined) notes.push(untested.note)
  if (missing.length > 0) return { known: false, equation: equation.title, missing, notes, citation }
  const values = new Map<string, InputValue>()
  for (const one of found.inputs.values()) if (one.known) values.set(one.name, one.value)
  const plain = doseOf(equation, values)
  const changed = changesOf(person, found, facts)
  const from = oneDecimal(plain * changed.from)
  const to = oneDecimal(plain * changed.to)
  if (changed.notes.length > 0) {
    notes.unshift(`The equation gives ${oneDecimal(plain)} ${equation.unit}; ${changed.notes.join('; ')}.`)
  }
  notes.push(...changed.unknown)
  return {
    known: true,
    equation: equation.title,
    value: from,
    ...(from === to ? {} : { range: { from, to } }),
    unit: equation.unit,
    inputs: inputs.map(inputRow),
    notes,
    citation,
  }
}

function byLabel(found: WarfarinInputSet, facts: WarfarinFacts): DoseEstimate {
  const inputs = ['vkorc1', 'cyp2c9', 'age'].map((name) => found.inputs.get(name)!)
  // The label table takes no age; it is asked for only to refuse children.
  const missing = inputs
    .filter((one) => !one.known && (one.name !== 'age' || one.missing.startsWith('an adult')))
    .map((one) => (one.known ? '' : one.missing))
  const citation: Citation = {
    source: 'FDA',
    title: 'US prescribing information of warfarin, table of expected maintenance doses',
    version: 'label',
    url: 'https://dailymed.nlm.nih.gov/',
    pmids: [],
    pack: facts.pack,
  }
  const equation = 'US label table'
  const notes = [
    'Expected maintenance dose by genotype alone; age, size and other drugs are not in the table.',
    ...found.notes,
  ]
  if (found.cyp2c9.african.length > 0) missing.push(`a row for CYP2C9 ${found.cyp2c9.african.join(' and ')}`)
  const [vkorc1, cyp2c9] = inputs
  if (missing.length > 0 || !vkorc1?.known || !cyp2c9?.known) {
    return { known: false, equation, missing, notes, citation }
  }
  const row = facts.label.find((one) => one.vkorc1 === vkorc1.value && one.cyp2c9 === cyp2c9.value)
  if (row === undefined) throw new Error(`the label table has no row for ${vkorc1.value} ${cyp2c9.value}`)
  return {
    known: true,
    equation,
    value: row.from,
    range: { from: row.from, to: row.to },
    unit: 'mg/day',
    inputs: [vkorc1, cyp2c9].map(inputRow),
    notes,
    citation,
  }
}

/** Factors on the equation's result after CPIC 2017, lowest and highest, and what was done in words. */
function changesOf(
  person: WarfarinPerson,
  { cyp2c9 }: WarfarinInputSet,
  { cpic }: WarfarinFacts,
): { from: number; to: number; notes: string[]; unknown: string[] } {
  const race = person.record.context.race
  const finding = (gene: string) => person.findings.find((one) => one.gene === gene)
  const notes: string[] = []
  const unknown: string[] = []
  let from = 1
  let to = 1
  const lower = (percent: { from: number; to: number }, why: string) => {
    from *= 1 - percent.to / 100
    to *= 1 - percent.from / 100
    notes.push(`CPIC 2017 lowers it by ${percent.from} to ${percent.to} % for ${why}`)
  }
  if (cyp2c9.african.length > 0) {
    const two = cyp2c9.african.length > 1
    const { decreasePercent, decreasePercentTwo } = cpic.cyp2c9African
    lower(two ? decreasePercentTwo : decreasePercent, `CYP2C9 ${cyp2c9.african.join(' and ')}`)
  }
  if (race === cpic.rs12777823.in) {
    const carried = carriesRs12777823(finding('CYP2C9'), cpic.rs12777823)
    if (carried === true) lower(cpic.rs12777823.decreasePercent, 'rs12777823 A')
    if (carried === undefined)
      unknown.push(
        'rs12777823 is not known: with its A allele CPIC 2017 would lower the dose by another 10 to 25 %.',
      )
  } else {
    const carried = carriesCyp4f2(finding('CYP4F2'), cpic.cyp4f2)
    const { increasePercent } = cpic.cyp4f2
    if (carried === true) {
      from *= 1 + increasePercent.from / 100
      to *= 1 + increasePercent.to / 100
      notes.push(
        `CPIC 2017 optionally raises it by ${increasePercent.from} to ${increasePercent.to} % for CYP4F2 (${cpic.cyp4f2.rsid})`,
      )
    }
    if (carried === undefined)
      unknown.push(
        `CYP4F2 is not known: with ${cpic.cyp4f2.rsid} CPIC 2017 would optionally raise the dose by 5 to 10 %.`,
      )
  }
  return { from, to, notes, unknown }
}

function africanUntested(
  person: WarfarinPerson,
  { cyp2c9 }: WarfarinInputSet,
  { cpic }: WarfarinFacts,
): { missing: string; note: string } | undefined {
  const { alleles, mustBeTestedIn } = cpic.cyp2c9African
  if (person.record.context.race !== mustBeTestedIn || cyp2c9.africanTested) return undefined
  return {
    missing: `CYP2C9 ${alleles.join(', ')}`,
    note: `CPIC 2017: with African ancestry, and CYP2C9 ${alleles.join(', ')} not tested, dose without the genotype.`,
  }
}

function cautions(
  equation: DoseEquation,
  person: WarfarinPerson,
  found: WarfarinInputSet,
  facts: WarfarinFacts,
): string[] {
  const race = person.record.context.race
  const notes = [
    'An estimate of the stable maintenance dose for an INR of 2 to 3, not a loading dose; adjust by INR.',
  ]
  if (race === 'black')
    notes.push(
      'The equations were fitted mostly in people of European and East Asian ancestry and predict less well in others.',
    )
  if (race === 'other' && equation.id === 'iwpc')
    notes.push('Ancestry "other" was taken as the equation\'s group of missing or mixed ancestry.')
  const { cyp2c9 } = found
  if (cyp2c9.known && facts.cpic.alternativeFor.includes(cyp2c9.value))
    notes.push(
      `CYP2C9 ${cyp2c9.value} is a poor metabolizer: CPIC 2017 suggests to consider another oral anticoagulant.`,
    )
  const amiodarone = found.inputs.get('amiodarone')!
  if (amiodarone.known && amiodarone.value === 'no' && person.record.context.drugListComplete !== true)
    notes.push('Drugs that are not on the drug list were counted as not taken.')
  return notes
}

function inputRow(input: Input): { name: string; value: string } {
  if (!input.known) throw new Error(`input "${input.name}" is not known`)
  return { name: LABELS[input.name] ?? input.name, value: input.said }
}

function citationOf(equation: DoseEquation, facts: WarfarinFacts): Citation {
  return {
    source: equation.id === 'iwpc' ? 'IWPC' : 'Gage',
    title: equation.publication,
    version: String(equation.year),
    url: equation.url,
    pmids: [equation.pmid, facts.cpic.pmid],
    pack: facts.pack,
  }
}

function oneDecimal(dose: number): number {
  return Math.round(dose * 10) / 10
}
