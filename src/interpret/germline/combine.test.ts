import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { acmgCombining } from '../../knowledge/acmg/combining.ts'
import { Facts } from '../../knowledge/facts.ts'
import { type AcmgClass, CRITERION_CODES, STRENGTHS } from '../finding/germline.ts'
import { type AppliedCriterion, criterionText, isPathogenic, readCriteria } from './applied.ts'
import { classificationOf, statedCriterion } from './classify.ts'
import { combine } from './combine.ts'

const rules = acmgCombining(Facts.find([fileURLToPath(new URL('../../../facts', import.meta.url))]))
const classOf = (text: string, panel?: string) =>
  combine(readCriteria(text, 'test'), rules, panel === undefined ? undefined : rules.panel(panel))

/** Table 5 of Richards 2015, clause by clause, and the nearest list that does not reach it. */
for (const [criteria, expected, clause] of [
  ['PVS1,PS1', 'pathogenic', 'pathogenic (i)(a)'],
  ['PVS1,PM1,PM5', 'pathogenic', 'pathogenic (i)(b)'],
  ['PVS1,PM1,PP3', 'pathogenic', 'pathogenic (i)(c)'],
  ['PVS1,PP1,PP4', 'pathogenic', 'pathogenic (i)(d)'],
  ['PS1,PS3', 'pathogenic', 'pathogenic (ii)'],
  ['PS1,PM1,PM3,PM5', 'pathogenic', 'pathogenic (iii)(a)'],
  ['PS1,PM1,PM3,PP1,PP4', 'pathogenic', 'pathogenic (iii)(b)'],
  ['PS1,PM1,PP1,PP2,PP3,PP4', 'pathogenic', 'pathogenic (iii)(c)'],
  ['PVS1,PM1', 'likely-pathogenic', 'likely pathogenic (i)'],
  ['PS1,PM1', 'likely-pathogenic', 'likely pathogenic (ii)'],
  ['PS1,PP1,PP4', 'likely-pathogenic', 'likely pathogenic (iii)'],
  ['PM1,PM3,PM5', 'likely-pathogenic', 'likely pathogenic (iv)'],
  ['PM1,PM3,PP1,PP4', 'likely-pathogenic', 'likely pathogenic (v)'],
  ['PM1,PP1,PP2,PP3,PP4', 'likely-pathogenic', 'likely pathogenic (vi)'],
  ['BA1', 'benign', 'benign (i)'],
  ['BS1,BS3', 'benign', 'benign (ii)'],
  ['BS1,BP4', 'likely-benign', 'likely benign (i)'],
  ['BP4,BP7', 'likely-benign', 'likely benign (ii)'],
  ['PVS1,PM2_Supporting', 'likely-pathogenic', '9 points'],
  ['PVS1', 'likely-pathogenic', '8 points'],
  ['PS3,PP3', 'uncertain', '5 points'],
  ['BS1', 'likely-benign', '-4 points'],
  ['BP4', 'uncertain', '-1 point'],
  ['', 'uncertain', '0 points'],
] as const) {
  test(`${criteria || 'nothing'} is ${expected} by ${clause}`, () => {
    const { class: is, decidedBy } = classOf(criteria)
    assert.deepEqual([is, decidedBy.clause], [expected, clause])
  })
}

for (const [criteria, panel, expected, clause] of [
  ['PM2_Supporting,BS1,BP4', undefined, 'likely-benign', 'likely benign (i)'],
  ['PM2_Supporting,BP4,BP7', undefined, 'likely-benign', 'likely benign (ii)'],
  ['PS3,BS1,BS2', undefined, 'uncertain', 'strong-on-both-sides'],
  ['PP3,BS1,BS2', undefined, 'benign', '-7 points'],
  ['PP3,BP4,BP7,BP5', undefined, 'uncertain', '-2 points'],
  ['BA1,PVS1', undefined, 'uncertain', 'ba1-contradicted'],
  ['BA1,PP3', undefined, 'benign', 'benign (i)'],
  ['BA1,PVS1', 'GJB2', 'likely-pathogenic', 'ba1-yields-to-pathogenic'],
  ['BS1', 'GCK', 'uncertain', 'lone-strong-benign-is-uncertain'],
  ['BS1,BP4,BP7', 'RUNX1', 'benign', 'strong-and-two-supporting-is-benign'],
  ['PP3,BP4', 'Phenylketonuria VCEP', 'uncertain', 'contradiction-is-uncertain'],
  ['PS1,PS3', 'KCNQ1', 'likely-pathogenic', '8 points'],
  ['BP4', 'KCNQ1', 'uncertain', '-1 point'],
  ['PVS1,PM4', 'F8', 'pathogenic', '10 points'],
  ['BP4', 'SCN1A', 'likely-benign', '-1 point'],
  ['PS1,PS3', 'LDLR', 'pathogenic', 'pathogenic (ii)'],
] as const) {
  test(`contradicted: ${criteria} of ${panel ?? 'nobody'} is ${expected}`, () => {
    const { class: is, decidedBy } = classOf(criteria, panel)
    assert.deepEqual([is, decidedBy.clause], [expected, clause])
  })
}

