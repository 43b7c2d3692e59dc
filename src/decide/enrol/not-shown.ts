/** What is missing of a person, as a reader is told who does not see all of the record: it may be in the other part. */
export function notShownWords(what: string): string {
  const gene = /^(\S+) was not tested for (.+)$/.exec(what)
  if (gene !== null) return `whether ${gene[1]} was tested for ${gene[2]} is not shown to you`
  const every = /^not every gene was tested for (.+)$/.exec(what)
  if (every !== null) return `whether every gene was tested for ${every[1]} is not shown to you`
  const absent = /^no (.+) is reported$/.exec(what) ?? /^(?:the )?(.+) is not recorded$/.exec(what)
  if (absent !== null) return `whether there is a record of ${absent[1]} is not shown to you`
  return `${what}, as far as the record is shown to you`
}
