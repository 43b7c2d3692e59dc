/** "1 record", "2,041 records"; for nouns that take an s. */
export function howMany(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
