import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '../../src/terms/fault.ts'
import { formatHgvs } from '../../src/variant/hgvs/format.ts'
import { parseHgvs } from '../../src/variant/hgvs/parse.ts'
import { needs } from '../support/shared-data.ts'
import { RULES } from './grammar-rules.ts'
import { sharedLines } from './shared-lines.ts'

const HERE = 'reference/hgvs'

const lines = (file: string) => sharedLines(`${HERE}/${file}`)

/** What the peer's rule answers is no text, or it adds a "Ter" that HGVS does not ask for ("Arg97fs"). */
const OTHER_FORM = /^\((u'|None)|^None$|^[\d?]+$/

test('every row of the grammar table of biocommons/hgvs', { skip: needs(HERE) }, () => {
  let seen = 0
  for (const line of lines('grammar_test.tsv').slice(1)) {
    if (line.startsWith('#')) continue
    const [name, inputs = '', valid = '', kind, expected = ''] = line.split('\t')
    const split = (text: string) =>
      kind === 'list' ? text.split('|') : kind === 'string' ? [...text] : [text]
    const rule = RULES[name!]
    assert.ok(rule, `no rule ${name}`)
    const wanted = expected === '' ? [] : split(expected)
    split(inputs).forEach((text, i) => {
      seen++
      if (valid.toLowerCase() === 'false') {
        assert.throws(() => rule(text), Error, `${name} takes "${text}"`)
        return
      }
      const written = rule(text)
      const form = wanted[i]
      if (form === undefined || OTHER_FORM.test(form) || written === form) return
      assert.equal(form, `${written}Ter`, `${name} "${text}"`)
    })
  }
  assert.ok(seen > 700, `${seen} inputs`)
})

test('every expression of the gauntlet is read, and its written form is stable', {
  skip: needs(HERE),
}, () => {
  for (const text of lines('gauntlet').filter((line) => !line.startsWith('#'))) {
    const written = formatHgvs(parseHgvs(text))
    assert.equal(formatHgvs(parseHgvs(written)), written)
  }
})

test('what the peer rejects is refused by name', { skip: needs(HERE) }, () => {
  for (const line of lines('reject')) {
    assert.throws(
      () => parseHgvs(line.replace(/^#/, '').split('\t')[0]!),
      (error) => error instanceof Fault && error.code === 'HGVS_SYNTAX',
    )
  }
})

test('expressions of ClinVar and of a laboratory are read and their written form is stable', {
  skip: needs(HERE),
}, () => {
  const clinvar = lines('clinvar-hgvs.tsv.gz')
    .slice(1)
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => line.split('\t')[2]!.split(' '))
  // "g.1-?_2+?dup": a genomic position has no intron to lie in.
  const random = lines('random-vars.txt.gz').filter((text) => !/:g\.\d+-\?_/.test(text))
  for (const text of [...clinvar, ...random]) {
    const written = formatHgvs(parseHgvs(text))
    assert.equal(formatHgvs(parseHgvs(written)), written, text)
  }
})
