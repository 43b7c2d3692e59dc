/**
 * Whether a text could be a code of LOINC: a number without leading zero and its Mod 10 check digit, or a part, answer,
 * answer list or group ("LA9633-4"), whose digits are not checked. Source: LOINC Users' Guide, "Check digit".
 */
export function loincFault(code: string): 'shape' | 'check digit' | undefined {
  if (/^(?:LA|LL|LP|LG|MTHU)\d+-\d$/.test(code)) return undefined
  if (!/^[1-9]\d{0,9}-\d$/.test(code)) return 'shape'
  return checkDigitOf(code.slice(0, -2)) === Number(code.at(-1)) ? undefined : 'check digit'
}

/** Mod 10: from the right, every other digit doubled, its digits added up; what is missing to the next ten. */
function checkDigitOf(digits: string): number {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const weighed = i % 2 === 0 ? digit * 2 : digit
    sum += weighed > 9 ? weighed - 9 : weighed
  }
  return (10 - (sum % 10)) % 10
}
