import { Badge } from '../ui/Card'
import { formatShare } from '../ui/format'
import type { SuspicionKind } from './gql/graphql'

export const suspicionNames: Record<SuspicionKind, string> = {
  RANDOM_CLICKING: 'Random clicking',
  CLASS_BIAS: 'One label too often',
  TOO_FAST: 'Too fast',
  FAILS_GOLD: 'Fails gold',
  COLLUSION: 'Collusion',
}

/** What may be wrong, the strongest first; nothing found is said too. */
export function SuspicionBadges({ suspicions }: { suspicions: readonly { kind: SuspicionKind; score: number }[] }) {
  if (suspicions.length === 0) return <span className="muted">none</span>
  const strongest = new Map<SuspicionKind, number>()
  for (const s of suspicions) strongest.set(s.kind, Math.max(strongest.get(s.kind) ?? 0, s.score))
  return (
    <span className="row">
      {[...strongest].map(([kind, score]) => (
        <Badge key={kind} tone={score >= 0.9 ? 'bad' : 'warning'}>
          {suspicionNames[kind]} {formatShare(score)}
        </Badge>
      ))}
    </span>
  )
}
