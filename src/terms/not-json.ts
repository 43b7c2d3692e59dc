/**
 * Why a text, from the character `start` on, is no JSON, with the place in the text where it is known; `error` is what
 * JSON.parse threw. Quotes nothing of the text.
 */
export function notJson(error: unknown, text: string, start = 0): string {
  const message = error instanceof Error ? error.message : ''
  if (text.trim() === '') return 'it is empty'
  if (/end of JSON input/.test(message)) return 'it is not JSON: it ends before it is complete'
  const at = /at position (\d+)/.exec(message)?.[1]
  if (at === undefined) return 'it is not JSON'
  const before = text.slice(0, start + Number(at)).split('\n')
  return `it is not JSON from line ${before.length}, column ${before.at(-1)!.length + 1} on`
}
