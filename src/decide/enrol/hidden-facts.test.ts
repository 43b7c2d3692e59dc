import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInFacts } from '../../../test/trials/matchminer-run.ts'
import { oncoTree } from '../../knowledge/tumor/oncotree.ts'
import type { Alteration, AlterationKind, Assay, Candidate } from '../../record/candidate.ts'
import type { AlterationLeaf, Criterion } from './criterion.ts'
import { Program } from './program.ts'
import { VERDICT_WORDS, type Verdict } from './ruling.ts'

// Whoever knows less may answer "unknown", never otherwise than who knows all. People of whom everything is known, the same
// people with facts hidden, and criteria of every shape, drawn from one seed.

const tree = oncoTree(builtInFacts())
let state = 20_260_101
const random = () => {
  state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
  return ((state >>> 4) & 0xff_ffff) / 0x100_0000
}
const chance = (share: number) => random() < share
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!

const GENES = ['KRAS', 'EGFR', 'ALK', 'EML4', 'TP53']
const KINDS: readonly AlterationKind[] = ['mutation', 'copy-number', 'fusion']
const CHANGES = ['p.G12C', 'p.G12D', 'p.V600E', 'p.R132*']
const CLASSES = ['Missense_Mutation', 'Nonsense_Mutation', 'In_Frame_Del']
const COPIES = ['high-amplification', 'gain', 'homozygous-deletion', 'heterozygous-deletion'] as const
const MARKERS: Readonly<Record<string, readonly string[]>> = {
  'mismatch-repair': ['deficient', 'proficient'],
  her2: ['positive', 'negative', 'low'],
  hiv: ['positive', 'negative'],
}
const DRUGS = ['osimertinib', 'cisplatin', 'pembrolizumab']
const BOUNDS = ['>=', '<=', '<', '>'] as const

function alteration(): Alteration {
  const [kind, gene] = [pick(KINDS), pick(GENES)]
  if (kind === 'mutation')
    return {
      kind,
      gene,
      proteinChange: pick(CHANGES),
      classification: pick(CLASSES),
      exon: 1 + Math.floor(random() * 3),
    }
  return kind === 'copy-number'
    ? { kind, gene, copyNumber: pick(COPIES) }
    : { kind, gene, partner: chance(0.2) ? null : pick(GENES) }
}

const WHOLE: Assay = { name: 'all', genes: 'all', finds: new Set(KINDS) }

function known(): Candidate {
  return {
    id: 'p',
    birthDate: pick(['2002-01-01', '2001-12-31', '1960-05-05', '2002-01-02']),
    sex: pick(['female', 'male']),
    diagnosis: pick(['LUAD', 'LUSC', 'COAD', 'AML', 'IDC', 'SKCM']),
    alterations: Array.from({ length: Math.floor(random() * 5) }, alteration),
    assays: [WHOLE],
    markers: Object.fromEntries(Object.entries(MARKERS).map(([name, values]) => [name, pick(values)])),
    burden: Math.floor(random() * 20),
    treatments: DRUGS.filter(() => chance(0.4)).map((drug) => ({
      drug,
      until: pick(['2019-12-20', '2019-01-01']),
    })),
    treatmentsComplete: true,
    labs: [{ test: 'ALT', value: Math.floor(random() * 100), unit: 'U/L', upperLimit: 40 }],
    ecog: Math.floor(random() * 4),
    priorLines: Math.floor(random() * 4),
  }
}

function without<T extends object>(value: T, ...fields: readonly (keyof T)[]): T {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !fields.includes(key as keyof T))) as T
}

function hidden(person: Candidate): Candidate {
  const assays = Array.from(
    { length: Math.floor(random() * 3) },
    (_, i): Assay => ({
      name: `panel ${i}`,
      genes: chance(0.3) ? 'all' : new Set(GENES.filter(() => chance(0.5))),
      finds: new Set(KINDS.filter(() => chance(0.6))),
      ...(chance(0.2) ? { plasma: true } : {}),
    }),
  )
  const sees = (gene: string | null | undefined, kind: AlterationKind) =>
    typeof gene === 'string' &&
    assays.some(
      (one) => one.plasma !== true && one.finds.has(kind) && (one.genes === 'all' || one.genes.has(gene)),
    )
  // What an assay covers it reports, by gene; how it describes the change is another matter.
  const alterations = person.alterations
    .filter(({ gene, partner, kind }) => sees(gene, kind) || sees(partner, kind) || chance(0.4))
    .map((one) => {
      const fields = (['proteinChange', 'classification', 'exon', 'copyNumber'] as const).filter(() =>
        chance(0.2),
      )
      const described = without(one, ...fields)
      const parted = sees(one.partner, one.kind) || chance(0.8) ? described : without(described, 'partner')
      return chance(0.06) ? { ...parted, origin: 'unstated' as const } : parted
    })
  const gone = (['sex', 'diagnosis', 'burden', 'labs', 'ecog', 'priorLines', 'birthDate'] as const).filter(
    () => chance(0.25),
  )
  const complete = chance(0.5)
  const partial: Candidate = {
    ...person,
    assays,
    alterations,
    birthDate: person.birthDate!.slice(0, pick([4, 7, 10])),
    diagnosis: chance(0.4)
      ? pick([...tree.lineage(tree.find(person.diagnosis!)!.code)].filter((code) => code !== 'TISSUE'))
      : person.diagnosis!,
    markers: Object.fromEntries(Object.entries(person.markers).filter(() => chance(0.6))),
    treatmentsComplete: complete,
    treatments: person
      .treatments!.filter(() => complete || chance(0.7))
      .map((one) => (chance(0.3) ? without(one, 'until') : one)),
    priorLinesAtLeast: Math.floor(random() * (person.priorLines! + 1)),
  }
  return without(partial, ...gone)
}

