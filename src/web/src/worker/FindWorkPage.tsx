import { useDeferredValue, useState } from 'react'
import { Link } from 'react-router'
import { useApiQuery } from '../api/hooks'
import { kindNames, type Kind } from '../labels/types'
import { Badge } from '../ui/Card'
import { ButtonLink } from '../ui/Button'
import { Checkbox, Field, Input, Select } from '../ui/Field'
import { formatAbout, formatMoney, formatSeconds, parseDuration, parseMoney } from '../ui/format'
import { PageHeader } from '../ui/PageHeader'
import { Empty, Loaded } from '../ui/States'
import { graphql } from './gql'
import type { MarketplaceQuery } from './gql/graphql'

const MarketplaceOperation = graphql(`
  query Marketplace($search: String, $leastPay: Long, $qualified: Boolean!) {
    marketplace(search: $search, leastPayMicros: $leastPay, qualifiedOnly: $qualified, first: 100) {
      nodes {
        id
        title
        requester
        payMicros
        currency
        payFor
        leaseTime
        meanSeconds
        qualifications
        missingQualifications
        schema {
          kind
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`)

const LeasesOperation = graphql(`
  query MyLeases {
    myAssignments(status: LEASED, first: 100) {
      nodes {
        job
        leaseUntil
      }
    }
  }
`)

type Listing = MarketplaceQuery['marketplace']['nodes'][number]

/** What an hour pays at the pace measured so far; null before anybody answered. */
const perHour = (listing: Listing) => (listing.meanSeconds ? (listing.payMicros * 3600) / listing.meanSeconds : null)

const orders = {
  newest: { label: 'Newest first', by: () => 0 },
  hour: { label: 'Pay per hour', by: (a: Listing, b: Listing) => (perHour(b) ?? -1) - (perHour(a) ?? -1) },
  task: { label: 'Pay per task', by: (a: Listing, b: Listing) => b.payMicros - a.payMicros },
  quick: { label: 'Quickest tasks', by: (a: Listing, b: Listing) => (a.meanSeconds ?? Infinity) - (b.meanSeconds ?? Infinity) },
}

export function FindWorkPage() {
  const [search, setSearch] = useState('')
  const [least, setLeast] = useState('')
  const [kind, setKind] = useState('')
  const [order, setOrder] = useState<keyof typeof orders>('newest')
  const [qualified, setQualified] = useState(false)
  const text = useDeferredValue(search.trim())
  const query = useApiQuery(MarketplaceOperation, { search: text || null, leastPay: parseMoney(least), qualified }, { placeholderData: (before) => before, refetchInterval: 30_000 })
  const leases = useApiQuery(LeasesOperation, {}).data?.myAssignments.nodes.filter((lease) => Date.parse(lease.leaseUntil) > Date.now()) ?? []
  const filtered = search !== '' || least !== '' || kind !== '' || qualified
  return (
    <>
      <PageHeader title="Find work" />
      <form className="filters" role="search" aria-label="Jobs" onSubmit={(event) => event.preventDefault()}>
        <Field label="Words in the title">
          <Input type="search" value={search} onChange={(e) => setSearch(e.target.value)} />
        </Field>
        <Field label="Least pay" error={least && parseMoney(least) === null ? 'Give an amount such as 0.05.' : null}>
          <Input inputMode="decimal" placeholder="0.05" value={least} onChange={(e) => setLeast(e.target.value)} />
        </Field>
        <Field label="Kind of task">
          <Select value={kind} onChange={(e) => setKind(e.target.value)}>
            <option value="">All kinds</option>
            {Object.entries(kindNames).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Order">
          <Select value={order} onChange={(e) => setOrder(e.target.value as keyof typeof orders)}>
            {Object.entries(orders).map(([value, { label }]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
        <Checkbox label="Only what I qualify for" checked={qualified} onChange={(e) => setQualified(e.target.checked)} />
      </form>
      <Loaded query={query}>
        {({ marketplace }) => {
          const shown = marketplace.nodes.filter((listing) => !kind || listing.schema.kind === kind).sort(orders[order].by)
          if (shown.length === 0)
            return (
              <Empty title={filtered ? 'No job is like that' : 'No work right now'}>
                <p className="muted">{filtered ? 'Loosen the filters to see more.' : 'New jobs appear here by themselves. Meanwhile you can take a qualification test, so that more jobs are open to you.'}</p>
                {!filtered && <ButtonLink to="/work/qualifications">Qualification tests</ButtonLink>}
              </Empty>
            )
          return (
            <>
              <ul className="listings" aria-label="Open jobs">
                {shown.map((listing) => (
                  <Row key={listing.id} listing={listing} held={leases.filter((lease) => lease.job === listing.id).length} />
                ))}
              </ul>
              {marketplace.pageInfo.hasNextPage && <p className="muted">There are more jobs than are shown: narrow them down with the filters.</p>}
            </>
          )
        }}
      </Loaded>
    </>
  )
}

const paidFor = { ALL: 'Every answer is paid', AGREEING: 'Answers that agree are paid', REVIEWED: 'The requester reviews answers' }

function Row({ listing, held }: { listing: Listing; held: number }) {
  const hour = perHour(listing)
  const missing = listing.missingQualifications
  return (
    <li className="card listing">
      <div className="listing-what">
        <h2>{listing.title}</h2>
        <p className="muted">
          {listing.requester} · {kindNames[listing.schema.kind as Kind]} · {paidFor[listing.payFor]}
        </p>
        {listing.qualifications.length > 0 && (
          <ul className="row requirements" aria-label="Requirements">
            {listing.qualifications.map((name) => (
              <li key={name}>{missing.includes(name) ? <Badge tone="warning">✕ {name} missing</Badge> : <Badge tone="good">✓ {name}</Badge>}</li>
            ))}
          </ul>
        )}
      </div>
      <dl className="listing-figures">
        <div>
          <dt>Per task</dt>
          <dd>{formatMoney(listing.payMicros, listing.currency)}</dd>
        </div>
        <div>
          <dt>Per hour</dt>
          <dd>{hour === null ? <span className="muted">not yet known</span> : `about ${formatAbout(hour, listing.currency)}`}</dd>
        </div>
        <div>
          <dt>Time per task</dt>
          <dd>{listing.meanSeconds ? formatSeconds(listing.meanSeconds) : <span className="muted">up to {formatSeconds(parseDuration(listing.leaseTime))}</span>}</dd>
        </div>
      </dl>
      <div className="listing-action">
        {missing.length > 0 ? (
          <Link to={`/work/qualifications?for=${encodeURIComponent(missing[0]!)}`}>Get qualified</Link>
        ) : (
          <ButtonLink kind="primary" to={`/work/jobs/${listing.id}`} aria-label={`${held > 0 ? 'Resume' : 'Start'}: ${listing.title}`}>
            {held > 0 ? 'Resume' : 'Start'}
          </ButtonLink>
        )}
      </div>
    </li>
  )
}
