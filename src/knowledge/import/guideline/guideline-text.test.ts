import assert from 'node:assert/strict'
import { test } from 'node:test'
import { htmlText, mainText, plainText, textHash } from './guideline-text.ts'

test('a hash is the first 16 hex digits of SHA-256', () => {
  assert.equal(textHash('abc'), 'ba7816bf8f01cfea')
})

test('plain text forgets line breaks and repeated blanks, not words', () => {
  assert.equal(plainText(' start at\n\n 50% '), 'start at 50%')
  assert.notEqual(plainText('start at 50%'), plainText('start at 5 0%'))
})

test('the recommendation ends where "Other Considerations" begins', () => {
  assert.equal(mainText('Avoid use\nOther Considerations\nRare.'), 'Avoid use\n')
  assert.equal(mainText('Avoid use'), 'Avoid use')
})

for (const [html, text] of [
  ['<p>Avoid use</p>\n', 'Avoid use'],
  ['<p>dose &lt;20&nbsp;mg/day &amp; watch</p>', 'dose <20 mg/day & watch'],
  ['<p>A</p>\n<h4 id="x">Other Considerations</h4>\n<p>B</p>\n', 'A\nOther Considerations\nB'],
  ['one<br/>two', 'one\ntwo'],
  ['&#8805;3 and &#x2265;4', '≥3 and ≥4'],
  ['&unheard;', '&unheard;'],
] as const) {
  test(`HTML ${JSON.stringify(html)} reads ${JSON.stringify(text)}`, () => assert.equal(htmlText(html), text))
}
