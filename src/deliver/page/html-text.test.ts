import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { html, htmlText, ownHtml } from './html-text.ts'

test('text is escaped, in content and in attributes', () => {
  const text = `<img src=x onerror="alert('1')">&`
  assert.equal(
    htmlText(html`<p title="${text}">${text}</p>`),
    '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;">&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;</p>',
  )
})

test('what the tag made is not escaped again; lists are joined, undefined is nothing, numbers are printed', () => {
  assert.equal(
    htmlText(html`<ul>${['<', html`<li>${1}</li>`]}${undefined}${ownHtml('<br>')}</ul>`),
    '<ul>&lt;<li>1</li><br></ul>',
  )
})

test('no text can open a tag or close a quote', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[<>"']/.test(htmlText(html`${text}`))))
})
