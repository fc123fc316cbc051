import { useSearchParams } from 'react-router'
import { PageHeader } from '../../ui/PageHeader'
import { Tabs } from '../../ui/Tabs'
import { ForOrganisation, isOwner, OrganisationChoice } from '../organisation'
import { Keys } from './Keys'
import { Members } from './Members'
import { Webhooks } from './Webhooks'

/** Who belongs to the organisation, which programs act for it, and what it is told. */
export default function OrganisationPage() {
  const [search, setSearch] = useSearchParams()
  return (
    <ForOrganisation>
      {(organisation) => (
        <>
          <PageHeader title={organisation.name} subtitle="Organisation">
            <OrganisationChoice />
          </PageHeader>
          <Tabs
            key={organisation.id}
            label="Settings"
            value={search.get('tab') ?? 'members'}
            onChange={(tab) => setSearch({ tab })}
            tabs={[
              { id: 'members', label: 'Members', content: <Members organisation={organisation} /> },
              { id: 'keys', label: 'API keys', content: <Keys /> },
              ...(isOwner(organisation) ? [{ id: 'webhooks', label: 'Webhooks', content: <Webhooks organisation={organisation} /> }] : []),
            ]}
          />
        </>
      )}
    </ForOrganisation>
  )
}
