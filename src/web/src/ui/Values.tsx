import { formatMoney, formatRelative } from './format'

/** An amount in micros. */
export const Money = ({ micros, currency, signed }: { micros: number; currency?: string; signed?: boolean }) => <span className="money">{formatMoney(micros, currency, signed)}</span>

/** A moment as seen from now, with the exact time on hovering. */
export const RelativeTime = ({ at }: { at: string }) => (
  <time dateTime={at} title={new Date(at).toLocaleString()}>
    {formatRelative(at)}
  </time>
)
