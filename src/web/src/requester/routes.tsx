import { Route, Routes } from 'react-router'
import { NotFound } from '../ui/States'

/** Pages under /requester. */
export default function RequesterRoutes() {
  return (
    <Routes>
      <Route path="*" element={<NotFound />} />
    </Routes>
  )
}
