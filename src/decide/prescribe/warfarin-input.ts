import type { PgxFinding } from '../../interpret/finding.ts'
import type { WarfarinFacts } from '../../knowledge/guideline/dose-equation.ts'
import type { Measurement, PatientRecord } from '../../record/patient-record.ts'
import { Fault } from '../../terms/fault.ts'
import { ageOn } from '../age.ts'
import type { InputValue } from './dose-equation.ts'
import { type Cyp2c9, cyp2c9Of, vkorc1Of } from './warfarin-genotype.ts'

/** What is known of the person who may get warfarin. */
export interface WarfarinPerson {
  readonly record: PatientRecord
  readonly findings: readonly PgxFinding[]
  /** Lower-case generic names of the drugs that count as taken. */
  readonly taken: readonly string[]
  /** YYYY-MM-DD. */
  readonly asOf: string
}

/** One input of an equation as it was found, or what is missing. */
export type Input =
  | { readonly known: true; readonly name: string; readonly value: InputValue; readonly said: string }
  | { readonly known: false; readonly name: string; readonly missing: string }

/** Every input that some equation asks for, and the genotype behind them. */
export interface WarfarinInputSet {
  readonly inputs: ReadonlyMap<string, Input>
  readonly cyp2c9: Cyp2c9
  readonly notes: readonly string[]
}

/**
 * Throws WARFARIN_INPUT_IMPLAUSIBLE for a number that cannot be meant, such as a height in metres.
 * `name` is "age" (years), "height" (cm), "weight" (kg) or "target-inr".
 */
export function plausible(name: string, value: number, facts: WarfarinFacts): number {
  const limits = facts.inputs.plausible[name]
  if (limits === undefined) throw new Error(`no plausible limits for "${name}"`)
  if (!Number.isFinite(value) || value < limits.from || value > limits.to) {
    const unit = limits.unit === '' ? '' : ` ${limits.unit}`
    throw new Fault(
      'WARFARIN_INPUT_IMPLAUSIBLE',
      name,
      `${name} ${value}${unit} is outside ${limits.from} to ${limits.to}${unit}`,
      `Correct it, or send it in the right unit${unit === '' ? '' : ` (${limits.unit})`}.`,
    )
  }
  return value
}

/** Collects the inputs. Nothing is assumed: what nobody said is missing, by name. */
export function warfarinInputs(person: WarfarinPerson, facts: WarfarinFacts): WarfarinInputSet {
  const { record, taken } = person
  const of = (gene: string) => person.findings.find((one) => one.gene === gene)
  const vkorc1 = vkorc1Of(of('VKORC1'), facts.inputs)
  const cyp2c9 = cyp2c9Of(of('CYP2C9'), facts.inputs, facts.cpic.cyp2c9African)
  const found: Input[] = [ageInput(person, facts)]
  found.push(measured('height', record.measurements, facts), measured('weight', record.measurements, facts))
  found.push(
    vkorc1.known
      ? { known: true, name: 'vkorc1', value: vkorc1.value, said: vkorc1.said }
      : { known: false, name: 'vkorc1', missing: vkorc1.missing },
  )
  found.push(
    cyp2c9.known
      ? { known: true, name: 'cyp2c9', value: cyp2c9.value, said: cyp2c9.said }
      : { known: false, name: 'cyp2c9', missing: cyp2c9.missing },
  )
  const { context } = record
  found.push(state('race', context.race, 'self-reported ancestry (white, black, asian or other)'))
  const listGiven = context.drugListComplete === true || record.drugs.some((drug) => drug.status === 'taking')
  const takes = (names: readonly string[]): boolean | undefined =>
    names.some((name) => taken.includes(name)) ? true : listGiven ? false : undefined
  found.push(
    yesNo('amiodarone', takes(facts.inputs.amiodarone), 'whether amiodarone is taken'),
    yesNo(
      'enzyme-inducer',
      takes(facts.inputs.enzymeInducers),
      'whether carbamazepine, phenytoin or rifampin is taken',
    ),
    yesNo('smoker', context.smoker, 'smoking'),
    yesNo(
      'venous-thromboembolism',
      context.indications?.includes(facts.inputs.venousThromboembolism),
      'whether the indication is deep vein thrombosis or pulmonary embolism',
    ),
    context.targetInr === undefined
      ? { known: false, name: 'target-inr', missing: 'target INR' }
      : checked('target-inr', context.targetInr, '', facts),
  )
  const inputs = new Map(found.map((one) => [one.name, one]))
  for (const one of derived(inputs, facts)) inputs.set(one.name, one)
  const notes = [...(vkorc1.known ? vkorc1.notes : []), ...(cyp2c9.known ? cyp2c9.notes : [])]
  return { inputs, cyp2c9, notes }
}

