/** A place on Earth in degrees, WGS84. */
export interface Position {
  readonly latitude: number
  readonly longitude: number
}

/** Somewhere a trial is done. What is left out is unknown. */
export interface TrialSite {
  readonly name: string
  /** In the words of the source; `accrualOf` reads it. */
  readonly status?: string
  readonly city?: string
  readonly state?: string
  readonly postalCode?: string
  readonly country?: string
  readonly position?: Position
}

/** Mean radius of the Earth, km (IUGG). */
const RADIUS = 6371.0088

/** Great-circle distance in kilometres (haversine); within 0.6 % of the distance on the ellipsoid. */
export function kilometresBetween(from: Position, to: Position): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const half = (angle: number) => Math.sin(angle / 2) ** 2
  const lat = radians(to.latitude - from.latitude)
  const lon = radians(to.longitude - from.longitude)
  const part = half(lat) + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * half(lon)
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(part)))
}
