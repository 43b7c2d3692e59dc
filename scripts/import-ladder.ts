/** Which floors of src/ a floor may import (docs/journey.md, docs/decisions/0001); every floor may import itself, and app all of them. */
export const LADDER: Readonly<Record<string, readonly string[]>> = {
  terms: [],
  variant: ['terms'],
  record: ['terms'],
  knowledge: ['terms'],
  intake: ['terms', 'variant', 'record'],
  store: ['terms', 'record'],
  safeguard: ['terms', 'record', 'knowledge'],
  fhir: ['terms', 'variant', 'record', 'knowledge'],
  interpret: ['terms', 'variant', 'record', 'knowledge'],
  decide: ['terms', 'record', 'knowledge', 'interpret/finding'],
  deliver: ['terms', 'variant', 'record', 'decide', 'interpret/finding'],
}
