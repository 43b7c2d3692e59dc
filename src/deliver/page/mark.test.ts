import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOOKS, markOf } from './mark.ts'

for (const [state, severity, mark] of [
  ['answered', 'critical', 'critical'],
  ['answered', 'warning', 'warning'],
  ['answered', 'none', 'none'],
  ['partial', 'warning', 'warning'],
  ['partial', 'info', 'info'],
  ['partial', 'none', 'unknown'],
  ['unknown', 'none', 'unknown'],
  ['unknown', 'info', 'unknown'],
  ['no-guideline', 'none', 'no-guideline'],
] as const) {
  test(`a drug that is ${state} with severity ${severity} is marked ${mark}`, () => {
    assert.equal(markOf({ state, severity }), mark)
  })
}

/** Relative luminance and contrast, WCAG 2.2. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [r, g, bl] = [1, 3, 5].map((at) => {
      const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * bl!
  }
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}

test('every mark is readable on white and on its own paper (4.5:1)', () => {
  for (const { ink, paper, word } of Object.values(LOOKS)) {
    assert.ok(contrast(ink, '#ffffff') >= 4.5, `${word} on white`)
    assert.ok(contrast(ink, paper) >= 4.5, `${word} on its paper`)
    assert.ok(contrast('#51596a', paper) >= 4.5, `soft text on the paper of ${word}`)
  }
})

test('no two marks share a word or a shape', () => {
  const looks = Object.values(LOOKS)
  assert.equal(new Set(looks.map((look) => look.word)).size, looks.length)
  assert.equal(new Set(looks.map((look) => look.path)).size, looks.length)
})
