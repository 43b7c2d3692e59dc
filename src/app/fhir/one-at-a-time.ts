const last = new Map<string, Promise<unknown>>()

/**
 * Lets works under one name, as the conditional ones of a tenant, run one after another in this process: between looking
 * whether something is there and creating it, nobody else may look. Between processes the guards of the store remain:
 * identifiers of people are unique there, and a registration is refused when somebody of that birth date came meanwhile.
 */
export async function oneAtATime<T>(name: string, work: () => Promise<T>): Promise<T> {
  const before = last.get(name) ?? Promise.resolve()
  const mine = before.then(work, work)
  const settled = mine.catch(() => undefined)
  last.set(name, settled)
  try {
    return await mine
  } finally {
    if (last.get(name) === settled) last.delete(name)
  }
}
