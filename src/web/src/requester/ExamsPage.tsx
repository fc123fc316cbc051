import Exams from '../exams/Exams'
import { ForOrganisation, isEditor, OrganisationChoice } from './organisation'

/** The organisation's own qualification tests. */
export default function ExamsPage() {
  return <ForOrganisation>{(organisation) => <Exams key={organisation.id} requester={organisation.id} edits={isEditor(organisation)} end={<OrganisationChoice />} />}</ForOrganisation>
}