function altered(): AlterationLeaf {
  const kind = pick(KINDS)
  const gene = chance(0.1) ? 'any' : pick(GENES)
  if (chance(0.4)) return { kind: 'alteration', gene, of: KINDS.filter((one) => one === kind || chance(0.4)) }
  if (kind === 'copy-number') return { kind: 'alteration', gene, of: [kind], copyNumber: pick(COPIES) }
  if (kind === 'fusion')
    return { kind: 'alteration', gene, of: [kind], partner: pick(['any', 'intergenic', ...GENES]) }
  const detail = pick([
    { proteinChange: pick(CHANGES) },
    { residue: pick(['p.G12', 'p.V600', 'p.R132']) },
    { classification: pick(CLASSES) },
    { exon: 1 + Math.floor(random() * 3) },
  ])
  return { kind: 'alteration', gene, of: [kind], ...detail }
}

function leaf(): Criterion {
  const comparison = pick(BOUNDS)
  return pick<() => Criterion>([
    altered,
    altered,
    altered,
    () => ({ kind: 'wild-type', gene: pick(GENES) }),
    () => {
      const code = pick(['LUAD', 'NSCLC', 'LUNG', 'COAD', 'AML', 'BREAST', 'SKCM'])
      return { kind: 'diagnosis', name: code, in: pick(['solid', 'liquid', { code }, { code }] as const) }
    },
    () => {
      const marker = pick(Object.keys(MARKERS))
      return { kind: 'marker', marker, values: [pick(MARKERS[marker]!)] }
    },
    () => ({ kind: 'burden', comparison, perMegabase: 10 }),
    () => ({ kind: 'treated', drug: pick(DRUGS), ...(chance(0.3) ? { withinDays: 30 } : {}) }),
    () => ({
      kind: 'lab',
      test: 'ALT',
      comparison,
      ...pick([
        { value: 1.5, unit: 'ULN' },
        { value: 50, unit: 'U/L' },
      ]),
    }),
    () => ({ kind: 'performance', comparison, ecog: 1 }),
    () => ({ kind: 'age', comparison: pick(['==', comparison]), years: 18 }),
    () => ({ kind: 'lines', comparison, count: 2 }),
  ])()
}

function criterion(depth: number): Criterion {
  if (depth === 0 || chance(0.35)) return leaf()
  const kind = pick(['all', 'any', 'not'] as const)
  if (kind === 'not') return { kind, of: criterion(depth - 1) }
  return { kind, of: Array.from({ length: 1 + Math.floor(random() * 3) }, () => criterion(depth - 1)) }
}

test('what is not known never turns an answer around, and the index passes over nothing that is open', () => {
  let decided = 0
  for (let round = 0; round < 40; round++) {
    const criteria = Array.from({ length: 25 }, () => criterion(3))
    const clauses = criteria.map((one, i) => ({
      protocol: `t${i}`,
      path: '',
      level: 'trial' as const,
      code: '',
      suspended: false,
      criterion: one,
    }))
    const program = new Program(clauses, { tree, today: '2020-01-01' })
    const verdicts = (person: Candidate): readonly Verdict[] => {
      program.take(person)
      const all: Verdict[] = []
      program.evaluateAll((clause, verdict) => {
        all[clause] = verdict
      })
      const found = new Set<number>()
      program.search((clause) => found.add(clause))
      for (const [i, verdict] of all.entries())
        assert.equal(found.has(i), verdict !== 0, JSON.stringify(criteria[i]))
      return all
    }
    for (let one = 0; one < 8; one++) {
      const person = known()
      const truth = verdicts(person)
      for (let again = 0; again < 4; again++) {
        const partial = hidden(person)
        for (const [i, verdict] of verdicts(partial).entries()) {
          if (verdict === 1 || truth[i] === 1) continue
          decided++
          assert.equal(
            VERDICT_WORDS[verdict],
            VERDICT_WORDS[truth[i]!],
            JSON.stringify({ criterion: criteria[i], person, partial }),
          )
        }
      }
    }
  }
  assert.ok(decided > 10_000, `${decided} answers were decided`)
})
