/** Version of the engine; printed on every answer. Equals the version in package.json (a test holds them together). */
export const VERSION = '0.1.0'
