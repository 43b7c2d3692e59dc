/** Text as GitHub flavoured Markdown shows it unchanged: "*2/*17" must not become an italic "2/". */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, (one) => `\\${one}`)
}

/** A link, or the words alone where there is no address. */
export function link(words: string, url: string | undefined): string {
  return url === undefined || /[\s()<>]/.test(url) ? plain(words) : `[${plain(words)}](${url})`
}