test('criteria are read as laboratories write them, and what cannot be read is refused', () => {
  const read = (text: string) => readCriteria(text, 't').map(criterionText).join(' ')
  assert.equal(
    read('PVS1_Strong, PM2_Supporting;PP3_Mod | bp4'),
    'PVS1_Strong PM2_Supporting PP3_Moderate BP4',
  )
  assert.equal(read('PS1 PM2 (Supporting)'), 'PS1 PM2_Supporting')
  assert.equal(read('BA1_Stand Alone, PVS1_Very Strong, PM3_VeryStrong'), 'BA1 PVS1 PM3_Very Strong')
  for (const [text, code] of [
    ['PVS2', 'ACMG_CRITERION_UNKNOWN'],
    ['PM2_Hefty', 'ACMG_STRENGTH_UNKNOWN'],
    ['PM2_Stand Alone', 'ACMG_STRENGTH_UNKNOWN'],
    ['PM2, PM2_Supporting', 'ACMG_CRITERION_TWICE'],
  ] as const)
    assert.throws(() => read(text), { code })
})

const ORDER: readonly AcmgClass[] = [
  'benign',
  'likely-benign',
  'uncertain',
  'likely-pathogenic',
  'pathogenic',
]

test('one more criterion of a side never moves an uncontradicted class the other way', () => {
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % below
  }
  const usable = STRENGTHS.filter((one) => one !== 'stand-alone')
  for (let run = 0; run < 3000; run++) {
    const side = CRITERION_CODES.filter((code) => isPathogenic(code) === (run % 2 === 0) && code !== 'BA1')
    const picked = side.filter(() => random(4) === 0)
    const list: AppliedCriterion[] = picked.map((code) => ({ code, strength: usable[random(4)]! }))
    const before = combine(list.slice(1), rules)
    const after = combine(list, rules)
    const step = ORDER.indexOf(after.class) - ORDER.indexOf(before.class)
    assert.ok(run % 2 === 0 ? step >= 0 : step <= 0, list.map(criterionText).join(' '))
  }
})

test('of any panel: one more pathogenic criterion never makes a class more benign, a benign one never more pathogenic', () => {
  let seed = 11
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % below
  }
  const usable = STRENGTHS.filter((one) => one !== 'stand-alone')
  for (let run = 0; run < 20000; run++) {
    const panel = rules.panels[run % rules.panels.length]
    const list: AppliedCriterion[] = CRITERION_CODES.filter(
      (code) => code !== 'BA1' && random(isPathogenic(code) ? 5 : 4) === 0,
    ).map((code) => ({ code, strength: usable[random(4)]! }))
    for (const one of list) {
      const before = combine(
        list.filter((other) => other !== one),
        rules,
        panel,
      )
      const after = combine(list, rules, panel)
      const step = ORDER.indexOf(after.class) - ORDER.indexOf(before.class)
      assert.ok(
        isPathogenic(one.code) ? step >= 0 : step <= 0,
        `${panel?.id}: ${list.map(criterionText).join(' ')} with ${one.code}: ${before.class} to ${after.class}`,
      )
    }
  }
})

test('a classification says what would change it', () => {
  const of = (text: string) =>
    classificationOf(
      readCriteria(text, 't').map((one) => statedCriterion(one, 't')),
      rules,
      undefined,
    )
  const one = of('PVS1,PM2_Supporting')
  assert.deepEqual(one.wouldChange, [
    'one more pathogenic criterion of strength supporting: pathogenic',
    'one more benign criterion of strength strong: uncertain',
    'without PVS1: uncertain',
  ])
  assert.match(of('PP3,BP4').why.join(' '), /Pathogenic and benign evidence meet/)
  assert.deepEqual(one.ruleSet.id, 'acmg-combining')
})

test('a panel whose specification in force is newer: the class by that is told beside, and where they disagree', () => {
  const told = (text: string, panel: string) => {
    const criteria = readCriteria(text, 'test').map((one) => statedCriterion(one, 'test'))
    const { class: is, byNewer, why } = classificationOf(criteria, rules, rules.panel(panel))
    return [is, byNewer?.class, byNewer?.clause, why.some((one) => one.includes('the two disagree'))]
  }
  assert.deepEqual(told('BS1', 'TP53'), ['uncertain', 'likely-benign', '-4 points', true])
  assert.deepEqual(told('BP4', 'TP53'), ['uncertain', 'uncertain', '-1 point', false])
  assert.deepEqual(told('BS1,BP4,BP7', 'RUNX1'), ['benign', 'likely-benign', '-6 points', true])
  assert.deepEqual(told('PS3,PS4', 'DICER1'), ['pathogenic', 'likely-pathogenic', '8 points', true])
  assert.deepEqual(told('BA1', 'DICER1'), ['benign', 'benign', 'benign (i)', false])
  assert.deepEqual(told('PS3,PS4', 'PTEN'), ['pathogenic', undefined, undefined, false])
})

test('a class of somebody else is told as such where it was given', () => {
  const of = (text: string) =>
    classificationOf(
      readCriteria(text, 'test').map((one) => statedCriterion(one, 'test')),
      rules,
      undefined,
    ).why.join(' ')
  assert.match(of('PM2, PP5'), /PP5 counts because it was given.*advises not to use/)
  assert.doesNotMatch(of('PM2, PP4'), /advises not to use/)
})