function ageInput({ record, asOf }: WarfarinPerson, facts: WarfarinFacts): Input {
  const measuredAge = record.measurements.findLast((one) => one.kind === 'age')?.value
  const span = record.birthDate === undefined ? undefined : ageOn(record.birthDate, asOf)
  const age = span !== undefined && span.from === span.to ? span.from : measuredAge
  if (age === undefined) {
    const partial =
      span === undefined
        ? ''
        : ` (the birth date ${record.birthDate} leaves ${span.from} or ${span.to} years)`
    return { known: false, name: 'age', missing: `age${partial}` }
  }
  if (age < facts.inputs.adultFrom) {
    return {
      known: false,
      name: 'age',
      missing: `an adult (the equations were not fitted in children; age ${age})`,
    }
  }
  return checked('age', age, 'years', facts)
}

function measured(name: 'height' | 'weight', all: readonly Measurement[], facts: WarfarinFacts): Input {
  const last = all.findLast((one) => one.kind === name)
  if (last === undefined) return { known: false, name, missing: name }
  return checked(name, last.value, name === 'height' ? 'cm' : 'kg', facts)
}

function checked(name: string, value: number, unit: string, facts: WarfarinFacts): Input {
  try {
    plausible(name, value, facts)
    return { known: true, name, value, said: unit === '' ? String(value) : `${value} ${unit}` }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { known: false, name, missing: `a plausible ${name} (${error.what})` }
  }
}

function state(name: string, value: string | undefined, missing: string): Input {
  return value === undefined ? { known: false, name, missing } : { known: true, name, value, said: value }
}

function yesNo(name: string, value: boolean | undefined, missing: string): Input {
  return state(name, value === undefined ? undefined : value ? 'yes' : 'no', missing)
}

/** Numbers that follow from other inputs; one that cannot be worked out is missing what those miss. */
function derived(inputs: ReadonlyMap<string, Input>, facts: WarfarinFacts): Input[] {
  const from = (name: string, bases: readonly string[], make: (values: InputValue[]) => number): Input => {
    const parts = bases.map((base) => inputs.get(base)!)
    const lacking = parts.find((part) => !part.known)
    if (lacking !== undefined && !lacking.known) return { ...lacking, name }
    const value = make(parts.map((part) => (part.known ? part.value : 0)))
    return { known: true, name, value, said: String(value) }
  }
  const { factor, weightPower, heightPower } = facts.inputs.bodySurface
  const count = (pair: InputValue | undefined, allele: string) =>
    String(pair)
      .split('/')
      .filter((one) => one === allele).length
  return [
    from('age-decades', ['age'], ([age]) => Math.floor(Number(age) / 10)),
    from(
      'body-surface',
      ['weight', 'height'],
      ([weight, height]) => factor * Number(weight) ** weightPower * Number(height) ** heightPower,
    ),
    from('vkorc1-a-alleles', ['vkorc1'], ([pair]) => String(pair).replaceAll('G', '').length),
    from('cyp2c9-2-alleles', ['cyp2c9'], ([pair]) => count(pair, '*2')),
    from('cyp2c9-3-alleles', ['cyp2c9'], ([pair]) => count(pair, '*3')),
  ]
}
