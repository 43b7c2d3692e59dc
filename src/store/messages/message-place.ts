/** What the sealed content of a message is bound to. */
export function messagePlace(id: string): string {
  return `exchange_message ${id}`
}
