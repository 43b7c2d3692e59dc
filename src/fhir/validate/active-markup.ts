const ELEMENT =
  /^(?:!doctype|!entity|(?:script|head|body|form|base|link|iframe|frame|frameset|object|embed|applet)(?![a-z0-9-]))/i
const HANDLER = /[\s"/]on[a-z]+\s*=/i
const SCRIPT_ADDRESS = /(?:href|src)[\s="']*(?:javascript|vbscript):/i

/**
 * Whether a narrative holds what may run or load something when it is shown: a script, form, frame or object, the handler
 * of an event, the address of a script (R4, narrative.html, "Narrative.div"). Markup is cut at "<", which XML allows
 * nowhere inside a tag; quoted values are set aside before the tag's end is looked for.
 */
export function isActive(xhtml: string): boolean {
  return xhtml.split('<').some((part, place) => {
    if (place === 0) return false
    if (ELEMENT.test(part)) return true
    if (!/^[a-z]/i.test(part)) return false
    const bare = part.replace(/"[^"]*"|'[^']*'/g, '""')
    const end = bare.indexOf('>')
    if (HANDLER.test(end < 0 ? bare : bare.slice(0, end))) return true
    return SCRIPT_ADDRESS.test(part)
  })
}
