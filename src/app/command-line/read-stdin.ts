/** One line of standard input, without its end: how a secret is handed over, which never stands in a command line. */
export async function lineOfInput(
  input: AsyncIterable<Uint8Array | string> = process.stdin,
): Promise<string> {
  let text = ''
  for await (const chunk of input) {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')
    if (text.length > 1_000_000) break
  }
  return text.replace(/\r?\n[\s\S]*$/, '')
}
