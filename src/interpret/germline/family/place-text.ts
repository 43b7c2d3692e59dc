/** "chr7:117559590 ATCT>A", as the file has it. */
export function placeText({
  chromosome,
  position,
  ref,
  alt,
}: {
  readonly chromosome: string
  readonly position: number
  readonly ref: string
  readonly alt: string
}): string {
  return `${chromosome}:${position} ${ref}>${alt}`
}
