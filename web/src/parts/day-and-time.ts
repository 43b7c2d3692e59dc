/** Local date and time, to the minute. */
export function dayAndTime(instant: string | undefined): string {
  if (instant === undefined || Number.isNaN(Date.parse(instant))) return 'date not known'
  return new Date(instant).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  })
}
