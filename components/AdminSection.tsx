import { Show, useOrganization } from 'wxt-clerk/react';
import { localized } from '../utils/localized';
import './admin-section.css';

/** What only the admins of the active organization see. It comes and goes with the role, also while the page is open. */
export default function AdminSection() {
  const { organization } = useOrganization();
  return (
    <Show when={{ role: 'org:admin' }}>
      <section className="admin-section" aria-labelledby="admin-section">
        <h2 id="admin-section">{localized('adminSection')}</h2>
        <p>{localized('adminSectionLead', organization?.name ?? '')}</p>
      </section>
    </Show>
  );
}
