/** "38 in 100", "less than 1 in 100". */
export function shareWords(share: number): string {
  if (share > 0 && share < 0.01) return 'less than 1 in 100'
  return `${Math.round(share * 100)} in 100`
}
