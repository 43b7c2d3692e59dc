// The codes of each CPIC text against the text itself, by machine: numbers, words that name an action, and the flags that
// ClinPGx sets by hand on every row. What differs on purpose is listed with its reason.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { codes, codesOf } from '../../../src/knowledge/guideline/codes.ts'
import type { Action, ActionCode } from '../../../src/knowledge/guideline/guideline-rule.ts'
import { CodedText } from '../../../src/knowledge/import/guideline/codebook.ts'
import { textHash } from '../../../src/knowledge/import/guideline/guideline-text.ts'
import { builtInFacts } from '../../support/guideline-facts.ts'
import { needs, sharedData } from '../../support/shared-data.ts'

const ROWS = 'pgx/guidance/recommendations.jsonl'
const facts = builtInFacts('cpic@2024-01')
const list = codes(facts)

interface Row {
  readonly source: string
  readonly text: string
  readonly dosingInformation: boolean
  readonly alternateDrugAvailable: boolean
}

interface Coded {
  readonly hash: string
  readonly row: Row
  readonly actions: readonly Action[]
}

function codedTexts(): Coded[] {
  const rows = readFileSync(sharedData(ROWS)!, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
  const byHash = new Map(
    rows.filter((row) => row.source === 'CPIC').map((row) => [textHash(row.text), row] as const),
  )
  return facts
    .pack('cpic')
    .text('codebook.jsonl')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const coded = CodedText.parse(JSON.parse(line))
      const row = byHash.get(coded.textSha256)
      assert.ok(row !== undefined, `${coded.textSha256} is not a text of the release`)
      return {
        hash: coded.textSha256,
        row,
        actions: [...coded.actions, ...(coded.considerations ?? [])],
      }
    })
}

const has = (actions: readonly Action[], ...wanted: ActionCode[]): boolean =>
  actions.some(({ code }) => wanted.includes(code))

/** Names and references that contain digits but give no amount. */
const NOT_AMOUNTS = [
  /\(?PMIDs?:?[\s\d,+J]*\)?/g,
  /see (Table|Figure)[^)]*\)/g,
  /CYP2C19\*1\/\*17|UGT1A1\*80|HLA-[AB]\*\d+:\d+|\*\d+(:\d+)?/g,
  /CYP\w+|c\.2846A>T|P2Y12|5-fluorouracil|5-FU|B75|mg\/m2/g,
  /NUDT15|SLCO1B1|ABCG2|G6PD|RYR1|CACNA1S|MT-RNR1|UGT1A1/g,
]

/** Numbers of the codes: in doses, spans and levels, and in the English of coded words. */
function numbersOf(actions: readonly Action[]): Set<number> {
  const found = new Set<number>()
  const walk = (value: unknown): void => {
    if (typeof value === 'number') found.add(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk)
  }
  walk(actions)
  const used = codesOf({ actions: [...actions], effects: [], population: { code: 'general' } })
  for (const [kind, code] of used) {
    const said = `${code} ${list.word(kind, code)?.english ?? ''}`
    for (const number of said.match(/\d+(\.\d+)?/g) ?? []) found.add(Number(number))
  }
  return found
}

/** "25% reduction" is 75% of the standard, "50% more" is 150%, "10-fold less" is 10%, "1.5 times" is 150%. */
function isCoded(number: number, coded: ReadonlySet<number>): boolean {
  return [number, 100 - number, 100 + number, 100 * number, 100 / number].some((one) => coded.has(one))
}

/** Numbers left out on purpose: a study's sampling time, a predictive value, a second strength of pills, a list's "(2)". */
const BACKGROUND =
  /1 to 1\.5 hours after dosing in PMs|100% negative predictive value|400 mg\/day or 200 mg\/day in a multidrug regimen|\(2\) Treating/g

/** The one text that is no recommendation: how to write a copy number. */
const COPY_NUMBER_HELP = '799035c52e0e687c'

test('every number of a text is in its codes', { skip: needs(ROWS) }, () => {
  const texts = codedTexts().filter(({ hash }) => hash !== COPY_NUMBER_HELP)
  const lost = texts.flatMap(({ hash, row, actions }) => {
    const amounts = NOT_AMOUNTS.reduce(
      (text, pattern) => text.replace(pattern, ' '),
      row.text.replace(BACKGROUND, ''),
    )
    const coded = numbersOf(actions)
    return (amounts.match(/\d+(\.\d+)?/g) ?? [])
      .filter((number) => !isCoded(Number(number), coded))
      .map((number) => `${hash}: ${number}`)
  })
  assert.equal(texts.length, 346)
  assert.deepEqual(lost, [])
})

test('texts that tell to avoid, to choose another drug, to reduce or to monitor have such a code', {
  skip: needs(ROWS),
}, () => {
  const missing = codedTexts().flatMap(({ hash, row, actions }) => {
    const main = row.text.split('Other Considerations')[0]!
    const said = JSON.stringify(actions)
    return [
      /(?<!no need to |reason to )\bavoid\b|contraindicated|not recommended|do not use/i.test(main) &&
        !has(actions, 'AVOID', 'CONTRAINDICATED', 'AVOID_COMEDICATION') &&
        'avoid',
      /alternative (?!agents are not available)/i.test(main) &&
        !has(actions, 'ALTERNATIVE', 'AVOID', 'CONTRAINDICATED') &&
        'alternative',
      /reduc|lower (starting|maintenance)|decreased dose/i.test(main) &&
        !has(actions, 'DOSE_DECREASE', 'DOSE_SET', 'LIMIT_DOSE') &&
        'reduce',
      /(increase|increasing|higher) (starting|daily|target|maintenance|dose)/i.test(main) &&
        !has(actions, 'DOSE_INCREASE') &&
        'increase',
      /monitor/i.test(main) && !/monitor|concentration/.test(said) && 'monitor',
    ]
      .filter((one) => one !== false)
      .map((one) => `${hash}: ${one}`)
  })
  assert.deepEqual(missing, [])
})

/** ClinPGx flags that differ from our codes, and why ours stand. */
const FLAGS_DIFFER: Readonly<Record<string, string>> = {
  ce2a1508fff6c93d: 'adding a non-statin drug is coded as an alternative',
  '5ca615a96f8e7a7a': 'adding a non-statin drug is coded as an alternative',
  '38bdc380b37d96e2': 'adding a non-statin drug is coded as an alternative',
  e6552a5396380900: 'adding a non-statin drug is coded as an alternative',
  eb99b61fa04412f0: 'adding a non-statin drug is coded as an alternative',
  '719d78e3383295c2': 'another opioid only if there is no response',
  '1c071ce484448ab8': 'another opioid only if there is no response',
  '26317313b922d3af': 'another opioid only if there is no response',
  eb0e2ef83954b799: 'another opioid only if there is no response',
  '493efef974e53889': 'the flag misses the malaria doses that the text gives',
}

test('doses and alternatives agree with the flags that ClinPGx sets', { skip: needs(ROWS) }, () => {
  const differing = codedTexts()
    .filter(({ row, actions }) => {
      const dose = has(actions, 'DOSE_DECREASE', 'DOSE_INCREASE', 'DOSE_SET', 'LIMIT_DOSE')
      const other = has(actions, 'ALTERNATIVE', 'AVOID', 'CONTRAINDICATED')
      const titrated = row.dosingInformation && has(actions, 'TITRATE')
      return (dose || titrated) !== row.dosingInformation || other !== row.alternateDrugAvailable
    })
    .map(({ hash }) => hash)
  assert.deepEqual(differing.sort(), Object.keys(FLAGS_DIFFER).sort())
})
